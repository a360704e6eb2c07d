package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.authorization.Granted;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RecordedRequest;

class TokenEndpointTest {

  private static final TokenRequest REQUEST =
      new TokenRequest.AuthorizationCode(Granted.of(Scope.parse("read")));
  private static final String FORM = "application/x-www-form-urlencoded";

  /** RFC 6749 section 5.1. */
  private static final Answer ISSUED =
      Answer.json(
          200,
          """
          {
            "access_token":"2YotnFZFEjr1zCsicMWpAA",
            "token_type":"Bearer",
            "expires_in":3600,
            "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
            "example_parameter":"example_value"
          }
          """);

  private final AuthorizationServer server = AuthorizationServer.start(c -> {});

  @AfterEach
  void stop() {
    server.close();
  }

  private TokenResponse request(String... settings) {
    return request(CredentialsSource.NONE, settings);
  }

  private TokenResponse request(CredentialsSource source, String... settings) {
    List<String> all = new ArrayList<>(List.of("issuer", server.issuer()));
    all.addAll(List.of(settings));
    ProviderSettings read = TestClient.settings(all.toArray(String[]::new));
    BackChannel backChannel = new BackChannel(read.http());
    ProviderMetadata metadata = new Discovery(Clock.systemUTC(), backChannel, read).read();
    return new TokenEndpoint(Clock.systemUTC(), backChannel, read, source)
        .request(metadata, REQUEST);
  }

  private TokenResponse answered(Answer answer, String... settings) {
    server.on(Endpoint.TOKEN).once(answer);
    return request(settings);
  }

  private static Tokens tokens(TokenResponse response) {
    return ((TokenResponse.Issued) response).tokens();
  }

