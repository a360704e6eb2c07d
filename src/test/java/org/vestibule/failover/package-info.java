/**
 * More than one server: what a signed-in user notices when one of them is killed, restarted, cut
 * off from the others or from what they need. Each test starts real servers, as {@code
 * liberty/cluster} sets them up, with the application of the package {@code probe} in them.
 */
@NullMarked
package org.vestibule.failover;

import org.jspecify.annotations.NullMarked;
