/** The application that runs on each node. */
@NullMarked
package org.vestibule.failover.probe;

import org.jspecify.annotations.NullMarked;
