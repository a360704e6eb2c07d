/** What the next version of the application has beside it. */
@NullMarked
package org.vestibule.failover.probe.next;

import org.jspecify.annotations.NullMarked;
