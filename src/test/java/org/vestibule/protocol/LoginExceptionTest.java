package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginExceptionTest {

  @Test
  void the_message_is_number_cause_detail_and_remedy() {
    assertThat(new LoginException(Violation.STATE_MISSING, "detail"))
        .hasMessage(
            "VEST1004: the authorization response has no state (detail). The provider must repeat"
                + " the parameter 'state'; a link to the callback cannot be bookmarked.");
    assertThat(new LoginException(Violation.ACCESS_TOKEN_MISSING))
        .hasMessage("VEST1103: the token response has no access_token. Check token-endpoint.");
  }

  @Test
  void a_comparison_shows_both_sides() {
    assertThat(
            LoginException.differs(
                Violation.METADATA_ISSUER, "https://server.example.com", "https://other.example"))
        .hasMessageContaining(
            "(expected \"https://server.example.com\" but was \"https://other.example\")");
  }

  /** LG-02: a line of the log cannot be forged. */
  @Test
  void what_came_from_outside_stays_on_one_short_line() {
    String hostile = "a\r\nVEST9999: forged\u2028\u2029\u0000\u001b[2J\u0085" + "x".repeat(5_000);

    String message = new LoginException(Violation.METADATA_ISSUER, hostile).getMessage();

    assertThat(message.chars()).noneMatch(Character::isISOControl);
    assertThat(message).doesNotContain("\u2028", "\u2029").hasSizeLessThan(700);
  }

  @Test
  void the_cause_is_kept() {
    Exception cause = new Exception();

    assertThat(new LoginException(ProviderTrouble.TIMEOUT, "", cause)).hasCause(cause);
  }
}
