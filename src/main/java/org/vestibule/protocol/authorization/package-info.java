/**
 * Steps A to C of RFC 6749 figure 3: what is asked of the authorization endpoint, what is
 * remembered while the user is away, and how the answer is judged.
 */
@NullMarked
package org.vestibule.protocol.authorization;

import org.jspecify.annotations.NullMarked;
