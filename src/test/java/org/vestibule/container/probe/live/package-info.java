/** A source of MicroProfile Config whose values change while the application runs. */
@NullMarked
package org.vestibule.container.probe.live;

import org.jspecify.annotations.NullMarked;
