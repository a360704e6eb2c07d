/**
 * The demonstration application inside the WAR: an application like any other, which knows of
 * Vestibule nothing but {@link org.vestibule.api}. It is left out of the classes jar.
 *
 * <p>{@code ApiServlet} shows what the access token is for, {@code RefreshServlet} what happens to
 * it. Neither, and none of the pages, ever shows the token itself.
 */
@NullMarked
package org.vestibule.showcase;

import org.jspecify.annotations.NullMarked;
