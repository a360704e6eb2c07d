package org.vestibule.protocol.openid;

import org.vestibule.protocol.Claims;

/**
 * The proof that an ID token was verified and obeys every rule. Only {@link IdTokenValidator} can
 * make one, and no identity can be made without. Immutable.
 */
public final class VerifiedIdToken {

  private final String issuer;
  private final String subject;
  private final Claims claims;

  VerifiedIdToken(String issuer, String subject, Claims claims) {
    this.issuer = issuer;
    this.subject = subject;
    this.claims = claims;
  }

  public String issuer() {
    return issuer;
  }

  public String subject() {
    return subject;
  }

  public Claims claims() {
    return claims;
  }
}
