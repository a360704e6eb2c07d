/**
 * Steps D and E of RFC 6749 figure 3: what is asked of the token endpoint, how the client proves
 * who it is, and how the answer is judged.
 */
@NullMarked
package org.vestibule.protocol.token;

import org.jspecify.annotations.NullMarked;
