package org.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.testing.CodeFlow.CLIENT_ID;
import static org.vestibule.testing.CodeFlow.SECRET;
import static org.vestibule.testing.CodeFlow.authorizationRequest;
import static org.vestibule.testing.CodeFlow.refreshRequest;
import static org.vestibule.testing.CodeFlow.tokenRequest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorizationServerTest {

  private final AuthorizationServer server =
      AuthorizationServer.start(c -> c.client(CLIENT_ID, SECRET, CodeFlow.REDIRECT_URI));
  private final CodeFlow flow = new CodeFlow(server);
  private final RawBrowser browser = new RawBrowser();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_authorization_response_has_code_state_and_issuer() {
    RawResponse response = flow.authorize(authorizationRequest());

    assertThat(response.status()).isEqualTo(302);
    assertThat(response.location()).startsWith(CodeFlow.REDIRECT_URI + "?");
    assertThat(response.locationQuery().asMap())
        .containsOnlyKeys("code", "state", "iss")
        .containsEntry("state", CodeFlow.STATE)
        .containsEntry("iss", server.issuer());
  }

  static Stream<Map<String, String>> requests_shown_to_the_user() {
    return Stream.of(
        Map.of("client_id", "unknown"),
        Map.of("redirect_uri", "https://client.example.com/cb/"),
        Map.of("redirect_uri", "https://client.example.com/cb?x=y"),
        Map.of("redirect_uri", "https://attacker.example/cb"),
        Map.of("redirect_uri", ""));
  }

  @ParameterizedTest
  @MethodSource("requests_shown_to_the_user")
  void nothing_is_sent_to_an_unregistered_place(Map<String, String> change) {
    RawResponse response = flow.authorize(changed(change));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.header("Location")).isNull();
  }

  static Stream<Map<String, String>> requests_sent_back() {
    return Stream.of(
        Map.of("response_type", ""),
        Map.of("response_type", "token"),
        Map.of("code_challenge", ""),
        Map.of("code_challenge", "tooshort"),
        Map.of("code_challenge_method", ""),
        Map.of("code_challenge_method", "plain"),
        Map.of("response_mode", "fragment"),
        Map.of("scope", "two  spaces"),
        Map.of("state", ""));
  }

  @ParameterizedTest
  @MethodSource("requests_sent_back")
  void other_faults_are_sent_back_to_the_client(Map<String, String> change) {
    RawResponse response = flow.authorize(changed(change));

    assertThat(response.location()).startsWith(CodeFlow.REDIRECT_URI + "?");
    assertThat(response.locationQuery().asMap())
        .containsKey("error")
        .containsEntry("iss", server.issuer())
        .doesNotContainKey("code");
  }

  @Test
  void a_repeated_parameter_is_sent_back_as_an_error() {
    RawResponse response = flow.authorize(authorizationRequest().and("scope", "email"));

    assertThat(response.locationQuery().get("error")).isEqualTo("invalid_request");
  }

  @Test
  void denial_comes_back_with_the_state() {
    server.denying();

    assertThat(flow.authorize(authorizationRequest()).locationQuery().asMap())
        .containsEntry("error", "access_denied")
        .containsEntry("state", CodeFlow.STATE);
  }

  @Test
  void form_post_is_a_page_that_posts() {
    RawResponse page = flow.authorize(changed(Map.of("response_mode", "form_post")));

    assertThat(page.form().action()).isEqualTo(CodeFlow.REDIRECT_URI);
    assertThat(page.form().method()).isEqualTo("POST");
    assertThat(page.form().fields().asMap()).containsOnlyKeys("code", "state", "iss");
  }

  @Test
  void a_user_signs_in_once_and_grants() {
    server.interactive();
    RawResponse page = signInPage(browser);

    RawResponse granted =
        browser.submit(page, "username", "alice", "password", "any", "decision", "grant");
    assertThat(granted.locationQuery().has("code")).isTrue();

    assertThat(signInPage(browser).locationQuery().has("code")).isTrue();
    assertThat(signInPage(new RawBrowser()).status()).isEqualTo(200);
  }

  @Test
  void a_user_denies() {
    server.interactive();
    RawResponse denied = browser.submit(signInPage(browser), "decision", "deny");

    assertThat(denied.locationQuery().get("error")).isEqualTo("access_denied");
  }

  @Test
  void nobody_is_asked_when_prompt_is_none() {
    server.interactive();
    RawResponse response = flow.authorize(changed(Map.of("prompt", "none")));

    assertThat(response.locationQuery().get("error")).isEqualTo("login_required");
  }

  @Test
  void accounts_have_passwords() {
    try (var closed =
        AuthorizationServer.start(
            c ->
                c.client(CLIENT_ID, SECRET)
                    .interactive()
                    .account("alice", "wonderland", User.JANE))) {
      RawResponse page =
          browser.get(Urls.append(closed.url(Endpoint.AUTHORIZATION), authorizationRequest()));
      RawResponse again =
          browser.submit(page, "username", "alice", "password", "guess", "decision", "grant");
      RawResponse granted =
          browser.submit(again, "username", "alice", "password", "wonderland", "decision", "grant");

      assertThat(again.body()).contains("Wrong user name or password.");
      assertThat(granted.locationQuery().has("code")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(value = JwsAlgorithm.class, mode = EnumSource.Mode.EXCLUDE, names = "EDDSA")
  void an_id_token_verifies_with_the_published_key(JwsAlgorithm algorithm)
      throws ParseException, JOSEException {
    try (var other =
        AuthorizationServer.start(c -> c.client(CLIENT_ID, SECRET).algorithm(algorithm))) {
      Map<String, String> tokens = new CodeFlow(other).tokens();
      SignedJWT idToken = SignedJWT.parse(tokens.getOrDefault("id_token", ""));
      JWK key =
          JWKSet.parse(browser.get(other.url(Endpoint.JWKS)).body())
              .getKeyByKeyId(idToken.getHeader().getKeyID());

      boolean verified =
          algorithm == JwsAlgorithm.ES256
              ? idToken.verify(new ECDSAVerifier(key.toECKey()))
              : idToken.verify(new RSASSAVerifier(key.toRSAKey()));

      assertThat(verified).isTrue();
      assertThat(idToken.getHeader().getAlgorithm().getName())
          .isEqualTo(algorithm.registeredName());
      assertThat(idToken.getPayload().toJSONObject())
          .containsEntry("iss", other.issuer())
          .containsEntry("sub", User.JANE.sub())
          .containsEntry("aud", CLIENT_ID)
          .containsEntry("nonce", "n-0S6_WzA2Mj")
          .containsKeys("exp", "iat", "auth_time", "at_hash");
    }
  }

  @Test
  void ed25519_keys_and_signatures_have_their_sizes() {
    SigningKey key = SigningKey.create(JwsAlgorithm.EDDSA);

    assertThat(key.sign(new byte[] {1, 2, 3})).hasSize(64);
    assertThat(key.publicJwk()).containsEntry("kty", "OKP").containsEntry("crv", "Ed25519");
  }

  @Test
  void two_live_servers_never_share_a_key() {
    try (var other = AuthorizationServer.start(c -> {})) {
      assertThat(other.signingKey().publicKeyDer())
          .isNotEqualTo(server.signingKey().publicKeyDer());
    }
  }

  @Test
  void algorithm_confusion_is_what_it_says() throws ParseException, JOSEException {
    server.idTokenSigner(IdTokenSigner.hs256(SigningKey::publicKeyPem));
    SignedJWT idToken = SignedJWT.parse(flow.tokens().getOrDefault("id_token", ""));

    assertThat(idToken.verify(new MACVerifier(server.signingKey().publicKeyPem()))).isTrue();
  }

  @Test
  void id_token_and_token_response_can_be_changed() {
    server.idTokenClaims(claims -> claims.remove("nonce"));
    server.tokenResponse(response -> response.put("expires_in", "3600"));
    Map<String, String> tokens = flow.tokens();

    assertThat(tokens).containsEntry("expires_in", "3600");
    assertThat(Jws.claims(tokens.getOrDefault("id_token", ""))).doesNotContainKey("nonce");
  }

  @Test
  void a_rotated_key_is_published_beside_the_old_one_until_that_retires() {
    String old = server.signingKey().kid();
    String current = server.rotateKey().kid();
    assertThat(kids()).containsExactly(current, old);

    server.retireOldKeys();
    assertThat(kids()).containsExactly(current);
  }

  @Test
  void metadata_is_where_each_specification_puts_it_and_follows_the_switches() {
    try (var other =
        AuthorizationServer.start(
            c ->
                c.client(CLIENT_ID, SECRET)
                    .issuerPath("/realms/main")
                    .without(Feature.REVOCATION, Feature.ISS_PARAMETER_ADVERTISED))) {
      RawResponse openid = browser.get(other.issuer() + "/.well-known/openid-configuration");
      RawResponse oauth =
          browser.get(other.origin() + "/.well-known/oauth-authorization-server/realms/main");

      assertThat(openid.json()).isEqualTo(oauth.json());
      assertThat(openid.json())
          .containsEntry("issuer", other.origin() + "/realms/main")
          .containsEntry("token_endpoint", other.url(Endpoint.TOKEN))
          .containsEntry("token_endpoint_auth_methods_supported", List.of("client_secret_basic"))
          .doesNotContainKeys(
              "revocation_endpoint", "authorization_response_iss_parameter_supported");
      assertThat(browser.get(other.url(Endpoint.REVOCATION)).status()).isEqualTo(404);
    }
  }

  @Test
  void user_info_wants_a_bearer_token_in_the_header() {
    String accessToken = flow.tokens().getOrDefault("access_token", "");

    assertThat(flow.userInfo(accessToken).json()).containsEntry("sub", User.JANE.sub());
    assertThat(flow.userInfo("mF_9.B5f-4.1JqM").header("WWW-Authenticate"))
        .contains("invalid_token");
    assertThat(browser.get(server.url(Endpoint.USERINFO) + "?access_token=" + accessToken).status())
        .isEqualTo(400);
  }

  @Test
  void a_revoked_refresh_token_takes_the_access_token_with_it() {
    Map<String, String> tokens = flow.tokens();
    String refreshToken = tokens.getOrDefault("refresh_token", "");

    assertThat(flow.backChannel(Endpoint.REVOCATION, FormData.of("token", refreshToken)).status())
        .isEqualTo(200);
    assertThat(flow.userInfo(tokens.getOrDefault("access_token", "")).status()).isEqualTo(401);
    assertThat(flow.token(refreshRequest(refreshToken)).status()).isEqualTo(400);
    assertThat(flow.backChannel(Endpoint.INTROSPECTION, FormData.of("token", refreshToken)).json())
        .containsExactly(Map.entry("active", false));
  }

  @Test
  void logout_lands_where_the_hint_allows() {
    server.register(
        RegisteredClient.confidential(CLIENT_ID, SECRET)
            .landingOn("https://client.example.com/bye"));
    String hint = flow.tokens().getOrDefault("id_token", "");

    RawResponse landed = logout(hint, "https://client.example.com/bye");
    RawResponse refused = logout(hint, "https://attacker.example/bye");

    assertThat(landed.location()).isEqualTo("https://client.example.com/bye?state=xyz");
    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void a_scripted_answer_is_used_up_and_the_endpoint_is_itself_again() {
    server.on(Endpoint.TOKEN).once(Answer.error(503, "temporarily_unavailable"));
    server
        .on(Endpoint.TOKEN)
        .once((request, regular) -> regular.get().withJson(json -> json.remove("token_type")));

    assertThat(flow.token(tokenRequest(flow.code())).status()).isEqualTo(503);
    assertThat(flow.tokens()).doesNotContainKey("token_type").containsKey("access_token");
    assertThat(flow.tokens()).containsKey("token_type");
    assertThat(server.requests(Endpoint.TOKEN)).hasSize(3);
  }

  @Test
  void a_connection_can_be_dropped_and_a_body_cut_short() {
    server
        .on(Endpoint.JWKS)
        .once(Answer.dropped())
        .once(Answer.json(200, Map.of()).announcing(1000));

    assertThatThrownBy(() -> browser.get(server.url(Endpoint.JWKS)))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> browser.get(server.url(Endpoint.JWKS)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(server.requests(Endpoint.JWKS)).hasSize(2);
  }

  @Test
  void a_dribbled_body_is_whole_in_the_end() {
    server.on(Endpoint.JWKS).once(Answer.json(200, "{}").dribbled(Duration.ofMillis(1)));

    assertThat(browser.get(server.url(Endpoint.JWKS)).body()).isEqualTo("{}");
  }

  @Test
  void an_endless_body_goes_on_until_the_client_hangs_up() throws IOException {
    server.on(Endpoint.JWKS).once(Answer.endless("application/json", "{\"keys\":"));

    try (InputStream body = URI.create(server.url(Endpoint.JWKS)).toURL().openStream()) {
      assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000).startsWith('{');
    }
    assertThat(browser.get(server.url(Endpoint.JWKS)).status()).isEqualTo(200);
  }

  @Test
  void a_stalled_body_ends_with_the_server() {
    server.on(Endpoint.JWKS).once(Answer.stalled(200, "application/json"));
    CompletableFuture<RawResponse> stalled =
        CompletableFuture.supplyAsync(() -> browser.get(server.url(Endpoint.JWKS)));
    server.awaitRequests(Endpoint.JWKS, 1);
    server.close();

    assertThatThrownBy(stalled::join).hasCauseInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_request_waits_at_a_gate() {
    Gate gate = server.on(Endpoint.JWKS).gate();
    CompletableFuture<RawResponse> waiting =
        CompletableFuture.supplyAsync(() -> browser.get(server.url(Endpoint.JWKS)));
    gate.awaitArrival();
    assertThat(waiting).isNotDone();

    gate.open();
    assertThat(waiting.join().status()).isEqualTo(200);
  }

  @Test
  void everything_received_is_on_record() {
    browser.get(server.origin() + "/canary?x=1");

    RecordedRequest request = server.awaitRequests(Endpoint.OTHER, 1).get(0);
    assertThat(request.path()).isEqualTo("/canary");
    assertThat(request.query().get("x")).isEqualTo("1");
    assertThat(request.header("sec-fetch-mode")).isEqualTo("navigate");
  }

  private RawResponse logout(String hint, String landing) {
    FormData request =
        FormData.of("id_token_hint", hint, "post_logout_redirect_uri", landing, "state", "xyz");
    return browser.get(Urls.append(server.url(Endpoint.END_SESSION), request));
  }

  private RawResponse signInPage(RawBrowser user) {
    return user.get(Urls.append(server.url(Endpoint.AUTHORIZATION), authorizationRequest()));
  }

  private static FormData changed(Map<String, String> change) {
    Map<String, String> parameters = authorizationRequest().asMap();
    parameters.putAll(change);
    return FormData.of(parameters);
  }

  private List<String> kids() {
    try {
      return JWKSet.parse(browser.get(server.url(Endpoint.JWKS)).body()).getKeys().stream()
          .map(JWK::getKeyID)
          .toList();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}
