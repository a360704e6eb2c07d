/** The places beside servlets in which an application asks who calls. */
@NullMarked
package org.vestibule.container.probe.places;

import org.jspecify.annotations.NullMarked;
