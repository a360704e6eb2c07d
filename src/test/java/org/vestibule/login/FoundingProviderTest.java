package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.session.SessionCodec;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;

/** A provider that publishes nothing and is known by its settings alone. */
class FoundingProviderTest {

  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());

  private static final URI REDIRECT = URI.create("http://localhost:8080/redirect");

  private final TestClient client =
      TestClient.byHand(
          c -> c.foundingProvider(TestClient.ID, TestClient.SECRET, REDIRECT.toString()),
          "authorization-endpoint",
          "{server}/oauth/authorize",
          "token-endpoint",
          "{server}/oauth/token",
          "client-authentication",
          "client_secret_post",
          "scope",
          "write,read",
          "scope-separator",
          "comma");

  @AfterEach
  void stop() {
    client.close();
  }

  private BegunLogin begin() {
    return client
        .flow()
        .begin(
            client.provider(),
            REDIRECT,
            "/",
            AuthenticationRequirement.NONE,
            Parameters.empty(),
            false);
  }

  private AuthorizationResponse decided(BegunLogin begun, String decision) {
    RawBrowser browser = new RawBrowser();
    RawResponse page = browser.get(begun.location().toString());
    return TestClient.read(
        browser.submit(page, "username", "alice", "password", "x", "decision", decision));
  }

  private LoginResult login(String decision) {
    BegunLogin begun = begin();
    return client.flow().complete(client.provider(), decided(begun, decision), begun.pending());
  }

  @Test
  void a_user_who_grants_is_signed_in() {
    SignedIn alice = ((LoginResult.Success) login("grant")).signedIn();

    assertThat(alice.identity().name()).isEqualTo("unnamed");
    assertThat(alice.identity().subject()).isEmpty();
    assertThat(alice.tokens().scope()).isEqualTo(Scope.parse("write read"));
    assertThat(alice.tokens().refreshToken()).isNotNull();
    assertThat(alice.tokens().expiresAt())
        .isEqualTo(client.clock().instant().plus(Duration.ofHours(1)));
  }

  @Test
  void scopes_are_joined_by_a_comma_and_the_client_is_in_the_body() {
    login("grant");

    assertThat(client.server().requests(Endpoint.AUTHORIZATION).get(0).query().get("scope"))
        .isEqualTo("write,read");
    RecordedRequest request = client.server().lastRequest(Endpoint.TOKEN);
    assertThat(request.path()).isEqualTo("/oauth/token");
    assertThat(request.form().asMap())
        .containsEntry("client_id", TestClient.ID)
        .containsEntry("client_secret", TestClient.SECRET)
        .containsEntry("redirect_uri", REDIRECT.toString());
    assertThat(request.headers("Authorization")).isEmpty();
  }

  @Test
  void a_user_who_denies_is_not() {
    LoginResult.Denied denied = (LoginResult.Denied) login("deny");

    assertThat(denied.error().is("access_denied")).isTrue();
    assertThat(client.server().requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void nobody_is_asked_for_metadata_keys_or_a_profile() {
    login("grant");

    assertThat(client.server().requests())
        .extracting(RecordedRequest::endpoint)
        .isSubsetOf(List.of(Endpoint.AUTHORIZATION, Endpoint.LOGIN, Endpoint.TOKEN));
  }

  @Test
  void tokens_are_refreshed() {
    SignedIn alice = ((LoginResult.Success) login("grant")).signedIn();

    SignedIn refreshed = new TokenRefresh(client.clock()).refresh(client.provider(), alice, CODEC);

    assertThat(refreshed.tokens().accessToken()).isNotEqualTo(alice.tokens().accessToken());
    assertThat(refreshed.tokens().scope()).isEqualTo(Scope.parse("write read"));
  }

  @Test
  @Provokes(
      trouble = {
        ProviderTrouble.CODE_REFUSED,
        ProviderTrouble.CLIENT_REFUSED,
        ProviderTrouble.TOKEN_REFUSED
      })
  void its_refusals_are_told_apart() {
    client.server().on(Endpoint.TOKEN).once(Answer.error(400, "invalid_grant"));
    assertFails(ProviderTrouble.CODE_REFUSED, () -> login("grant"));
    client.server().on(Endpoint.TOKEN).once(Answer.error(400, "invalid_client"));
    assertFails(ProviderTrouble.CLIENT_REFUSED, () -> login("grant"));
    client.server().on(Endpoint.TOKEN).once(Answer.error(400, "invalid_request"));
    assertFails(ProviderTrouble.TOKEN_REFUSED, () -> login("grant"));
  }
}
