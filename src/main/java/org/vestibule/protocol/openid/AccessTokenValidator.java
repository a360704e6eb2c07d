package org.vestibule.protocol.openid;

import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Reads an access token. It is meant for APIs and may change its form any day (RFC 9068 section 6);
 * whoever takes claims from it nevertheless, because their provider puts roles nowhere else, gets
 * only what the provider has signed about the user of the ID token. Its audience is not asked for:
 * it is never this client.
 */
public final class AccessTokenValidator {

  private AccessTokenValidator() {}

  /**
   * @throws LoginException {@code ACCESS_TOKEN_UNVERIFIED}, {@code ACCESS_TOKEN_OF_ANOTHER}, or the
   *     keys cannot be had
   */
  public static Claims judge(
      Secret accessToken, JwsVerifier verifier, IssuerRule issuers, VerifiedIdToken idToken) {
    VerifiedJws jws = verifier.verify(accessToken, Violation.ACCESS_TOKEN_UNVERIFIED);
    Claims claims = jws.claims();
    boolean sameIssuer =
        TokenIssuer.require(issuers, jws, Violation.ACCESS_TOKEN_OF_ANOTHER, false)
            .equals(idToken.issuer());
    boolean sameUser =
        !claims.has("sub") || claims.string("sub").equals(Optional.of(idToken.subject()));
    if (!sameIssuer || !sameUser) {
      throw new LoginException(
          Violation.ACCESS_TOKEN_OF_ANOTHER, sameIssuer ? "sub differs" : "iss differs");
    }
    return claims;
  }
}
