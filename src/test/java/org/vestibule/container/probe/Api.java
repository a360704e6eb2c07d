package org.vestibule.container.probe;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Jakarta REST, below {@code /api}. */
@ApplicationPath("/api")
public class Api extends Application {}
