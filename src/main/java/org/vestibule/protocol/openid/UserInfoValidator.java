package org.vestibule.protocol.openid;

import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Violation;

/** Judges UserInfo responses (OpenID Connect Core section 5.3), and is the only place that does. */
public final class UserInfoValidator {

  private UserInfoValidator() {}

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
