package org.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.testing.CodeFlow.CLIENT_ID;
import static org.vestibule.testing.CodeFlow.SECRET;
import static org.vestibule.testing.CodeFlow.basic;
import static org.vestibule.testing.CodeFlow.refreshRequest;
import static org.vestibule.testing.CodeFlow.tokenRequest;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.testing.RegisteredClient.Authentication;

class TokenEndpointStrictnessTest {

  private final AuthorizationServer server =
      AuthorizationServer.start(
          c -> c.client(CLIENT_ID, SECRET, CodeFlow.REDIRECT_URI).client("other", "secret"));
  private final CodeFlow flow = new CodeFlow(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_right_request_gets_all_tokens() {
    RawResponse response = flow.token(tokenRequest(flow.code()));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.json())
        .containsKeys("access_token", "refresh_token", "id_token")
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 3600L)
        .containsEntry("scope", "openid");
  }

  static Stream<Arguments> wrong_requests() {
    return Stream.of(
        Arguments.of(changed("redirect_uri", "https://client.example.com/cb/"), "invalid_grant"),
        Arguments.of(changed("redirect_uri", ""), "invalid_grant"),
        Arguments.of(changed("code", "SplxlOBeZQQYbYS6WxSbIA"), "invalid_grant"),
        Arguments.of(changed("code", ""), "invalid_request"),
        Arguments.of(changed("code_verifier", ""), "invalid_grant"),
        Arguments.of(changed("code_verifier", "short"), "invalid_grant"),
        Arguments.of(changed("code_verifier", CodeFlow.CHALLENGE), "invalid_grant"),
        Arguments.of(changed("grant_type", "password"), "unsupported_grant_type"),
        Arguments.of(changed("client_id", "other"), "invalid_request"),
        Arguments.of(changed("client_secret", SECRET), "invalid_request"));
  }

  @ParameterizedTest
  @MethodSource("wrong_requests")
  void a_wrong_parameter_is_refused(Map<String, String> change, String error) {
    Map<String, String> parameters = tokenRequest(flow.code()).asMap();
    parameters.putAll(change);

    RawResponse response = flow.token(FormData.of(parameters));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json()).containsEntry("error", error);
  }

  @Test
  void a_repeated_parameter_is_refused() {
    FormData twice = tokenRequest(flow.code()).and("redirect_uri", CodeFlow.REDIRECT_URI);

    assertThat(flow.token(twice).json()).containsEntry("error", "invalid_request");
  }

  @Test
  void parameters_in_the_url_are_refused() {
    RawRequest request =
        flow.authenticated(Endpoint.TOKEN).form(tokenRequest(flow.code())).target("/token?a=b");

    assertThat(request.send().json()).containsEntry("error", "invalid_request");
  }

  @Test
  void only_a_posted_form_is_taken() {
    FormData form = tokenRequest(flow.code());

    assertThat(new RawBrowser().get(server.url(Endpoint.TOKEN)).status()).isEqualTo(405);
    RawRequest json = flow.authenticated(Endpoint.TOKEN).body("application/json", form.encoded());
    assertThat(json.send().json()).containsEntry("error", "invalid_request");
  }

  @Test
  void a_wrong_secret_or_another_method_than_the_registered_one_is_refused() {
    FormData form = tokenRequest(flow.code());
    RawRequest anonymous = flow.authenticated(Endpoint.TOKEN).without("Authorization");

    RawResponse wrong =
        anonymous.header("Authorization", basic(CLIENT_ID, "guess")).form(form).send();
    RawResponse inBody =
        anonymous.form(form.and("client_id", CLIENT_ID).and("client_secret", SECRET)).send();
    RawResponse none = anonymous.form(form.and("client_id", CLIENT_ID)).send();

    assertThat(Stream.of(wrong, inBody, none))
        .allSatisfy(
            response -> {
              assertThat(response.status()).isEqualTo(401);
              assertThat(response.header("WWW-Authenticate")).startsWith("Basic");
              assertThat(response.json()).containsEntry("error", "invalid_client");
            });
  }

  @Test
  void credentials_are_form_decoded() {
    server.register(RegisteredClient.confidential("a:b c", "p%+/=ü s"));
    RawResponse response =
        flow.authenticated(Endpoint.TOKEN)
            .header("Authorization", basic("a:b c", "p%+/=ü s"))
            .form(refreshRequest("tGzv3JOkF0XG5Qx2TlKWIA"))
            .send();

    assertThat(response.json()).containsEntry("error", "invalid_grant");
  }

  @Test
  void a_public_client_shows_its_identifier_only() {
    server.register(RegisteredClient.publicClient(CLIENT_ID).redirectingTo(CodeFlow.REDIRECT_URI));
    RawRequest anonymous = flow.authenticated(Endpoint.TOKEN).without("Authorization");

    FormData form = tokenRequest(flow.code()).and("client_id", CLIENT_ID);

    assertThat(anonymous.form(form).send().status()).isEqualTo(200);
  }

  @Test
  void a_client_may_be_registered_for_the_body_instead() {
    server.register(
        RegisteredClient.confidential(CLIENT_ID, SECRET)
            .authenticatingBy(Authentication.CLIENT_SECRET_POST));
    FormData form = tokenRequest(flow.code());

    assertThat(flow.token(form).status()).isEqualTo(401);
    RawRequest inBody =
        flow.authenticated(Endpoint.TOKEN)
            .without("Authorization")
            .form(form.and("client_id", CLIENT_ID).and("client_secret", SECRET));
    assertThat(inBody.send().status()).isEqualTo(200);
  }

  @Test
  void a_code_is_redeemed_once_and_its_replay_ends_the_grant() {
    String code = flow.code();
    Map<String, String> tokens = CodeFlow.texts(flow.token(tokenRequest(code)));
    assertThat(flow.userInfo(tokens.getOrDefault("access_token", "")).status()).isEqualTo(200);

    RawResponse replay = flow.token(tokenRequest(code));

    assertThat(replay.json()).containsEntry("error", "invalid_grant");
    assertThat(flow.userInfo(tokens.getOrDefault("access_token", "")).status()).isEqualTo(401);
  }

  @Test
  void a_code_belongs_to_the_client_it_was_issued_to() {
    RawResponse response =
        flow.authenticated(Endpoint.TOKEN)
            .header("Authorization", basic("other", "secret"))
            .form(tokenRequest(flow.code()))
            .send();

    assertThat(response.json()).containsEntry("error", "invalid_grant");
  }

  @Test
  void a_code_expires() {
    MovableClock clock = new MovableClock();
    try (var other = AuthorizationServer.start(c -> c.client(CLIENT_ID, SECRET).clock(clock))) {
      CodeFlow late = new CodeFlow(other);
      String code = late.code();
      clock.advance(Duration.ofMinutes(2));

      assertThat(late.token(tokenRequest(code)).json()).containsEntry("error", "invalid_grant");
    }
  }

  @Test
  void a_refresh_rotates_and_reuse_ends_the_grant() {
    String first = flow.tokens().getOrDefault("refresh_token", "");
    Map<String, String> refreshed = CodeFlow.texts(flow.token(refreshRequest(first)));
    String second = refreshed.getOrDefault("refresh_token", "");
    assertThat(second).isNotEqualTo(first);

    assertThat(flow.token(refreshRequest(first)).json()).containsEntry("error", "invalid_grant");
    assertThat(flow.token(refreshRequest(second)).json()).containsEntry("error", "invalid_grant");
    assertThat(flow.userInfo(refreshed.getOrDefault("access_token", "")).status()).isEqualTo(401);
  }

  @Test
  void a_refresh_may_narrow_the_scope_but_not_widen_it() {
    FormData refresh = refreshRequest(flow.tokens().getOrDefault("refresh_token", ""));

    assertThat(flow.token(refresh.and("scope", "openid email")).json())
        .containsEntry("error", "invalid_scope");
    assertThat(flow.token(refresh.and("scope", "openid")).status()).isEqualTo(200);
  }

  private static Map<String, String> changed(String name, String value) {
    return Map.of(name, value);
  }
}
