package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** Somebody with a browser of their own at a showcase that a Keycloak signs users in to. */
final class KeycloakVisitor {

  private final KeycloakServer keycloak;
  private final ShowcaseServer server;
  private final RawBrowser browser = new RawBrowser();

  KeycloakVisitor(KeycloakServer keycloak, ShowcaseServer server) {
    this.keycloak = keycloak;
    this.server = server;
  }

  RawBrowser browser() {
    return browser;
  }

  RawResponse open(String path) {
    return browser.followAll(browser.get(server.url(path)));
  }

  /** Signs in with a new browser; consents if that was not done before. */
  RawResponse signIn(String path, String user) {
    RawResponse page = enterPassword(open(path), user);
    return page.url().startsWith(keycloak.issuer())
        ? browser.followAll(browser.submit(page, "accept", "Yes"))
        : page;
  }

  RawResponse enterPassword(RawResponse loginPage, String user) {
    return browser.followAll(browser.submit(loginPage, "username", user, "password", user));
  }

  /** Where Keycloak, which knows the user already, sends the browser. */
  String answerOfKeycloak() {
    RawResponse answer = browser.follow(browser.get(server.url("/account/")));
    assertThat(answer.location()).startsWith(server.url("/oauth/callback?"));
    return answer.location();
  }

  /** What another client of the realm hears when it asks whether somebody is signed in. */
  FormData answerToNeighbour() {
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

  RawResponse signOut() {
    FormData form = FormData.of("csrf_token", csrfToken());
    return browser.followAll(post("/oauth/logout").form(form).send());
  }

  Instant refresh() {
    RawResponse answer =
        post("/showcase/refresh").asFetch().header("X-CSRF-Token", csrfToken()).send();
    assertThat(answer.status()).isEqualTo(200);
    return Instant.parse(answer.json().get("access_token_expires_at").toString());
  }

  Map<String, Object> session() {
    return fetch("/oauth/session").json();
  }

  String csrfToken() {
    return session().get("csrf_token").toString();
  }

  RawResponse fetch(String path) {
    return browser.request("GET", server.url(path)).from(server.url("/")).asFetch().send();
  }

  RawRequest post(String path) {
    return browser.request("POST", server.url(path)).from(server.url("/account/"));
  }
}
