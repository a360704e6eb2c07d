package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** The showcase, switched to a Keycloak by three variables in its environment. */
@Tag("keycloak")
class KeycloakIT {

  private static KeycloakServer keycloak;
  private static ShowcaseServer server;

  private RawBrowser browser;

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
    browser = new RawBrowser();
  }

  @Test
  void signing_in_ends_at_the_page_that_was_asked_for() {
    RawResponse page = signIn("/account/?from=mail%20one", "alice");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.url()).isEqualTo(server.url("/account/?from=mail%20one"));
  }

  @Test
  void the_session_has_claims_and_realm_roles_from_userinfo() {
    signIn("/account/", "alice");
    Map<String, Object> session = session();
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
    signIn("/account/", "alice");
    assertThat(fetch("/showcase/api").json())
        .containsEntry("status", 200L)
        .extractingByKey("body")
        .extracting("email")
        .isEqualTo("alice@example.com");
  }

  /** The realm takes each refresh token once and ends the session of whoever repeats one. */
  @Test
  void refresh_tokens_are_rotated() {
    signIn("/account/", "alice");
    Instant first = refresh();
    Instant second = refresh();
    assertThat(refresh()).isAfter(second).isAfter(first);
    assertThat(fetch("/showcase/api").json()).containsEntry("status", 200L);
    keycloak.awaitEvent("REFRESH_TOKEN");
    assertThat(keycloak.hasReported("REFRESH_TOKEN_ERROR")).isFalse();
  }

  @Test
  void signing_out_revokes_the_tokens_and_asks_for_the_password_next_time() {
    signIn("/account/", "alice");
    RawResponse loggedOut = signOut();
    assertThat(loggedOut.status()).isEqualTo(200);
    assertThat(loggedOut.url()).startsWith(server.url("/oauth/logged-out"));
    assertThat(session()).containsEntry("authenticated", false);
    keycloak.awaitEvent("REVOKE_GRANT");
    assertThat(open("/account/").form().fields().has("password")).isTrue();
  }

  @Test
  void signing_out_signs_out_at_keycloak_for_its_other_clients_too() {
    signIn("/account/", "alice");
    assertThat(answerToNeighbour().has("code")).isTrue();
    signOut();
    keycloak.awaitEvent("LOGOUT");
    assertThat(answerToNeighbour().get("error")).isEqualTo("login_required");
  }

  @Test
  void whoever_cancels_at_the_consent_page_is_not_signed_in() {
    RawResponse consentPage = enterPassword(open("/account/"), "bob");
    RawResponse denied = browser.followAll(browser.submit(consentPage, "cancel", "No"));
    assertThat(denied.url()).startsWith(server.url("/oauth/callback"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.body()).contains("You did not sign in");
    assertThat(session()).containsEntry("authenticated", false);
  }

  /** RFC 9207: who says that it names itself in its answers has to. */
  @Test
  void an_answer_that_does_not_name_the_issuer_is_refused() {
    assertThat(browser.get(keycloak.metadataUrl()).json())
        .containsEntry("authorization_response_iss_parameter_supported", true);
    signIn("/account/", "alice");
    browser.cookies().drop("VESTIBULE_SESSION");
    String iss = "&iss=" + FormData.of("", keycloak.issuer()).encoded().substring(1);

    String answer = answerOfKeycloak();
    assertThat(answer).contains(iss);
    assertThat(browser.get(answer.replace(iss, "")).status()).isEqualTo(400);
    assertThat(browser.get(answerOfKeycloak().replace(iss, iss + "x")).status()).isEqualTo(400);
    assertThat(session()).containsEntry("authenticated", false);
    RawResponse accepted = browser.get(answerOfKeycloak());
    assertThat(browser.followAll(accepted).url()).isEqualTo(server.url("/account/"));
  }

  @Test
  void an_answer_is_of_use_once_and_only_in_the_browser_that_asked() {
    signIn("/account/", "alice");
    browser.cookies().drop("VESTIBULE_SESSION");
    String answer = answerOfKeycloak();
    assertThat(new RawBrowser().get(answer).status()).isEqualTo(400);
    assertThat(browser.get(answer).location()).isEqualTo(server.url("/account/"));
    browser.cookies().drop("VESTIBULE_SESSION");
    assertThat(browser.get(answer).status()).isEqualTo(400);
  }

  private RawResponse open(String path) {
    return browser.followAll(browser.get(server.url(path)));
  }

  /** Signs in with a new browser; consents if that was not done before. */
  private RawResponse signIn(String path, String user) {
    RawResponse page = enterPassword(open(path), user);
    return page.url().startsWith(keycloak.issuer())
        ? browser.followAll(browser.submit(page, "accept", "Yes"))
        : page;
  }

  private RawResponse enterPassword(RawResponse loginPage, String user) {
    return browser.followAll(browser.submit(loginPage, "username", user, "password", user));
  }

  /** Where Keycloak, which knows the user already, sends the browser. */
  private String answerOfKeycloak() {
    RawResponse answer = browser.follow(browser.get(server.url("/account/")));
    assertThat(answer.location()).startsWith(server.url("/oauth/callback?"));
    return answer.location();
  }

  /** What another client of the realm hears when it asks whether somebody is signed in. */
  private FormData answerToNeighbour() {
    FormData request =
        FormData.of(
            "response_type", "code",
            "client_id", "neighbour",
            "redirect_uri", "https://client.example.com/cb",
            "scope", "openid",
            "prompt", "none");
    String endpoint = keycloak.issuer() + "/protocol/openid-connect/auth?";
    return browser.get(endpoint + request.encoded()).locationQuery();
  }

  private RawResponse signOut() {
    FormData form = FormData.of("csrf_token", csrfToken());
    return browser.followAll(post("/oauth/logout").form(form).send());
  }

  private Instant refresh() {
    RawResponse answer =
        post("/showcase/refresh").asFetch().header("X-CSRF-Token", csrfToken()).send();
    assertThat(answer.status()).isEqualTo(200);
    return Instant.parse(answer.json().get("access_token_expires_at").toString());
  }

  private Map<String, Object> session() {
    return fetch("/oauth/session").json();
  }

  private String csrfToken() {
    return session().get("csrf_token").toString();
  }

  private RawResponse fetch(String path) {
    return browser.request("GET", server.url(path)).from(server.url("/")).asFetch().send();
  }

  private RawRequest post(String path) {
    return browser.request("POST", server.url(path)).from(server.url("/account/"));
  }
}
