package org.vestibule.protocol.token;

import java.util.Set;
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

    private static final int UNAUTHORIZED = 401;

    /** Real servers have three names for a wrong client secret. */
    private static final Set<String> CLIENT_ERRORS =
        Set.of("invalid_client", "unauthorized_client", "incorrect_client_credentials");

    private static final Set<String> GRANT_ERRORS =
        Set.of("invalid_grant", "bad_verification_code", "invalid_code");

    /** Whether it is the client that is not accepted, rather than what it asks for. */
    public boolean isOfClient() {
      return CLIENT_ERRORS.contains(error.error())
          || (status == UNAUTHORIZED && !GRANT_ERRORS.contains(error.error()));
    }

    /** Whether it is the code or the refresh token that is not accepted. */
    public boolean isOfGrant() {
      return GRANT_ERRORS.contains(error.error());
    }

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
