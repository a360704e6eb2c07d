/** OpenID Connect Core: who the user is. The ID token and the UserInfo response, rule by rule. */
@NullMarked
package org.vestibule.protocol.openid;

import org.jspecify.annotations.NullMarked;
