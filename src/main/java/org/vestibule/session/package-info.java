/**
 * What we remember: who is signed in, as a value in the session that every server replicates, and
 * the logins under way, as sealed cookies in the browser. Values only; nobody is called from here.
 */
@NullMarked
package org.vestibule.session;

import org.jspecify.annotations.NullMarked;
