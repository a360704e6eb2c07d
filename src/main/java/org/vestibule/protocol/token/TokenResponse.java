package org.vestibule.protocol.token;

import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Tokens;

/** Step E: what the token endpoint answered, judged. */
public sealed interface TokenResponse {

  /** Tokens (RFC 6749 section 5.1). */
  record Issued(Tokens tokens) implements TokenResponse {}

  /**
   * No tokens (section 5.2).
   *
   * @param status of HTTP; real servers use 400, 401, 403, 500 and even 200
   */
  record Refused(int status, OAuthError error) implements TokenResponse {

    /** Whether the same request may succeed later: the server is in trouble, not the request. */
    public boolean isTransient() {
      return status >= 500
          || status == 429
          || status == 408
          || error.is("temporarily_unavailable")
          || error.is("server_error");
    }
  }
}
