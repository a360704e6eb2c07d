package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Violation;

/** What is asked of the provider beside what the settings say. */
class WantedAuthenticationTest {

  private static AuthenticationRequirement within(Duration age) {
    return new AuthenticationRequirement(List.of(), Optional.of(age));
  }

  private static Parameters sent(BegunLogin begun) {
    return Parameters.parse(begun.location().getRawQuery());
  }

  private static BegunLogin begin(TestClient client, Parameters more, boolean silent) {
    return client
        .flow()
        .begin(
            client.provider(),
            TestClient.REDIRECT_URI,
            TestClient.RETURN_TO,
            AuthenticationRequirement.NONE,
            more,
            silent);
  }

  @Test
  void parameters_are_added_and_take_the_place_of_none() {
    try (TestClient client = TestClient.openId("ui-locales", "de")) {
      Parameters more = Parameters.empty().with("ui_locales", "fr").with("display", "popup");
      Parameters sent = sent(begin(client, more, false));

      assertThat(sent.get("ui_locales")).contains("de");
      assertThat(sent.get("display")).contains("popup");
    }
  }

  @Test
  void a_silent_login_shows_nothing_whatever_the_settings_say() {
    try (TestClient client = TestClient.openId("prompt", "login")) {
      BegunLogin begun = begin(client, Parameters.empty(), true);

      assertThat(sent(begun).get("prompt")).contains("none");
      assertThat(begun.pending().silent()).isTrue();
    }
  }

  @Test
  void of_two_ages_the_shorter_is_sent() {
    try (TestClient client = TestClient.openId("max-age", "PT10M")) {
      assertThat(sent(client.begin(within(Duration.ofMinutes(5)))).get("max_age")).contains("300");
      assertThat(sent(client.begin(within(Duration.ofHours(1)))).get("max_age")).contains("600");
    }
    try (TestClient client = TestClient.openId()) {
      assertThat(sent(client.begin(within(Duration.ofHours(1)))).get("max_age")).contains("3600");
    }
  }

  /** Nobody says how a user of plain OAuth 2.0 was authenticated. */
  @Test
  @Provokes({Violation.STEP_UP_ACR, Violation.STEP_UP_AUTH_TIME})
  void without_an_id_token_no_requirement_is_met() {
    AuthenticationRequirement gold =
        new AuthenticationRequirement(List.of("gold"), Optional.of(Duration.ofMinutes(5)));
    try (TestClient client = TestClient.openId("scope", "read")) {
      assertFails(Violation.STEP_UP_ACR, () -> login(client, gold));
      assertFails(Violation.STEP_UP_AUTH_TIME, () -> login(client, within(Duration.ofMinutes(5))));
      assertThat(login(client, AuthenticationRequirement.NONE))
          .isInstanceOf(LoginResult.Success.class);
    }
  }

  private static LoginResult login(TestClient client, AuthenticationRequirement requirement) {
    BegunLogin begun = client.begin(requirement);
    return client.flow().complete(client.provider(), client.answer(begun), begun.pending());
  }
}
