/**
 * What runs without a server: {@code java -jar vestibule-doctor.jar <file>}. Stands beside the
 * floor of the web, and is not in an application.
 */
@NullMarked
package org.vestibule.command;

import org.jspecify.annotations.NullMarked;
