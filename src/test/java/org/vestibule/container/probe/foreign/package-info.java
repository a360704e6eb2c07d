/** An application that was written without a thought of the library: it uses no class of it. */
@NullMarked
package org.vestibule.container.probe.foreign;

import org.jspecify.annotations.NullMarked;
