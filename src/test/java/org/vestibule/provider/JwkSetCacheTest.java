package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.Waiting;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.VerifiedJws;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.Jws;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.MovableClock;
import org.vestibule.testing.SigningKey;

/** Signatures against keys that a server publishes. */
class JwkSetCacheTest {

  private static final Map<String, Object> CLAIMS = Map.of("sub", "1");
  private static final Duration FRESH = Duration.ofHours(1);

  private final MovableClock clock = new MovableClock();
  private final AuthorizationServer server = AuthorizationServer.start(c -> {});
  private final JwkSetCache cache = cache(server, "RS256");

  @AfterEach
  void stop() {
    server.close();
  }

  private JwkSetCache cache(AuthorizationServer other, String... algorithms) {
    return new JwkSetCache(
        clock,
        FRESH,
        new BackChannel(TestClient.settings().http()),
        () -> URI.create(other.url(Endpoint.JWKS)),
        Set.of(algorithms),
        PublishedCopy.of(TestClient.settings(), "keys"));
  }

  private VerifiedJws verify(String jws) {
    return cache.verify(Secret.of(jws));
  }

  private VerifiedJws verify(IdTokenSigner signer) {
    return verify(signer.sign(new HashMap<>(CLAIMS), server.signingKey()));
  }

  private int readings() {
    return server.requests(Endpoint.JWKS).size();
  }

  @ParameterizedTest
  @EnumSource
  void a_signature_of_an_allowed_algorithm_is_verified(JwsAlgorithm algorithm) {
    try (var other = AuthorizationServer.start(c -> c.algorithm(algorithm))) {
      String jws = Jws.sign(other.signingKey(), "JWT", CLAIMS);

      VerifiedJws verified = cache(other, algorithm.registeredName()).verify(Secret.of(jws));

      assertThat(verified.algorithm()).isEqualTo(algorithm.registeredName());
      assertThat(verified.type()).isEqualTo("JWT");
      assertThat(verified.claims().members()).isEqualTo(CLAIMS);
    }
  }

  /** CR-01. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RS256")
  @Provokes(Violation.ID_TOKEN_ALGORITHM)
  void a_right_signature_of_another_algorithm_is_refused(JwsAlgorithm algorithm) {
    try (var other = AuthorizationServer.start(c -> c.algorithm(algorithm))) {
      String jws = Jws.sign(other.signingKey(), "JWT", CLAIMS);

      assertFails(Violation.ID_TOKEN_ALGORITHM, () -> cache(other, "RS256").verify(Secret.of(jws)));
    }
  }

  /** ID-01: the signature's part is empty, or it is there and worth nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "NONE", "", "RS256"})
  @Provokes(Violation.ID_TOKEN_MALFORMED)
  void a_token_without_a_signature_is_refused(String algorithm) {
    assertFails(Violation.ID_TOKEN_MALFORMED, () -> verify(IdTokenSigner.unsigned(algorithm)));
    assertThat(readings()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "", "rs256", "RS1", "HS256", "dir", "RSA1_5"})
  @Provokes(Violation.ID_TOKEN_ALGORITHM)
  void an_algorithm_that_is_not_allowed_is_refused_before_keys_are_read(String algorithm) {
    assertFails(
        Violation.ID_TOKEN_ALGORITHM,
        () -> verify(IdTokenSigner.header(header -> header.put("alg", algorithm))));
    assertThat(readings()).isZero();
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ALGORITHM)
  void an_algorithm_that_is_missing_or_no_text_is_refused() {
    assertFails(
        Violation.ID_TOKEN_ALGORITHM,
        () -> verify(IdTokenSigner.header(header -> header.remove("alg"))));
    assertFails(
        Violation.ID_TOKEN_ALGORITHM,
        () -> verify(IdTokenSigner.header(header -> header.put("alg", List.of("RS256")))));
  }

  static Stream<Function<SigningKey, byte[]>> publicSecrets() {
    return Stream.of(
        SigningKey::publicKeyPem,
        SigningKey::publicKeyDer,
        key -> String.valueOf(key.publicJwk().get("n")).getBytes(US_ASCII),
        key -> "7Fjfp0ZBr1KtDRbnfVdmIw".getBytes(US_ASCII));
  }

  /** ID-03: even if somebody allowed HS256, no key of the provider would serve. */
  @ParameterizedTest
  @MethodSource("publicSecrets")
  @Provokes({Violation.ID_TOKEN_ALGORITHM, Violation.ID_TOKEN_KEY_UNKNOWN})
  void a_public_key_is_no_secret(Function<SigningKey, byte[]> secret) {
    String jws = IdTokenSigner.hs256(secret).sign(new HashMap<>(CLAIMS), server.signingKey());

    assertFails(Violation.ID_TOKEN_ALGORITHM, () -> verify(jws));
    assertFails(
        Violation.ID_TOKEN_KEY_UNKNOWN, () -> cache(server, "HS256").verify(Secret.of(jws)));
  }

