/**
 * The integration tests: the library inside a server, seen by a browser and by an application.
 *
 * <p>Nothing here names a server: which one it is, Arquillian knows. The authorization server runs
 * in the tests' own virtual machine, beside the server that is tested; {@code Application} puts its
 * address into the deployment.
 */
@NullMarked
package org.vestibule.container;

import org.jspecify.annotations.NullMarked;
