/** Work of an application that goes on when the request that began it is over. */
@NullMarked
package org.vestibule.container.probe.work;

import org.jspecify.annotations.NullMarked;