  /** ID-02. */
  @Test
  @Provokes(Violation.ID_TOKEN_SIGNATURE)
  void a_signature_by_another_key_under_a_known_name_is_wrong() {
    SigningKey foreign = SigningKey.create(JwsAlgorithm.RS256);

    assertFails(Violation.ID_TOKEN_SIGNATURE, () -> verify(IdTokenSigner.foreign(foreign)));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_SIGNATURE)
  void another_payload_under_the_signature_is_wrong() {
    assertFails(
        Violation.ID_TOKEN_SIGNATURE,
        () ->
            verify(
                IdTokenSigner.spoilt(
                    jws -> {
                      String[] parts = jws.split("\\.");
                      String other =
                          Jws.compact("{}", "{\"sub\":\"admin\"}", input -> input).split("\\.")[1];
                      return parts[0] + "." + other + "." + parts[2];
                    })));
  }

  /** ID-04: CVE-2018-0114. */
  @Test
  @Provokes(Violation.ID_TOKEN_KEY_UNKNOWN)
  void keys_that_a_token_brings_along_are_nobodys() {
    SigningKey attacker = SigningKey.create(JwsAlgorithm.RS256);
    String canary = server.origin() + "/canary";
    Map<String, Object> header =
        Map.of(
            "alg",
            "RS256",
            "kid",
            attacker.kid(),
            "jwk",
            attacker.publicJwk(),
            "jku",
            canary,
            "x5u",
            canary);

    assertFails(
        Violation.ID_TOKEN_KEY_UNKNOWN, () -> verify(Jws.compact(header, CLAIMS, attacker::sign)));
    assertThat(server.requests(Endpoint.OTHER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x'; DROP TABLE keys", "unknown", " "})
  @Provokes(Violation.ID_TOKEN_KEY_UNKNOWN)
  void a_key_identifier_is_a_name_and_nothing_else(String kid) {
    assertFails(
        Violation.ID_TOKEN_KEY_UNKNOWN,
        () -> verify(IdTokenSigner.header(header -> header.put("kid", kid))));
  }

  @Test
  void without_a_key_identifier_all_keys_are_tried() {
    server.rotateKey();
    server.rotateKey();

    assertThat(verify(IdTokenSigner.header(header -> header.remove("kid")))).isNotNull();
  }

  @Test
  @Provokes(Violation.ID_TOKEN_SIGNATURE)
  void without_a_key_identifier_another_key_is_no_better() {
    SigningKey foreign = SigningKey.create(JwsAlgorithm.RS256);
    String jws = Jws.compact(Map.of("alg", "RS256"), CLAIMS, foreign::sign);

    assertFails(Violation.ID_TOKEN_SIGNATURE, () -> verify(jws));
  }

  @Test
  void keys_are_read_once_while_they_are_fresh() {
    for (int i = 0; i < 10; i++) {
      verify(IdTokenSigner.correct());
    }
    assertThat(readings()).isEqualTo(1);

    clock.advance(FRESH);
    verify(IdTokenSigner.correct());
    assertThat(readings()).isEqualTo(2);
  }

  /** JW-06: OpenID Connect Core section 10.1.1. */
  @Test
  void a_new_key_is_found_at_once() {
    verify(IdTokenSigner.correct());
    server.rotateKey();

    assertThat(verify(IdTokenSigner.correct())).isNotNull();
    assertThat(readings()).isEqualTo(2);
  }

  /** A name out of a configuration file. */
  @Test
  void a_new_key_is_found_under_the_name_of_the_old_one() {
    verify(IdTokenSigner.correct());
    SigningKey next = SigningKey.create(JwsAlgorithm.RS256);
    SigningKey renamed = new SigningKey(next.algorithm(), server.signingKey().kid(), next.keys());
    server.on(Endpoint.JWKS).always(Answer.json(200, Map.of("keys", List.of(renamed.publicJwk()))));

    assertThat(verify(Jws.sign(renamed, "JWT", CLAIMS))).isNotNull();
  }

  @Test
  void a_new_key_is_found_without_an_identifier_too() {
    verify(IdTokenSigner.correct());
    server.rotateKey();

    assertThat(verify(IdTokenSigner.header(header -> header.remove("kid")))).isNotNull();
  }

  @Test
  void a_key_that_is_published_still_verifies_what_it_signed_before_the_change() {
    String old = IdTokenSigner.correct().sign(new HashMap<>(CLAIMS), server.signingKey());
    server.rotateKey();

    assertThat(verify(old)).isNotNull();
  }

  @Test
  @Provokes(Violation.ID_TOKEN_KEY_UNKNOWN)
  void a_key_that_was_withdrawn_verifies_nothing_when_keys_are_read_again() {
    String old = IdTokenSigner.correct().sign(new HashMap<>(CLAIMS), server.signingKey());
    verify(old);
    server.rotateKey();
    server.retireOldKeys();
    clock.advance(FRESH);

    assertFails(Violation.ID_TOKEN_KEY_UNKNOWN, () -> verify(old));
  }

  @Test
  void of_two_logins_after_a_change_of_keys_neither_fails() {
    verify(IdTokenSigner.correct());
    server.rotateKey();
    Gate gate = server.on(Endpoint.JWKS).gate();
    CompletableFuture<VerifiedJws> first =
        CompletableFuture.supplyAsync(() -> verify(IdTokenSigner.correct()));
    gate.awaitArrival();
    CompletableFuture<VerifiedJws> second = Waiting.start(() -> verify(IdTokenSigner.correct()));
    gate.open();

    assertThat(first.join()).isNotNull();
    assertThat(second.join()).isNotNull();
  }

  /** JW-05. */
  @Test
  void a_storm_of_unknown_keys_causes_two_requests() {
    for (int i = 0; i < 1_000; i++) {
      String kid = UUID.randomUUID().toString();
      String jws = Jws.compact(Map.of("alg", "RS256", "kid", kid), CLAIMS, input -> input);
      assertThat(catchThrowableOfType(LoginException.class, () -> verify(jws)).failure())
          .isEqualTo(Violation.ID_TOKEN_KEY_UNKNOWN);
    }

    assertThat(readings()).isEqualTo(2);
    assertThat(verify(IdTokenSigner.correct())).isNotNull();
  }

  /** JW-07. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void when_keys_cannot_be_read_the_known_ones_go_on_for_a_day() {
    verify(IdTokenSigner.correct());
    server.on(Endpoint.JWKS).always(Answer.empty(500));
    clock.advance(FRESH);
    assertThat(verify(IdTokenSigner.correct())).isNotNull();

    clock.advance(Duration.ofDays(1));
    assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> verify(IdTokenSigner.correct()));
  }

  static Stream<Answer> answersThatAreNoKeys() {
    return Stream.of(
        Answer.html(200, "<html>"),
        Answer.json(200, "[]"),
        Answer.json(200, "{}"),
        Answer.json(200, "{\"keys\":{}}"),
        Answer.json(200, "{\"keys\":[],\"keys\":[]}"),
        Answer.of(200, "text/plain", "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNoKeys")
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_ANSWER)
  void an_answer_that_is_no_set_of_keys_is_no_set_of_keys(Answer answer) {
    server.on(Endpoint.JWKS).once(answer);

    assertFails(ProviderTrouble.UNEXPECTED_ANSWER, () -> verify(IdTokenSigner.correct()));
  }

  /** JW-08. */
  @Test
  void poison_among_the_keys_harms_nobody() {
    server.jwks(
        jwks -> {
          List<Object> keys = keys(jwks);
          keys.add(0, "text");
          keys.add(0, Map.of("kty", "AKP", "alg", "ML-DSA-65", "kid", "1", "pub", "AAAA"));
          keys.add(0, Map.of("kty", "oct", "k", "AAAA", "kid", server.signingKey().kid()));
          keys.add(0, Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB"));
          keys.add(Map.of("kty", "EC", "crv", "P-256", "x", "AA", "y", "AA"));
        });

    assertThat(verify(IdTokenSigner.correct())).isNotNull();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> keys(Map<String, Object> jwks) {
    return (List<Object>) jwks.get("keys");
  }
}
