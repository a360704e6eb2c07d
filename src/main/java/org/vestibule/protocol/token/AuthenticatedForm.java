package org.vestibule.protocol.token;

import java.util.Optional;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;

/**
 * A form that says who sends it.
 *
 * @param form the body
 * @param authorization the value of the {@code Authorization} header, if the method uses one
 */
public record AuthenticatedForm(Parameters form, Optional<Secret> authorization) {}
