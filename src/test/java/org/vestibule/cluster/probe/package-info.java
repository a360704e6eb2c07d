/** The application that runs on each node. */
@NullMarked
package org.vestibule.cluster.probe;

import org.jspecify.annotations.NullMarked;
