/** What Faces views call. */
@NullMarked
package org.vestibule.container.probe.faces;

import org.jspecify.annotations.NullMarked;
