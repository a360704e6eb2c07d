package org.vestibule.login;

import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.token.TokenResponse;

/** What it means when the token endpoint refuses (RFC 6749 section 5.2). */
final class Refusals {

  private Refusals() {}

  /**
   * @param invalidGrant what {@code invalid_grant} means for this request
   */
  static LoginException of(TokenResponse.Refused refused, ProviderTrouble invalidGrant) {
    ProviderTrouble trouble;
    if (refused.isOfGrant()) {
      trouble = invalidGrant;
    } else if (refused.isOfClient()) {
      trouble = ProviderTrouble.CLIENT_REFUSED;
    } else if (refused.isTransient()) {
      trouble = ProviderTrouble.UNEXPECTED_STATUS;
    } else {
      trouble = ProviderTrouble.TOKEN_REFUSED;
    }
    return new LoginException(trouble, "status " + refused.status() + ", " + refused.error());
  }
}
