package org.vestibule.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.MovableClock;

class AuthorizationResponseValidatorTest {

  private static final String ISSUER = "https://honest.as.example";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final MovableClock clock = new MovableClock();
  private final AuthorizationResponseValidator validator =
      new AuthorizationResponseValidator(clock, TIMEOUT);

  private PendingAuthorization pending(Optional<String> issuer, boolean issuerPromised) {
    return new PendingAuthorization(
        "corp",
        "Kq3Zr0aT",
        issuer,
        issuerPromised,
        Secret.of("xyz"),
        Optional.empty(),
        Optional.empty(),
        URI.create("https://client.example.com/cb"),
        Scope.NONE,
        "/",
        clock.instant(),
        AuthenticationRequirement.NONE,
        false);
  }

  private AuthorizationOutcome judge(String query, PendingAuthorization pending) {
    IssuerRule issuers =
        pending
            .issuer()
            .map(issuer -> IssuerRule.exactly(issuer, Set.of()))
            .orElse(IssuerRule.NONE);
    return validator.judge(AuthorizationResponse.read(Parameters.parse(query)), pending, issuers);
  }

  private AuthorizationOutcome judge(String query) {
    return judge(query, pending(Optional.of(ISSUER), false));
  }

  @Test
  void a_grant_is_proven() {
    PendingAuthorization pending = pending(Optional.of(ISSUER), true);

    AuthorizationOutcome outcome =
        judge("code=SplxlOBeZQQYbYS6WxSbIA&state=xyz&iss=" + ISSUER, pending);

    GrantedAuthorization proof = ((AuthorizationOutcome.Granted) outcome).authorization();
    assertThat(proof.code()).isEqualTo(Secret.of("SplxlOBeZQQYbYS6WxSbIA"));
    assertThat(proof.pending()).isSameAs(pending);
  }

  @Test
  void a_refusal_is_an_outcome_and_no_failure() {
    assertThat(judge("error=access_denied&state=xyz"))
        .isEqualTo(new AuthorizationOutcome.Denied(OAuthError.of("access_denied")));
  }

  /** CB-01. */
  @ParameterizedTest
  @ValueSource(
      strings = {"code=c", "", "code=c&state=", "error=access_denied", "state[]=xyz&code=c"})
  @Provokes(Violation.STATE_MISSING)
  void without_state_nothing_is_read(String query) {
    assertFails(Violation.STATE_MISSING, () -> judge(query));
  }

  /** CB-02. */
  @ParameterizedTest
  @ValueSource(strings = {"xy", "xyz ", "XYZ", "xyzz"})
  @Provokes(Violation.STATE_UNKNOWN)
  void anothers_state_is_refused(String state) {
    String query = Parameters.empty().with("code", "c").with("state", state).encode();

    assertFails(Violation.STATE_UNKNOWN, () -> judge(query));
  }

  /** CB-08. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://honest.as.example/",
        "https://HONEST.as.example",
        "https://honest.as.example:443",
        "http://honest.as.example",
        "https://honest.as.example.attacker.example",
        "https://hone%73t.as.example",
        "honest.as.example"
      })
  @Provokes(Violation.ISSUER_MISMATCH)
  void another_issuer_is_refused_to_the_letter(String issuer) {
    String query =
        Parameters.empty().with("code", "c").with("state", "xyz").with("iss", issuer).encode();

    assertFails(Violation.ISSUER_MISMATCH, () -> judge(query));
  }

  /** CB-09. */
  @ParameterizedTest
  @ValueSource(strings = {"code=c&state=xyz", "code=c&state=xyz&iss=", "error=e&state=xyz"})
  @Provokes(Violation.ISSUER_MISSING)
  void an_issuer_that_was_promised_must_come(String query) {
    PendingAuthorization pending = pending(Optional.of(ISSUER), true);

    assertFails(Violation.ISSUER_MISSING, () -> judge(query, pending));
  }

  @Test
  void an_issuer_that_nobody_promised_or_knows_may_be_left_out_or_be_any() {
    assertThat(judge("code=c&state=xyz")).isInstanceOf(AuthorizationOutcome.Granted.class);
    assertThat(judge("code=c&state=xyz&iss=https://as", pending(Optional.empty(), false)))
        .isInstanceOf(AuthorizationOutcome.Granted.class);
  }

  /** AR-18. */
  @Test
  @Provokes(Violation.LOGIN_EXPIRED)
  void a_login_is_good_for_its_time_and_not_a_moment_longer() {
    PendingAuthorization pending = pending(Optional.of(ISSUER), false);

    clock.advance(TIMEOUT.minusMillis(1));
    assertThat(judge("code=c&state=xyz", pending)).isInstanceOf(AuthorizationOutcome.Granted.class);
    clock.advance(Duration.ofMillis(1));
    assertFails(Violation.LOGIN_EXPIRED, () -> judge("code=c&state=xyz", pending));
  }

  /** CB-06. */
  @Test
  @Provokes(Violation.CODE_AND_ERROR)
  void a_yes_that_is_a_no_is_refused() {
    assertFails(Violation.CODE_AND_ERROR, () -> judge("code=c&error=access_denied&state=xyz"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=xyz", "state=xyz&code=", "state=xyz&error="})
  @Provokes(Violation.CODE_MISSING)
  void an_answer_that_is_neither_is_refused(String query) {
    assertFails(Violation.CODE_MISSING, () -> judge(query));
  }

  /** State before issuer before age before error and code. */
  @ParameterizedTest
  @CsvSource({
    "code=c&error=e&state=other&iss=https://attacker.example, STATE_UNKNOWN",
    "code=c&error=e&state=xyz&iss=https://attacker.example, ISSUER_MISMATCH",
    "code=c&error=e&state=xyz, LOGIN_EXPIRED"
  })
  void the_first_rule_that_is_broken_is_named(String query, Violation first) {
    PendingAuthorization pending = pending(Optional.of(ISSUER), false);
    clock.advance(TIMEOUT);

    assertThat(catchThrowable(() -> judge(query, pending)))
        .hasMessageStartingWith(first.code() + ": ");
  }
}
