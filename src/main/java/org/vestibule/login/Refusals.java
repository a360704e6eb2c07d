package org.vestibule.login;

import java.util.Set;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.token.TokenResponse;

/** What it means when the token endpoint refuses (RFC 6749 section 5.2). */
final class Refusals {

  private static final int UNAUTHORIZED = 401;

  /** Real servers have three names for a wrong client secret. */
  private static final Set<String> CLIENT_ERRORS =
      Set.of("invalid_client", "unauthorized_client", "incorrect_client_credentials");

  private static final Set<String> GRANT_ERRORS = Set.of("invalid_grant", "bad_verification_code");

  private Refusals() {}

  /**
   * @param invalidGrant what {@code invalid_grant} means for this request
   */
  static LoginException of(TokenResponse.Refused refused, ProviderTrouble invalidGrant) {
    String error = refused.error().error();
    ProviderTrouble trouble;
    if (GRANT_ERRORS.contains(error)) {
      trouble = invalidGrant;
    } else if (CLIENT_ERRORS.contains(error) || refused.status() == UNAUTHORIZED) {
      trouble = ProviderTrouble.CLIENT_REFUSED;
    } else if (refused.isTransient()) {
      trouble = ProviderTrouble.UNEXPECTED_STATUS;
    } else {
      trouble = ProviderTrouble.TOKEN_REFUSED;
    }
    return new LoginException(trouble, "status " + refused.status() + ", " + refused.error());
  }
}
