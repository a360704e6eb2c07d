package org.vestibule.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.vestibule.Provoked.assertFails;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.provider.Provider;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.RecordedRequest;
import org.vestibule.testing.RegisteredClient;
import org.vestibule.testing.RegisteredClient.Authentication;
import org.vestibule.testing.ServerOptions;
import org.vestibule.testing.SigningKey;
import org.vestibule.testing.User;

/** The whole story, against a server that is as strict as the specification lets it be. */
class AuthorizationCodeFlowTest {

  private static void with(TestClient client, Consumer<TestClient> test) {
    try (client) {
      test.accept(client);
    }
  }

  private static Parameters sent(BegunLogin begun) {
    return Parameters.parse(begun.location().getRawQuery());
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_user_signs_in_with_openid_connect() {
    with(
        TestClient.openId(),
        client -> {
          SignedIn jane = client.signedIn();

          assertThat(jane.identity().provider()).isEqualTo("default");
          assertThat(jane.identity().issuer()).isEqualTo(client.server().issuer());
          assertThat(jane.identity().subject()).isEqualTo("248289761001");
          assertThat(jane.identity().name()).isEqualTo("j.doe");
          assertThat(jane.since()).isEqualTo(client.clock().instant());
          assertThat(jane.csrfToken().value()).hasSize(43);
          assertThat(jane.tokens().expiresAt())
              .isEqualTo(client.clock().instant().plus(Duration.ofHours(1)));
          assertThat(jane.tokens().refreshToken()).isNotNull();
          assertThat(jane.tokens().idToken()).isNotNull();
          assertThat(jane.tokens().scope()).isEqualTo(Scope.parse("openid profile email"));
          assertThat(client.server().requests(Endpoint.TOKEN)).hasSize(1);
          assertThat(client.server().lastRequest(Endpoint.USERINFO).bearerToken())
              .isEqualTo(jane.tokens().accessToken().value());
        });
  }

  @ParameterizedTest
  @EnumSource
  void an_id_token_may_be_signed_with_any_allowed_algorithm(JwsAlgorithm algorithm) {
    with(
        TestClient.openId(
            c -> c.algorithm(algorithm), "allowed-algorithms", algorithm.registeredName()),
        client -> assertThat(client.signedIn().identity().subject()).isEqualTo("248289761001"));
  }

  @Test
  void a_user_signs_in_with_plain_oauth() {
    with(
        TestClient.openId("scope", "read write"),
        client -> {
          SignedIn jane = client.signedIn();

          assertThat(jane.identity().subject()).isEqualTo("248289761001");
          assertThat(jane.identity().name()).isEqualTo("j.doe");
          assertThat(jane.tokens().idToken()).isNull();
          assertThat(jane.tokens().scope()).isEqualTo(Scope.parse("read write"));
          assertThat(client.server().requests(Endpoint.JWKS)).isEmpty();
        });
  }

  @Test
  void an_id_token_that_was_not_asked_for_is_not_kept() {
    with(
        TestClient.openId("scope", "read"),
        client -> {
          client.server().tokenResponse(response -> response.put("id_token", "a.b.c"));

          assertThat(client.signedIn().tokens().idToken()).isNull();
        });
  }

  @Test
  void a_public_client_signs_in() {
    with(
        TestClient.openId(
            c -> c.publicClient(TestClient.ID, TestClient.REDIRECT_URI.toString()),
            "client-secret",
            "",
            "client-authentication",
            "none"),
        client -> {
          assertThat(client.signedIn()).isNotNull();
          assertThat(client.server().lastRequest(Endpoint.TOKEN).form().get("client_id"))
              .isEqualTo(TestClient.ID);
        });
  }

  /** TK-04. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "PRIVATE_KEY_JWT"})
  void a_secret_of_any_characters_arrives(Authentication method) {
    String secret = "a:b+c%d é€\"\\&=";
    RegisteredClient registered =
        RegisteredClient.confidential("s6:Bh/dR kqt3", secret)
            .authenticatingBy(method)
            .redirectingTo(TestClient.REDIRECT_URI.toString());
    with(
        TestClient.openId(
            c -> c.client(registered),
            "client-id",
            "s6:Bh/dR kqt3",
            "client-secret",
            secret,
            "client-authentication",
            method.registeredName()),
        client -> assertThat(client.signedIn()).isNotNull());
  }

  @Test
  void the_request_is_what_the_specifications_say() {
    with(
        TestClient.openId(),
        client -> {
          BegunLogin begun = client.begin();
          PendingAuthorization pending = begun.pending();

          assertThat(begun.location().toString())
              .startsWith(client.server().url(Endpoint.AUTHORIZATION) + "?response_type=code&");
          Parameters sent = sent(begun);
          assertThat(sent.names())
              .containsExactly(
                  "response_type",
                  "client_id",
                  "redirect_uri",
                  "scope",
                  "state",
                  "nonce",
                  "code_challenge",
                  "code_challenge_method");
          assertThat(sent.get("state").map(Secret::of)).contains(pending.state());
          assertThat(sent.get("nonce").map(Secret::of)).isEqualTo(pending.nonce());
          assertThat(sent.get("code_challenge"))
              .contains(sha256(pending.verifier().orElseThrow().value().value()));
          assertThat(sent.get("code_challenge_method")).contains("S256");
          assertThat(pending.provider()).isEqualTo("default");
          assertThat(pending.issuer()).contains(client.server().issuer());
          assertThat(pending.issuerPromised()).isTrue();
          assertThat(pending.redirectUri()).isEqualTo(TestClient.REDIRECT_URI);
          assertThat(pending.returnTo()).isEqualTo(TestClient.RETURN_TO);
          assertThat(PendingAuthorization.decode(pending.encode())).isEqualTo(pending);
        });
  }

  @Test
  void what_is_configured_is_sent_along() {
    with(
        TestClient.openId(
            "prompt", "login",
            "max-age", "PT1H",
            "acr-values", "gold silver",
            "ui-locales", "de fr",
            "response-mode", "form_post",
            "authorization-parameters", "login_hint=jane@example.com"),
        client ->
            assertThat(sent(client.begin()).encode())
                .endsWith(
                    "&response_mode=form_post&login_hint=jane%40example.com&prompt=login"
                        + "&max_age=3600&acr_values=gold+silver&ui_locales=de+fr"));
  }

  /** AR-20. */
  @Test
  void pkce_is_used_whether_it_is_announced_or_not() {
    with(
        TestClient.openId(c -> c.without(Feature.PKCE_ADVERTISED)),
        client -> {
          client.signedIn();

          assertThat(client.server().lastRequest(Endpoint.TOKEN).form().get("code_verifier"))
              .isNotNull();
        });
  }

  @Test
  void where_a_weaker_method_is_announced_alone_the_strong_one_is_used() {
    with(
        TestClient.openId(),
        client -> {
          client
              .server()
              .metadata(m -> m.put("code_challenge_methods_supported", List.of("plain")));

          Parameters sent = sent(client.begin());
          assertThat(sent.get("code_challenge_method")).contains("S256");
          assertThat(sent.get("code_challenge").orElseThrow()).hasSize(43);
          assertThat(sent.get("state")).isPresent();
        });
  }

  @Test
  void a_step_up_asks_for_more_and_never_for_less() {
    AuthenticationRequirement hour =
        new AuthenticationRequirement(List.of("gold"), Optional.of(Duration.ofHours(1)));
    with(
        TestClient.openId("acr-values", "gold,silver", "max-age", "PT5M"),
        client -> {
          Parameters sent = sent(client.begin(hour));
          assertThat(sent.get("acr_values")).contains("gold");
          assertThat(sent.get("max_age")).contains("300");
        });
    with(
        TestClient.openId("max-age", "P1D"),
        client -> assertThat(sent(client.begin(hour)).get("max_age")).contains("3600"));
  }

  @Test
  void without_pkce_no_challenge_is_sent() {
    with(
        TestClient.openId(c -> c.without(Feature.PKCE_REQUIRED), "pkce", "off"),
        client -> {
          assertThat(sent(client.begin()).names())
              .doesNotContain("code_challenge", "code_challenge_method");
          assertThat(client.signedIn()).isNotNull();
          assertThat(client.server().lastRequest(Endpoint.TOKEN).form().has("code_verifier"))
              .isFalse();
        });
  }

  /** AR-01 to AR-04. */
  @Test
  void no_value_comes_twice_or_follows_from_another() {
    with(
        TestClient.openId(),
        client -> {
          List<String> values = new ArrayList<>();
          for (int i = 0; i < 1_000; i++) {
            BegunLogin begun = client.begin();
            values.add(begun.pending().state().value());
            values.add(begun.pending().nonce().orElseThrow().value());
            values.add(begun.pending().verifier().orElseThrow().value().value());
            values.add(sent(begun).get("code_challenge").orElseThrow());
          }
          Set<String> different = new HashSet<>(values);
          assertThat(different).hasSameSizeAs(values).allMatch(v -> v.matches("[\\w-]{43}"));
          for (int i = 0; i < values.size(); i += 4) {
            assertThat(different).doesNotContain(sha256(values.get(i)), sha256(values.get(i + 1)));
          }
        });
  }

  /** AR-05. */
  @Test
  void two_logins_are_finished_in_any_order() {
    with(
        TestClient.openId(),
        client -> {
          BegunLogin first = client.begin();
          BegunLogin second = client.begin();
          AuthorizationResponse firstAnswer = client.answer(first);
          AuthorizationResponse secondAnswer = client.answer(second);

          assertThat(client.flow().complete(client.provider(), secondAnswer, second.pending()))
              .isInstanceOf(LoginResult.Success.class);
          assertThat(client.flow().complete(client.provider(), firstAnswer, first.pending()))
              .isInstanceOf(LoginResult.Success.class);
        });
  }

  @Test
  @Provokes(Violation.STATE_UNKNOWN)
  void an_answer_belongs_to_one_login() {
    with(
        TestClient.openId(),
        client -> {
          BegunLogin mine = client.begin();
          AuthorizationResponse others = client.answer(client.begin());

          assertFails(
              Violation.STATE_UNKNOWN,
              () -> client.flow().complete(client.provider(), others, mine.pending()));
          assertThat(client.server().requests(Endpoint.TOKEN)).isEmpty();
        });
  }

  @Test
  void a_user_who_denies_is_not_signed_in_and_nobody_is_asked_for_tokens() {
    with(
        TestClient.openId(ServerOptions::denying),
        client -> {
          LoginResult.Denied denied = (LoginResult.Denied) client.login();

          assertThat(denied.error().is("access_denied")).isTrue();
          assertThat(client.server().requests(Endpoint.TOKEN)).isEmpty();
        });
  }

  static Stream<Arguments> answersThatBreakARule() {
    return Stream.of(
        Arguments.of(Violation.ISSUER_MISMATCH, change(a -> a.put("iss", "https://other"))),
        Arguments.of(Violation.ISSUER_MISSING, change(a -> a.remove("iss"))),
        Arguments.of(Violation.STATE_MISSING, change(a -> a.remove("state"))),
        Arguments.of(Violation.STATE_UNKNOWN, change(a -> a.put("state", "guessed"))),
        Arguments.of(Violation.CODE_MISSING, change(a -> a.remove("code"))),
        Arguments.of(Violation.CODE_AND_ERROR, change(a -> a.put("error", "access_denied"))),
        Arguments.of(Violation.CALLBACK_CARRIES_TOKEN, change(a -> a.put("id_token", "evil"))));
  }

  private static Consumer<Map<String, String>> change(Consumer<Map<String, String>> change) {
    return change;
  }

  /** CB-05 to CB-09: no request is sent to anybody. */
  @ParameterizedTest
  @MethodSource("answersThatBreakARule")
  void an_answer_that_breaks_a_rule_costs_no_request(
      Violation broken, Consumer<Map<String, String>> change) {
    with(
        TestClient.openId(),
        client -> {
          client.server().authorizationResponse(change);

          assertThat(catchThrowable(client::login)).hasMessageStartingWith(broken.code() + ": ");
          assertThat(client.server().requests(Endpoint.TOKEN)).isEmpty();
        });
  }

  /** AR-18. */
  @Test
  @Provokes(Violation.LOGIN_EXPIRED)
  void a_login_that_took_too_long_is_over() {
    with(
        TestClient.openId(),
        client -> {
          BegunLogin begun = client.begin();
          AuthorizationResponse answer = client.answer(begun);
          client.clock().advance(TestClient.LOGIN_TIMEOUT);

          assertFails(
              Violation.LOGIN_EXPIRED,
              () -> client.flow().complete(client.provider(), answer, begun.pending()));
          assertThat(client.server().requests(Endpoint.TOKEN)).isEmpty();
        });
  }

  /** CF-13: the settings changed while the user was away. */
  @Test
  @Provokes(Violation.ISSUER_MISMATCH)
  void a_code_goes_to_the_issuer_that_it_was_asked_of() {
    with(
        TestClient.openId(c -> c.without(Feature.ISS_PARAMETER, Feature.ISS_PARAMETER_ADVERTISED)),
        client -> {
          try (TestClient changed = TestClient.openId()) {
            BegunLogin begun = client.begin();
            AuthorizationResponse answer = client.answer(begun);

            assertFails(
                Violation.ISSUER_MISMATCH,
                () -> client.flow().complete(changed.provider(), answer, begun.pending()));
            assertThat(changed.server().requests(Endpoint.TOKEN)).isEmpty();
          }
        });
  }

  /** CB-13: a stolen code, where the server checks PKCE and where it does not. */
  @Test
  @Provokes(trouble = ProviderTrouble.CODE_REFUSED)
  void a_code_of_another_login_is_refused_for_its_verifier() {
    with(
        TestClient.openId(),
        client -> {
          AuthorizationResponse stolen = client.answer(client.begin());
          BegunLogin attackers = client.begin();

          assertFails(ProviderTrouble.CODE_REFUSED, () -> inject(client, attackers, stolen));
          assertThat(client.server().lastRequest(Endpoint.TOKEN).form().get("code_verifier"))
              .isEqualTo(attackers.pending().verifier().orElseThrow().value().value());
        });
  }

  @Test
  @Provokes(Violation.ID_TOKEN_NONCE)
  void a_code_of_another_login_is_refused_for_its_nonce() {
    with(
        TestClient.openId(c -> c.without(Feature.PKCE, Feature.PKCE_REQUIRED)),
        client -> {
          AuthorizationResponse stolen = client.answer(client.begin());
          BegunLogin attackers = client.begin();

          assertFails(Violation.ID_TOKEN_NONCE, () -> inject(client, attackers, stolen));
          assertThat(client.server().requests(Endpoint.USERINFO)).isEmpty();
        });
  }

  private static void inject(
      TestClient client, BegunLogin attackers, AuthorizationResponse stolen) {
    AuthorizationResponse injected =
        new AuthorizationResponse(
            Optional.of(attackers.pending().state()),
            stolen.code(),
            Optional.empty(),
            stolen.issuer());
    client.flow().complete(client.provider(), injected, attackers.pending());
  }

  /** CB-03: without the browser's cookie in between the server is the last to notice. */
  @Test
  @Provokes(trouble = ProviderTrouble.CODE_REFUSED)
  void a_code_is_redeemed_once() {
    with(
        TestClient.openId(),
        client -> {
          BegunLogin begun = client.begin();
          AuthorizationResponse answer = client.answer(begun);
          client.flow().complete(client.provider(), answer, begun.pending());

          assertFails(
              ProviderTrouble.CODE_REFUSED,
              () -> client.flow().complete(client.provider(), answer, begun.pending()));
        });
  }

  /** TK-16: nothing of a response is used before every check has passed. */
  private static void assertRefusedUnused(TestClient client, Violation expected) {
    assertFails(expected, client::login);
    assertThat(client.server().requests(Endpoint.TOKEN)).hasSize(1);
    assertThat(client.server().requests(Endpoint.USERINFO)).isEmpty();
    assertThat(client.server().requests(Endpoint.OTHER)).isEmpty();
  }

  private static void refused(Violation expected, Consumer<AuthorizationServer> misbehaviour) {
    with(
        TestClient.openId(),
        client -> {
          misbehaviour.accept(client.server());
          assertRefusedUnused(client, expected);
        });
  }

  @Test
  @Provokes(Violation.ID_TOKEN_SIGNATURE)
  void nothing_is_used_with_a_forged_id_token() {
    SigningKey foreign = SigningKey.create(JwsAlgorithm.RS256);

    refused(
        Violation.ID_TOKEN_SIGNATURE,
        server -> server.idTokenSigner(IdTokenSigner.foreign(foreign)));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_KEY_UNKNOWN)
  void nothing_is_used_with_an_id_token_of_another_server() {
    SigningKey others = SigningKey.create(JwsAlgorithm.RS256);

    refused(
        Violation.ID_TOKEN_KEY_UNKNOWN, server -> server.idTokenSigner(IdTokenSigner.with(others)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "RS256"})
  @Provokes(Violation.ID_TOKEN_MALFORMED)
  void nothing_is_used_with_an_unsigned_id_token(String algorithm) {
    refused(
        Violation.ID_TOKEN_MALFORMED,
        server -> server.idTokenSigner(IdTokenSigner.unsigned(algorithm)));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ALGORITHM)
  void nothing_is_used_with_a_confused_algorithm() {
    refused(
        Violation.ID_TOKEN_ALGORITHM,
        server -> server.idTokenSigner(IdTokenSigner.hs256(SigningKey::publicKeyPem)));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_TYPE)
  void nothing_is_used_with_an_access_token_in_place_of_the_id_token() {
    refused(
        Violation.ID_TOKEN_TYPE,
        server ->
            server.idTokenSigner(IdTokenSigner.header(header -> header.put("typ", "at+jwt"))));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void nothing_is_used_with_another_issuers_id_token() {
    refused(
        Violation.ID_TOKEN_ISSUER,
        server -> server.idTokenClaims(claims -> claims.put("iss", server.issuer() + "/")));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_AUDIENCE)
  void nothing_is_used_with_another_clients_id_token() {
    refused(
        Violation.ID_TOKEN_AUDIENCE,
        server -> server.idTokenClaims(claims -> claims.put("aud", "other")));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_NONCE)
  void nothing_is_used_without_the_nonce() {
    refused(
        Violation.ID_TOKEN_NONCE, server -> server.idTokenClaims(claims -> claims.remove("nonce")));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ACCESS_TOKEN_HASH)
  void nothing_is_used_with_an_access_token_that_was_replaced() {
    refused(
        Violation.ID_TOKEN_ACCESS_TOKEN_HASH,
        server -> server.tokenResponse(response -> response.put("access_token", "injected")));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_MISSING)
  void nothing_is_used_without_an_id_token() {
    refused(
        Violation.ID_TOKEN_MISSING,
        server -> server.tokenResponse(response -> response.remove("id_token")));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_AUTH_TIME)
  void a_login_that_was_too_long_ago_is_refused() {
    with(
        TestClient.openId("max-age", "PT1M"),
        client -> {
          client.server().idTokenClaims(claims -> claims.put("auth_time", 0));
          assertRefusedUnused(client, Violation.ID_TOKEN_AUTH_TIME);
        });
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ACR)
  void a_login_that_was_too_weak_is_refused() {
    with(
        TestClient.openId("acr-values", "gold"),
        client -> {
          client.server().idTokenClaims(claims -> claims.put("acr", "bronze"));
          assertRefusedUnused(client, Violation.ID_TOKEN_ACR);
        });
  }

  @Test
  @Provokes(Violation.ID_TOKEN_MALFORMED)
  void an_id_token_of_more_values_than_anybody_has_is_no_id_token() {
    refused(
        Violation.ID_TOKEN_MALFORMED,
        server ->
            server.idTokenClaims(claims -> claims.put("groups", Collections.nCopies(25_000, "g"))));
  }

  /** ID-22. */
  @Test
  @Provokes(trouble = ProviderTrouble.ANSWER_TOO_LARGE)
  void an_id_token_of_a_megabyte_is_not_read() {
    with(
        TestClient.openId(),
        client -> {
          client.server().idTokenClaims(claims -> claims.put("photo", "x".repeat(1_000_000)));

          assertFails(ProviderTrouble.ANSWER_TOO_LARGE, client::login);
          assertThat(client.server().requests(Endpoint.TOKEN)).hasSize(1);
          assertThat(client.server().requests(Endpoint.USERINFO)).isEmpty();
        });
  }

  /** TK-17: whatever the token endpoint says, it is asked once. */
  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Answer.error(400, "invalid_grant"), ProviderTrouble.CODE_REFUSED),
        Arguments.of(Answer.error(401, "invalid_client"), ProviderTrouble.CLIENT_REFUSED),
        Arguments.of(Answer.empty(401), ProviderTrouble.CLIENT_REFUSED),
        Arguments.of(Answer.error(400, "invalid_request"), ProviderTrouble.TOKEN_REFUSED),
        Arguments.of(Answer.error(200, "invalid_scope"), ProviderTrouble.TOKEN_REFUSED),
        Arguments.of(Answer.empty(404), ProviderTrouble.TOKEN_REFUSED),
        Arguments.of(Answer.empty(500), ProviderTrouble.UNEXPECTED_STATUS),
        Arguments.of(Answer.html(503, "<html>"), ProviderTrouble.UNEXPECTED_STATUS),
        Arguments.of(Answer.dropped(), ProviderTrouble.UNREACHABLE),
        Arguments.of(Answer.stalled(200, "application/json"), ProviderTrouble.TIMEOUT),
        Arguments.of(Answer.endless("application/json", "{"), ProviderTrouble.ANSWER_TOO_LARGE),
        Arguments.of(Answer.redirect(307, "http://localhost/other"), ProviderTrouble.REDIRECTED));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void trouble_at_the_token_endpoint_ends_the_login_at_once(
      Answer answer, ProviderTrouble trouble) {
    with(
        TestClient.openId("read-timeout", trouble == ProviderTrouble.TIMEOUT ? "PT0.5S" : "PT10S"),
        client -> {
          client.server().on(Endpoint.TOKEN).always(answer);

          assertThat(catchThrowable(client::login)).hasMessageStartingWith(trouble.code() + ": ");
          assertThat(client.server().requests(Endpoint.TOKEN)).hasSize(1);
          assertThat(client.server().requests(Endpoint.USERINFO)).isEmpty();
          assertThat(client.server().requests(Endpoint.OTHER)).isEmpty();
        });
  }

  /** JW-06. */
  @Test
  void a_login_survives_a_change_of_keys() {
    with(
        TestClient.openId(),
        client -> {
          client.signedIn();
          client.server().rotateKey();
          client.server().retireOldKeys();
          assertThat(client.signedIn()).isNotNull();
          client.clock().advance(Duration.ofMinutes(1));
          client.server().rotateKey();
          assertThat(client.signedIn()).isNotNull();
        });
  }

  /** JW-08, CR-08. */
  @Test
  void a_login_survives_poison_among_the_keys() {
    with(
        TestClient.openId(),
        client -> {
          client
              .server()
              .jwks(
                  jwks ->
                      jwks.put(
                          "keys",
                          List.of(
                              Map.of("kty", "AKP", "alg", "ML-DSA-65"),
                              Map.of("kty", "oct", "k", "AAAA"),
                              client.server().signingKey().publicJwk(),
                              "text")));

          assertThat(client.signedIn()).isNotNull();
        });
  }

  /** JW-09: two providers that know each other's users. */
  @Test
  @Provokes(Violation.ID_TOKEN_KEY_UNKNOWN)
  void one_providers_keys_are_not_anothers() {
    with(
        TestClient.openId(),
        client -> {
          try (TestClient other = TestClient.openId()) {
            other.signedIn();
            client.signedIn();
            client.server().idTokenSigner(IdTokenSigner.with(other.server().signingKey()));

            assertFails(Violation.ID_TOKEN_KEY_UNKNOWN, client::login);
          }
        });
  }

  /** TK-20: RFC 9068 section 6. */
  @Test
  void the_access_token_is_not_looked_into() {
    with(
        TestClient.openId(c -> c.with(Feature.JWT_ACCESS_TOKENS)),
        client -> {
          client
              .server()
              .accessTokenClaims(
                  claims -> {
                    claims.put("sub", "admin");
                    claims.put("groups", List.of("admin"));
                  });

          SignedIn jane = client.signedIn();
          assertThat(jane.identity().subject()).isEqualTo("248289761001");
          assertThat(jane.identity().roles()).isEmpty();
        });
  }

  /** TK-21: "nOAuth". */
  @Test
  void two_users_with_one_address_are_two() {
    with(
        TestClient.openId(),
        client -> {
          SignedIn jane = client.signedIn();
          client.server().approving(new User("2", User.JANE.claims()));

          assertThat(client.signedIn().identity())
              .isNotEqualTo(jane.identity())
              .hasToString(jane.identity().toString());
        });
  }

  /** AR-21. */
  @Test
  void no_secret_goes_through_the_browser() {
    with(
        TestClient.openId(),
        client -> {
          SignedIn jane = client.signedIn();

          RecordedRequest seen = client.server().lastRequest(Endpoint.AUTHORIZATION);
          assertThat(seen.rawQuery())
              .doesNotContain(
                  TestClient.SECRET,
                  jane.tokens().accessToken().value(),
                  client.server().lastRequest(Endpoint.TOKEN).form().asMap().get("code_verifier"));
        });
  }

  @Test
  void a_login_that_has_begun_does_not_print_its_address() {
    with(
        TestClient.openId(),
        client -> {
          BegunLogin begun = client.begin();

          assertThat(begun.toString())
              .startsWith("BegunLogin[")
              .doesNotContain(
                  begun.pending().state().value(),
                  begun.pending().nonce().orElseThrow().value(),
                  "code_challenge");
        });
  }

  @Test
  void an_error_of_the_authorization_endpoint_is_handed_on() {
    with(
        TestClient.openId(c -> c.scopes("openid")),
        client ->
            assertThat(((LoginResult.Denied) client.login()).error())
                .extracting(OAuthError::error)
                .isEqualTo("invalid_scope"));
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void a_provider_that_is_down_lets_nobody_begin_and_everybody_later() {
    with(
        TestClient.openId(),
        client -> {
          client.server().on(Endpoint.OPENID_CONFIGURATION).always(Answer.dropped());
          Provider provider = client.provider();

          assertFails(ProviderTrouble.UNREACHABLE, client::begin);
          client.server().on(Endpoint.OPENID_CONFIGURATION).regular();
          client.clock().advance(Duration.ofSeconds(10));
          assertThat(client.begin().pending().provider()).isEqualTo(provider.settings().id());
        });
  }
}
