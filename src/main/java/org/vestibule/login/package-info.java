/**
 * The story: how a login begins, is completed, is renewed and ends. Nothing is remembered here;
 * each method is given what was remembered and returns what has to be.
 */
@NullMarked
package org.vestibule.login;

import org.jspecify.annotations.NullMarked;
