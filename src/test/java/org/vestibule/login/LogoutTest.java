package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.TestClient;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RecordedRequest;

class LogoutTest {

  private static final URI LANDING = URI.create("https://client.example.com/app/oauth/logged-out");
  private static final Secret ID_TOKEN = Secret.of("a.b.c");
  private static final Optional<Secret> STATE = Optional.of(Secret.of("af0ifjsldkj"));

  /** RFC 7009 section 2. */
  @Test
  void both_tokens_are_revoked_the_refresh_token_first() {
    try (TestClient client = TestClient.openId()) {
      SignedIn jane = client.signedIn();

      assertThat(Logout.revoke(client.provider(), jane.tokens())).isEmpty();
      assertThat(client.server().requests(Endpoint.REVOCATION))
          .extracting(request -> request.form().get("token_type_hint"))
          .containsExactly("refresh_token", "access_token");
      URI userInfo = URI.create(client.server().url(Endpoint.USERINFO));
      assertThat(
              new RawBrowser()
                  .request("GET", userInfo.toString())
                  .header("Authorization", "Bearer " + jane.tokens().accessToken().value())
                  .send()
                  .status())
          .isEqualTo(401);
    }
  }

  @Test
  void without_a_refresh_token_the_access_token_is_revoked() {
    try (TestClient client = TestClient.openId(c -> c.without(Feature.REFRESH_TOKENS))) {
      Logout.revoke(client.provider(), client.signedIn().tokens());

      assertThat(client.server().requests(Endpoint.REVOCATION))
          .extracting(request -> request.form().get("token_type_hint"))
          .containsExactly("access_token");
    }
  }

  @Test
  void one_that_cannot_be_revoked_does_not_keep_the_other() {
    try (TestClient client = TestClient.openId()) {
      SignedIn jane = client.signedIn();
      client.server().on(Endpoint.REVOCATION).once(Answer.empty(503));

      assertThat(Logout.revoke(client.provider(), jane.tokens()))
          .extracting(LoginException::failure)
          .containsExactly(ProviderTrouble.UNEXPECTED_STATUS);
      assertThat(client.server().requests(Endpoint.REVOCATION)).hasSize(2);
      client.server().on(Endpoint.REVOCATION).always(Answer.empty(503));
      assertThat(Logout.revoke(client.provider(), jane.tokens()))
          .extracting(LoginException::failure)
          .containsExactly(ProviderTrouble.UNEXPECTED_STATUS, ProviderTrouble.UNEXPECTED_STATUS);
    }
  }

  @Test
  void a_provider_that_is_not_there_is_asked_once() {
    try (TestClient client = TestClient.openId()) {
      SignedIn jane = client.signedIn();
      client.server().on(Endpoint.REVOCATION).always(Answer.dropped());

      assertThat(Logout.revoke(client.provider(), jane.tokens()))
          .extracting(LoginException::failure)
          .containsExactly(ProviderTrouble.UNREACHABLE);
    }
  }

  /** LO-06: it is waited for no longer than read-timeout, and not for each token anew. */
  @Test
  void a_provider_that_does_not_answer_is_waited_for_once() {
    try (TestClient client = TestClient.openId("read-timeout", "PT0.2S")) {
      SignedIn jane = client.signedIn();
      client.server().on(Endpoint.REVOCATION).always(Answer.stalled(200, "application/json"));

      assertThat(Logout.revoke(client.provider(), jane.tokens()))
          .extracting(LoginException::failure)
          .containsExactly(ProviderTrouble.TIMEOUT);
      assertThat(client.server().requests(Endpoint.REVOCATION)).hasSize(1);
    }
  }

  /** OpenID Connect RP-Initiated Logout section 2. */
  @Test
  void the_browser_signs_out_at_the_provider_too() {
    try (TestClient client = TestClient.openId()) {
      Optional<URI> place = Logout.endSession(client.provider(), ID_TOKEN, LANDING, STATE);

      assertThat(place.map(URI::toString).orElseThrow())
          .startsWith(client.server().url(Endpoint.END_SESSION) + "?");
      assertThat(Parameters.parse(place.orElseThrow().getRawQuery()))
          .isEqualTo(
              Parameters.empty()
                  .with("id_token_hint", "a.b.c")
                  .with("client_id", TestClient.ID)
                  .with("post_logout_redirect_uri", LANDING.toString())
                  .with("state", "af0ifjsldkj"));
    }
  }

  /** Amazon Cognito's and Auth0's way. */
  @ParameterizedTest
  @ValueSource(strings = {"logout_uri", "returnTo"})
  void a_provider_may_call_things_by_other_names(String name) {
    try (TestClient client =
        TestClient.openId(
            "logout-redirect-parameter", name,
            "logout-id-token-hint", "off",
            "logout-parameters", "federated=true")) {
      Optional<URI> place =
          Logout.endSession(client.provider(), ID_TOKEN, LANDING, Optional.empty());

      assertThat(Parameters.parse(place.orElseThrow().getRawQuery()))
          .isEqualTo(
              Parameters.empty()
                  .with("client_id", TestClient.ID)
                  .with(name, LANDING.toString())
                  .with("federated", "true"));
      assertThat(Logout.repeatsState(client.provider())).isFalse();
    }
  }

  @Test
  void without_an_id_token_there_is_no_hint() {
    try (TestClient client = TestClient.openId()) {
      assertThat(Logout.endSession(client.provider(), null, LANDING, STATE))
          .hasValueSatisfying(url -> assertThat(url.toString()).doesNotContain("id_token_hint"));
      assertThat(Logout.repeatsState(client.provider())).isTrue();
    }
  }

  @Test
  void a_query_of_the_endpoint_is_retained() {
    try (TestClient client = TestClient.openId()) {
      client
          .server()
          .metadata(metadata -> metadata.put("end_session_endpoint", "https://as.example/out?t=1"));

      assertThat(Logout.endSession(client.provider(), ID_TOKEN, LANDING, STATE))
          .hasValueSatisfying(
              url -> assertThat(url.toString()).startsWith("https://as.example/out?t=1&id_token"));
    }
  }

  @Test
  void where_it_is_not_offered_or_nobody_answers_the_browser_stays() {
    try (TestClient client = TestClient.openId(c -> c.without(Feature.END_SESSION))) {
      assertThat(Logout.endSession(client.provider(), ID_TOKEN, LANDING, STATE)).isEmpty();
    }
    try (TestClient client = TestClient.openId()) {
      client.server().on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(500));
      assertThat(Logout.endSession(client.provider(), ID_TOKEN, LANDING, STATE)).isEmpty();
      assertThat(client.server().requests())
          .extracting(RecordedRequest::endpoint)
          .isEqualTo(List.of(Endpoint.OPENID_CONFIGURATION));
    }
  }
}
