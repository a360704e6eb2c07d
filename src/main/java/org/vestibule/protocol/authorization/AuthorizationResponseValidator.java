package org.vestibule.protocol.authorization;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.vestibule.protocol.IssuerRule;
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
   * @param issuers whom the provider may name as the issuer
   * @throws LoginException a rule was broken
   */
  public AuthorizationOutcome judge(
      AuthorizationResponse response, PendingAuthorization pending, IssuerRule issuers) {
    requireState(response, pending);
    Optional<String> issuer = requireIssuer(response, pending, issuers);
    requireAge(pending);
    return outcome(response, pending, issuer);
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
  private Optional<String> requireIssuer(
      AuthorizationResponse response, PendingAuthorization pending, IssuerRule issuers) {
    if (response.issuer().isEmpty() && pending.issuerPromised()) {
      throw new LoginException(Violation.ISSUER_MISSING);
    }
    return pending.issuer().isEmpty()
        ? Optional.empty()
        : response.issuer().map(named -> issuers.require(named, Violation.ISSUER_MISMATCH));
  }

  /** A code that lies around for long may have been stolen meanwhile (RFC 9700 section 4.2.4). */
  private void requireAge(PendingAuthorization pending) {
    if (!clock.instant().isBefore(pending.begunAt().plus(loginTimeout))) {
      throw new LoginException(Violation.LOGIN_EXPIRED);
    }
  }

  private AuthorizationOutcome outcome(
      AuthorizationResponse response, PendingAuthorization pending, Optional<String> issuer) {
    if (response.error().isPresent()) {
      if (response.code().isPresent()) {
        throw new LoginException(Violation.CODE_AND_ERROR);
      }
      OAuthError error = response.error().get();
      return new AuthorizationOutcome.Denied(error);
    }
    Secret code = response.code().orElseThrow(() -> new LoginException(Violation.CODE_MISSING));
    return new AuthorizationOutcome.Granted(new GrantedAuthorization(code, pending, issuer));
  }
}
