package org.vestibule.protocol.authorization;

import org.vestibule.protocol.OAuthError;

/** What an authorization response that broke no rule says. */
public sealed interface AuthorizationOutcome {

  /** Yes, and here is a code. */
  record Granted(GrantedAuthorization authorization) implements AuthorizationOutcome {}

  /** No (RFC 6749 section 4.1.2.1). */
  record Denied(OAuthError error) implements AuthorizationOutcome {}
}
