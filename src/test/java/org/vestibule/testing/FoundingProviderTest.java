package org.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FoundingProviderTest {

  private final AuthorizationServer server =
      AuthorizationServer.start(
          c -> c.foundingProvider("portal", "secret", "http://localhost:8080/redirect"));
  private final RawBrowser browser = new RawBrowser();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void granting_leads_to_tokens_of_the_plain_kind() {
    RawResponse granted =
        browser.submit(
            authorize("write,read"), "username", "alice", "password", "x", "decision", "grant");
    Map<String, String> response = granted.locationQuery().asMap();
    assertThat(response).containsOnlyKeys("code", "state");

    RawResponse tokens =
        browser.post(
            server.origin() + "/oauth/token",
            FormData.of(
                "grant_type", "authorization_code",
                "code", response.getOrDefault("code", ""),
                "redirect_uri", "http://localhost:8080/redirect",
                "client_id", "portal",
                "client_secret", "secret"));
    assertThat(tokens.json())
        .containsOnlyKeys("access_token", "refresh_token", "token_type", "expires")
        .containsEntry("expires", 3600L);
  }

  @Test
  void denying_is_an_error_of_the_specification() {
    RawResponse denied = browser.submit(authorize("write,read"), "decision", "deny");

    assertThat(denied.locationQuery().get("error")).isEqualTo("access_denied");
  }

  @Test
  void scopes_joined_by_a_space_are_unknown() {
    assertThat(authorize("write read").locationQuery().get("error")).isEqualTo("invalid_scope");
  }

  @Test
  void there_is_no_metadata() {
    assertThat(browser.get(server.url(Endpoint.OPENID_CONFIGURATION)).status()).isEqualTo(404);
    assertThat(browser.get(server.url(Endpoint.OAUTH_METADATA)).status()).isEqualTo(404);
  }

  private RawResponse authorize(String scope) {
    FormData request =
        FormData.of(
            "response_type", "code",
            "client_id", "portal",
            "redirect_uri", "http://localhost:8080/redirect",
            "scope", scope,
            "state", "xyz",
            "code_challenge", "ignored");
    return browser.get(Urls.append(server.origin() + "/oauth/authorize", request));
  }
}
