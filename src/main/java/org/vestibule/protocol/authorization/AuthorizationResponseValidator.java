package org.vestibule.protocol.authorization;

import java.time.Clock;
import java.time.Duration;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Judges an authorization response, and is the only place that does. The order matters: until
 * {@code state} ties the response to this browser nothing in it is worth reading, and until the
 * issuer is known its error may be somebody else's.
 *
 * <p>Immutable and thread-safe.
 */
public final class AuthorizationResponseValidator {

  private final Clock clock;
  private final Duration loginTimeout;

  /**
   * @param loginTimeout how long a user may be away
   */
  public AuthorizationResponseValidator(Clock clock, Duration loginTimeout) {
    this.clock = clock;
    this.loginTimeout = loginTimeout;
  }

  /**
   * @param pending what this browser's cookie for the response's {@code state} held
   * @throws LoginException a rule was broken
   */
  public AuthorizationOutcome judge(AuthorizationResponse response, PendingAuthorization pending) {
    requireState(response, pending);
    requireIssuer(response, pending);
    requireAge(pending);
    return outcome(response, pending);
  }

  /**
   * "The client MUST implement CSRF protection for its redirection URI" (RFC 6749 section 10.12):
   * the response has to carry the value that only this browser's login was given.
   */
  private void requireState(AuthorizationResponse response, PendingAuthorization pending) {
    Secret state = response.state().orElseThrow(() -> new LoginException(Violation.STATE_MISSING));
    if (!state.equals(pending.state())) {
      throw new LoginException(Violation.STATE_UNKNOWN);
    }
  }

  /**
   * The issuer has to be the one that the login was sent to, character by character, and a server
   * that promised to name itself has to (RFC 9207 section 2.4). A provider whose issuer is not
   * known cannot be held to it.
   */
  private void requireIssuer(AuthorizationResponse response, PendingAuthorization pending) {
    if (response.issuer().isEmpty()) {
      if (pending.issuerPromised()) {
        throw new LoginException(Violation.ISSUER_MISSING);
      }
      return;
    }
    if (pending.issuer().isPresent() && !pending.issuer().equals(response.issuer())) {
      throw LoginException.differs(
          Violation.ISSUER_MISMATCH, pending.issuer().get(), response.issuer().get());
    }
  }

  /** A code that lies around for long may have been stolen meanwhile (RFC 9700 section 4.2.4). */
  private void requireAge(PendingAuthorization pending) {
    if (!clock.instant().isBefore(pending.begunAt().plus(loginTimeout))) {
      throw new LoginException(Violation.LOGIN_EXPIRED);
    }
  }

  private AuthorizationOutcome outcome(
      AuthorizationResponse response, PendingAuthorization pending) {
    if (response.error().isPresent()) {
      if (response.code().isPresent()) {
        throw new LoginException(Violation.CODE_AND_ERROR);
      }
      OAuthError error = response.error().get();
      return new AuthorizationOutcome.Denied(error);
    }
    Secret code = response.code().orElseThrow(() -> new LoginException(Violation.CODE_MISSING));
    return new AuthorizationOutcome.Granted(new GrantedAuthorization(code, pending));
  }
}
