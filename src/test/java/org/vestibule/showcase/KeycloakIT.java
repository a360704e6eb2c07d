package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/** The showcase, switched to a Keycloak by three variables in its environment. */
@Tag("keycloak")
class KeycloakIT {

  private static KeycloakServer keycloak;
  private static ShowcaseServer server;

  private KeycloakVisitor visitor;

  @BeforeAll
  static void start() {
    int port = ServerProcess.freePort();
    keycloak = KeycloakServer.start("http://localhost:" + port + "/vestibule");
    server =
        ShowcaseServer.start(
            "keycloak",
            port,
            Map.of(
                "OAUTH_ISSUER", keycloak.issuer(),
                "OAUTH_CLIENT_ID", KeycloakServer.CLIENT_ID,
                "OAUTH_CLIENT_SECRET", KeycloakServer.CLIENT_SECRET));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @BeforeEach
  void a_browser_without_cookies() {
    visitor = new KeycloakVisitor(keycloak, server);
  }

  @Test
  void signing_in_ends_at_the_page_that_was_asked_for() {
    RawResponse page = visitor.signIn("/account/?from=mail%20one", "alice");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.url()).isEqualTo(server.url("/account/?from=mail%20one"));
  }

  @Test
  void the_doctor_finds_nothing_wrong() {
    Map<String, Object> diagnosis = visitor.fetch("/oauth/doctor").json();

    assertThat((List<?>) diagnosis.get("findings"))
        .extracting(finding -> (String) ((Map<?, ?>) finding).get("number"))
        .contains("VEST5301", "VEST5302", "VEST5303", "VEST5304", "VEST5307", "VEST5308");
    assertThat(diagnosis.get("severity")).isEqualTo("advice");
  }

  @Test
  void the_session_has_claims_and_realm_roles_from_userinfo() {
    visitor.signIn("/account/", "alice");
    Map<String, Object> session = visitor.session();
    assertThat(session).containsEntry("authenticated", true).containsEntry("name", "alice");
    assertThat((Map<?, ?>) session.get("claims"))
        .extracting("iss", "email", "given_name", "family_name")
        .containsExactly(keycloak.issuer(), "alice@example.com", "Alice", "Liddell");
    // The realm puts the roles into UserInfo and not into the ID token.
    assertThat((Collection<?>) session.get("roles"))
        .map(Object::toString)
        .contains("editors", "readers");
    keycloak.awaitEvent("USER_INFO_REQUEST");
  }

  @Test
  void the_api_is_called_with_the_access_token() {
    visitor.signIn("/account/", "alice");
    assertThat(visitor.fetch("/showcase/api").json())
        .containsEntry("status", 200L)
        .extractingByKey("body")
        .extracting("email")
        .isEqualTo("alice@example.com");
  }

  /** The realm takes each refresh token once and ends the session of whoever repeats one. */
  @Test
  void refresh_tokens_are_rotated() {
    visitor.signIn("/account/", "alice");
    Instant first = visitor.refresh();
    Instant second = visitor.refresh();
    assertThat(visitor.refresh()).isAfter(second).isAfter(first);
    assertThat(visitor.fetch("/showcase/api").json()).containsEntry("status", 200L);
    keycloak.awaitEvent("REFRESH_TOKEN");
    assertThat(keycloak.hasReported("REFRESH_TOKEN_ERROR")).isFalse();
  }

  @Test
  void signing_out_revokes_the_tokens_and_asks_for_the_password_next_time() {
    visitor.signIn("/account/", "alice");
    RawResponse loggedOut = visitor.signOut();
    assertThat(loggedOut.status()).isEqualTo(200);
    assertThat(loggedOut.url()).startsWith(server.url("/oauth/logged-out"));
    assertThat(visitor.session()).containsEntry("authenticated", false);
    keycloak.awaitEvent("REVOKE_GRANT");
    assertThat(visitor.open("/account/").form().fields().has("password")).isTrue();
  }

  @Test
  void signing_out_signs_out_at_keycloak_for_its_other_clients_too() {
    visitor.signIn("/account/", "alice");
    assertThat(visitor.answerToNeighbour().has("code")).isTrue();
    visitor.signOut();
    keycloak.awaitEvent("LOGOUT");
    assertThat(visitor.answerToNeighbour().get("error")).isEqualTo("login_required");
  }

  @Test
  void whoever_cancels_at_the_consent_page_is_not_signed_in() {
    RawResponse consentPage = visitor.enterPassword(visitor.open("/account/"), "bob");
    RawResponse denied =
        visitor.browser().followAll(visitor.browser().submit(consentPage, "cancel", "No"));
    assertThat(denied.url()).startsWith(server.url("/oauth/callback"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.body()).contains("You did not sign in");
    assertThat(visitor.session()).containsEntry("authenticated", false);
  }

  /** RFC 9207: who says that it names itself in its answers has to. */
  @Test
  void an_answer_that_does_not_name_the_issuer_is_refused() {
    assertThat(visitor.browser().get(keycloak.metadataUrl()).json())
        .containsEntry("authorization_response_iss_parameter_supported", true);
    visitor.signIn("/account/", "alice");
    visitor.browser().cookies().drop("VESTIBULE_SESSION");
    String iss = "&iss=" + FormData.of("", keycloak.issuer()).encoded().substring(1);

    String answer = visitor.answerOfKeycloak();
    assertThat(answer).contains(iss);
    assertThat(visitor.browser().get(answer.replace(iss, "")).status()).isEqualTo(400);
    assertThat(visitor.browser().get(visitor.answerOfKeycloak().replace(iss, iss + "x")).status())
        .isEqualTo(400);
    assertThat(visitor.session()).containsEntry("authenticated", false);
    RawResponse accepted = visitor.browser().get(visitor.answerOfKeycloak());
    assertThat(visitor.browser().followAll(accepted).url()).isEqualTo(server.url("/account/"));
  }

  @Test
  void an_answer_is_of_use_once_and_only_in_the_browser_that_asked() {
    visitor.signIn("/account/", "alice");
    visitor.browser().cookies().drop("VESTIBULE_SESSION");
    String answer = visitor.answerOfKeycloak();
    assertThat(new RawBrowser().get(answer).status()).isEqualTo(400);
    assertThat(visitor.browser().get(answer).location()).isEqualTo(server.url("/account/"));
    visitor.browser().cookies().drop("VESTIBULE_SESSION");
    // As if a minute had gone by since: two sessions that are lost within one are no accident.
    visitor.browser().cookies().drop("vestibule-vestibule-arrived");
    assertThat(visitor.browser().get(answer).location())
        .as("a login from the beginning")
        .startsWith(keycloak.issuer() + "/protocol/openid-connect/auth?");
    assertThat(visitor.browser().get(answer).status()).as("once").isEqualTo(400);
  }
}
