/** What asks for a stronger authentication by its own annotation. */
@NullMarked
package org.vestibule.container.probe.acr;

import org.jspecify.annotations.NullMarked;
