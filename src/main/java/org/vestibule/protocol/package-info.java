/**
 * The words: what the specifications name and every floor above speaks of. Plain values of the Java
 * platform, no HTTP, no container, no configuration.
 */
@NullMarked
package org.vestibule.protocol;

import org.jspecify.annotations.NullMarked;
