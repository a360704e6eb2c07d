package org.vestibule.protocol.openid;

import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/** Judges UserInfo responses (OpenID Connect Core section 5.3), and is the only place that does. */
public final class UserInfoValidator {

  private UserInfoValidator() {}

  /**
   * Section 5.3.2: "If the UserInfo Response is signed and/or encrypted, then the Claims are
   * returned in a JWT". The signature has to be the provider's; the issuer and the audience, where
   * they are told, too and this client.
   *
   * @param issuer of the ID token; empty if there is none
   * @throws LoginException {@code USERINFO_SIGNATURE}
   */
  public static Claims judgeSigned(
      Secret jwt, JwsVerifier verifier, IdTokenExpectations expectations, Optional<String> issuer) {
    VerifiedJws jws = verifier.verify(jwt, Violation.USERINFO_SIGNATURE);
    Claims claims = jws.claims();
    boolean issued = !claims.has("iss") || isOf(issuer, expectations, jws);
    boolean meant = !claims.has("aud") || claims.strings("aud").contains(expectations.clientId());
    if (!issued || !meant) {
      throw new LoginException(
          Violation.USERINFO_SIGNATURE, issued ? "of another audience" : "of another issuer");
    }
    return claims;
  }

  private static boolean isOf(
      Optional<String> issuer, IdTokenExpectations expectations, VerifiedJws jws) {
    String named =
        TokenIssuer.require(expectations.issuers(), jws, Violation.USERINFO_SIGNATURE, false);
    return issuer.filter(expected -> !expected.equals(named)).isEmpty();
  }

  /**
   * Section 5.3.2: "The sub Claim in the UserInfo Response MUST be verified to exactly match the
   * sub Claim in the ID Token; if they do not match, the UserInfo Response values MUST NOT be
   * used."
   *
   * @throws LoginException it does not
   */
  public static Claims judge(Claims userInfo, VerifiedIdToken idToken) {
    if (!userInfo.string("sub").equals(Optional.of(idToken.subject()))) {
      throw new LoginException(Violation.USERINFO_SUBJECT);
    }
    return userInfo;
  }
}
