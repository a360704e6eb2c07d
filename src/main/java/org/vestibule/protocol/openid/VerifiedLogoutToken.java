package org.vestibule.protocol.openid;

import java.time.Instant;
import java.util.Optional;

/**
 * The proof that a logout token was verified and obeys every rule. Only {@link
 * LogoutTokenValidator} can make one, and nobody's session is ended from outside without. It names
 * a session, a user, or both. Immutable.
 */
public final class VerifiedLogoutToken {

  private final String issuer;
  private final Optional<String> sessionId;
  private final Optional<String> subject;
  private final Instant moment;

  VerifiedLogoutToken(
      String issuer, Optional<String> sessionId, Optional<String> subject, Instant moment) {
    this.issuer = issuer;
    this.sessionId = sessionId;
    this.subject = subject;
    this.moment = moment;
  }

  public String issuer() {
    return issuer;
  }

  /** {@code sid}: the session at the provider. */
  public Optional<String> sessionId() {
    return sessionId;
  }

  /** {@code sub}. Without {@code sid} all sessions of this user are meant. */
  public Optional<String> subject() {
    return subject;
  }

  /**
   * When the user signed out, at the latest: sessions that begin later are not meant. The
   * provider's clock may be behind ours by the skew that is allowed, so it is that much later than
   * {@code iat}, but not later than when the token came.
   */
  public Instant moment() {
    return moment;
  }
}