  /** RFC 6749 section 4.1.3. */
  @Test
  void the_request_is_that_of_the_specification_with_the_verifier() {
    assertThat(tokens(answered(ISSUED)).accessToken())
        .isEqualTo(Secret.of("2YotnFZFEjr1zCsicMWpAA"));

    RecordedRequest request = server.lastRequest(Endpoint.TOKEN);
    assertThat(request.body())
        .isEqualTo(
            "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA"
                + "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb"
                + "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assertThat(request.header("Authorization"))
        .isEqualTo("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
    assertThat(request.rawQuery()).isNull();
  }

  @Test
  void a_public_client_sends_its_identifier_and_no_secret() {
    assertThat(tokens(answered(ISSUED, "client-secret", "", "client-authentication", "none")))
        .isNotNull();

    RecordedRequest request = server.lastRequest(Endpoint.TOKEN);
    assertThat(request.form().get("client_id")).isEqualTo("s6BhdRkqt3");
    assertThat(request.form().has("client_secret")).isFalse();
    assertThat(request.headers("Authorization")).isEmpty();
  }

  private static CredentialsSource holding(String clientId, String secret) {
    return provider -> Optional.of(new ClientCredentials(clientId, Optional.of(Secret.of(secret))));
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_client",
    "400, invalid_client",
    "401, unauthorized_client",
    "200, incorrect_client_credentials"
  })
  void a_secret_that_was_changed_meanwhile_is_found_and_the_request_sent_again(
      int status, String error) {
    server.on(Endpoint.TOKEN).once(Answer.json(status, "{\"error\":\"" + error + "\"}"));
    server.on(Endpoint.TOKEN).once(ISSUED);

    assertThat(tokens(request(holding("s6BhdRkqt3", "gX1fBat3bVnew"))).accessToken())
        .isEqualTo(Secret.of("2YotnFZFEjr1zCsicMWpAA"));
    assertThat(server.requests(Endpoint.TOKEN))
        .extracting(request -> request.header("Authorization"))
        .containsExactly(
            "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3",
            "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JWbmV3");
  }

  @Test
  void the_same_secret_is_not_tried_again_and_that_of_another_client_never() {
    for (CredentialsSource source :
        List.of(
            CredentialsSource.NONE,
            holding("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"),
            holding("another", "gX1fBat3bVnew"))) {
      server.forgetRequests();
      server.on(Endpoint.TOKEN).once(Answer.json(401, "{\"error\":\"invalid_client\"}"));

      assertThat(request(source)).isInstanceOf(TokenResponse.Refused.class);
      assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
    }
  }

  @Test
  void a_second_refusal_is_the_last_word() {
    server.on(Endpoint.TOKEN).always(Answer.json(401, "{\"error\":\"invalid_client\"}"));

    assertThat(request(holding("s6BhdRkqt3", "gX1fBat3bVnew")))
        .isInstanceOf(TokenResponse.Refused.class);
    assertThat(server.requests(Endpoint.TOKEN)).hasSize(2);
  }

  /** RFC 6749 section 4.1.2: a code that is seen twice is taken for stolen. */
  @Test
  void a_code_that_was_refused_is_not_sent_again_whatever_is_found() {
    for (String error : List.of("invalid_grant", "invalid_request", "server_error")) {
      server.forgetRequests();
      server.on(Endpoint.TOKEN).once(Answer.json(400, "{\"error\":\"" + error + "\"}"));

      assertThat(request(holding("s6BhdRkqt3", "gX1fBat3bVnew")))
          .isInstanceOf(TokenResponse.Refused.class);
      assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
    }
  }

  /** JW-13. */
  @Test
  void what_is_published_chooses_only_where_nothing_is_set() {
    server.metadata(
        metadata ->
            metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_post")));

    answered(ISSUED);
    assertThat(server.lastRequest(Endpoint.TOKEN).form().get("client_secret"))
        .isEqualTo(TestClient.SECRET);
    answered(ISSUED, "client-authentication", "client_secret_basic");
    assertThat(server.lastRequest(Endpoint.TOKEN).form().has("client_secret")).isFalse();
    assertThat(server.lastRequest(Endpoint.TOKEN).basicCredentials()).isNotNull();
  }

  @Test
  void further_parameters_are_sent_as_configured() {
    answered(ISSUED, "token-parameters", "audience=https://api.example.com");

    assertThat(server.lastRequest(Endpoint.TOKEN).form().get("audience"))
        .isEqualTo("https://api.example.com");
  }

  /** TK-09, TK-10. */
  static Stream<Answer> answersThatAreNoTokenResponse() {
    return Stream.of(
        Answer.html(200, "<script>alert(1)</script>"),
        ISSUED.withContentType("text/html"),
        ISSUED.withContentType("text/plain"),
        ISSUED.withoutHeader("Content-Type"),
        Answer.of(200, FORM, "access_token=a&token_type=bearer"),
        Answer.empty(200),
        Answer.json(200, ""),
        Answer.json(200, "null"),
        Answer.json(200, "\"a\""),
        Answer.json(200, "[" + ISSUED.text() + "]"),
        Answer.json(200, ISSUED.text() + "{}"),
        Answer.json(200, "\ufeff" + ISSUED.text()),
        Answer.json(200, ISSUED.text().replace("\n}", "")),
        Answer.json(
            200, "{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"Bearer\"}"),
        Answer.json(200, "{\"a\":".repeat(100_000)),
        Answer.json(200, "{\"expires_in\":1e999999999}"),
        Answer.of(200, "application/json", ISSUED.text().getBytes(UTF_16)));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNoTokenResponse")
  @Provokes(Violation.TOKEN_RESPONSE_MALFORMED)
  void a_success_is_one_json_object(Answer answer) {
    assertFails(Violation.TOKEN_RESPONSE_MALFORMED, () -> answered(answer));
    assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void a_lone_surrogate_in_what_nobody_reads_does_no_harm() {
    assertThat(tokens(answered(ISSUED.withBody(ISSUED.text().replace("example_value", "\\ud800")))))
        .isNotNull();
  }

  /** RFC 6749 section 5.2. */
  @Test
  void an_error_is_a_refusal() {
    Answer answer =
        Answer.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"No such code.\"}");

    assertThat(answered(answer))
        .isEqualTo(
            new TokenResponse.Refused(
                400, new OAuthError("invalid_grant", Optional.of("No such code."))));
    assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void a_page_with_an_error_status_is_a_refusal() {
    assertThat(answered(Answer.html(502, "<h1>Bad Gateway</h1>")))
        .isEqualTo(new TokenResponse.Refused(502, OAuthError.of("status_502")));
  }

  @Test
  void a_form_is_understood_where_it_is_known_to_come() {
    Tokens tokens =
        tokens(
            answered(
                Answer.of(200, FORM, "access_token=a%2Bb&token_type=bearer&expires_in=60&scope="),
                "token-response-tolerance",
                "form-encoded"));

    assertThat(tokens.accessToken()).isEqualTo(Secret.of("a+b"));
    assertThat(tokens.scope()).isEqualTo(Scope.parse("read"));
    assertThat(
            answered(
                Answer.of(200, FORM, "error=bad_verification_code&error_description=Wrong."),
                "token-response-tolerance",
                "form-encoded"))
        .isEqualTo(
            new TokenResponse.Refused(
                200, new OAuthError("bad_verification_code", Optional.of("Wrong."))));
    assertThat(tokens(answered(ISSUED, "token-response-tolerance", "form-encoded"))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("formsThatAreNoTokenResponse")
  @Provokes(Violation.TOKEN_RESPONSE_MALFORMED)
  void a_form_that_is_ambiguous_or_broken_is_none(String form) {
    assertFails(
        Violation.TOKEN_RESPONSE_MALFORMED,
        () -> answered(Answer.of(200, FORM, form), "token-response-tolerance", "form-encoded"));
  }

  static Stream<String> formsThatAreNoTokenResponse() {
    return Stream.of(
        "access_token=a&access_token=b&token_type=bearer", "access_token=%&token_type=bearer");
  }

  /** OpenAPI documents and proxies are known to lose it; a code is not lost for that. */
  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "text/html;charset=UTF-8", "application/octet-stream"})
  @Provokes(Violation.TOKEN_RESPONSE_MALFORMED)
  void an_answer_of_any_type_is_understood_where_it_is_known_to_come(String type) {
    Answer json = typed(type, "{\"access_token\":\"a\",\"token_type\":\"bearer\"}");
    Answer form = typed(type, "access_token=a&token_type=bearer");
    String tolerance = "token-response-tolerance";

    assertFails(Violation.TOKEN_RESPONSE_MALFORMED, () -> answered(json));
    assertThat(tokens(answered(json, tolerance, "any-content-type"))).isNotNull();
    assertFails(
        Violation.TOKEN_RESPONSE_MALFORMED, () -> answered(form, tolerance, "any-content-type"));
    assertThat(tokens(answered(form, tolerance, "any-content-type,form-encoded"))).isNotNull();
    assertThat(tokens(answered(json, tolerance, "any-content-type,form-encoded"))).isNotNull();
  }

  private static Answer typed(String type, String body) {
    Answer answer = Answer.of(200, type, body);
    return type.isEmpty() ? answer.withoutHeader("Content-Type") : answer;
  }

  @Test
  @Provokes(Violation.TOKEN_RESPONSE_MALFORMED)
  void a_page_is_no_answer_of_any_type() {
    assertFails(
        Violation.TOKEN_RESPONSE_MALFORMED,
        () ->
            answered(
                Answer.html(200, "<h1>Hello</h1>"),
                "token-response-tolerance",
                "any-content-type"));
  }

  /** As Facebook answered for years. */
  @Test
  void a_form_that_says_it_is_text_has_a_lifetime_by_its_old_name() {
    Tokens tokens =
        tokens(
            answered(
                Answer.of(200, "text/plain; charset=UTF-8", "access_token=a&expires=5184000"),
                "token-response-tolerance",
                "form-encoded,missing-token-type"));

    assertThat(tokens.accessToken()).isEqualTo(Secret.of("a"));
    assertThat(tokens.expiresAt()).isNotNull();
  }

  /** As plentymarkets answers. */
  @Test
  void members_are_understood_by_the_provider_s_own_names() {
    Tokens tokens =
        tokens(
            answered(
                Answer.json(
                    200,
                    "{\"accessToken\":\"a\",\"tokenType\":\"Bearer\",\"expiresIn\":60,"
                        + "\"refreshToken\":\"r\"}"),
                "token-response-members",
                "accessToken:access_token,tokenType:token_type,expiresIn:expires_in,"
                    + "refreshToken:refresh_token"));

    assertThat(tokens.accessToken()).isEqualTo(Secret.of("a"));
    assertThat(tokens.refreshToken()).isEqualTo(Secret.of("r"));
    assertThat(tokens.expiresAt()).isNotNull();
  }

  /** As Slack answers for a user beside its bot, and WeChat for a wrong code. */
  @Test
  @Provokes(Violation.ACCESS_TOKEN_MISSING)
  void members_are_found_further_down() {
    assertThat(
            tokens(
                    answered(
                        Answer.json(
                            200,
                            "{\"ok\":true,\"access_token\":\"bot\",\"authed_user\":"
                                + "{\"access_token\":\"user\",\"token_type\":\"Bearer\"}}"),
                        "token-response-members",
                        "authed_user/access_token:access_token,authed_user/token_type:token_type"))
                .accessToken())
        .isEqualTo(Secret.of("user"));
    assertFails(
        Violation.ACCESS_TOKEN_MISSING,
        () ->
            answered(
                Answer.json(
                    200,
                    "{\"ok\":true,\"access_token\":\"bot\",\"token_type\":\"bot\","
                        + "\"authed_user\":{\"id\":\"U1234\"}}"),
                "token-response-members",
                "authed_user/access_token:access_token"));
    assertThat(
            answered(
                Answer.error(400, "invalid_grant"),
                "token-response-members",
                "errcode:error,errmsg:error_description"))
        .isEqualTo(new TokenResponse.Refused(400, OAuthError.of("invalid_grant")));
    assertThat(
            answered(
                Answer.json(200, "{\"errcode\":40029,\"errmsg\":\"invalid code\"}"),
                "token-response-members",
                "errcode:error,errmsg:error_description"))
        .isEqualTo(
            new TokenResponse.Refused(200, new OAuthError("40029", Optional.of("invalid code"))));
  }

  /** As TikTok wants it. */
  @Test
  void parameters_have_the_provider_s_own_names() {
    answered(
        ISSUED,
        "client-authentication",
        "client_secret_post",
        "parameter-names",
        "client_id:client_key,client_secret:secret");

    assertThat(server.lastRequest(Endpoint.TOKEN).form().asMap())
        .containsEntry("client_key", TestClient.ID)
        .containsEntry("secret", TestClient.SECRET)
        .doesNotContainKeys("client_id", "client_secret");
  }

  /** TK-06. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void a_code_is_sent_once_even_if_the_answer_is_lost() {
    assertFails(ProviderTrouble.UNREACHABLE, () -> answered(Answer.dropped()));
    assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
  }
}
