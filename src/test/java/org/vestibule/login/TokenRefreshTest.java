package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.vestibule.Provoked.assertFails;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.Waiting;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Violation;
import org.vestibule.session.SessionCodec;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.Gate;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.RecordedRequest;
import org.vestibule.testing.ServerOptions;

class TokenRefreshTest {

  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());

  private static final int MANY = 60;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration BACK_OFF = Duration.ofSeconds(10);

  /** A client whose user has signed in an hour ago, less the time that is given. */
  private static final class Session implements AutoCloseable {

    final TestClient client;
    final TokenRefresh refresh;
    final SignedIn jane;

    Session(Consumer<ServerOptions> options, String... settings) {
      client = TestClient.openId(options, settings);
      refresh = new TokenRefresh(client.clock());
      jane = client.signedIn();
      client.server().forgetRequests();
      client.clock().advance(Duration.ofMinutes(59));
    }

    SignedIn refresh(SignedIn signedIn) {
      return refresh.refresh(client.provider(), signedIn, CODEC);
    }

    boolean isDue(SignedIn signedIn) {
      return refresh.isDue(client.provider(), signedIn);
    }

    int requests() {
      return client.server().requests(Endpoint.TOKEN).size();
    }

    void answering(Answer answer) {
      client.server().on(Endpoint.TOKEN).always(answer);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static void session(Consumer<Session> test) {
    session(options -> {}, test);
  }

  private static void session(Consumer<ServerOptions> options, Consumer<Session> test) {
    try (Session session = new Session(options)) {
      test.accept(session);
    }
  }

  private static Secret accessToken(SignedIn signedIn) {
    return signedIn.tokens().accessToken();
  }

  @Test
  void an_access_token_is_due_shortly_before_it_expires() {
    session(
        session -> {
          assertThat(session.isDue(session.jane)).isTrue();
          session.client.clock().advance(Duration.ofMinutes(-1));
          assertThat(session.isDue(session.jane)).isFalse();
        });
  }

  @Test
  void without_a_refresh_token_or_with_refresh_off_nothing_is_due() {
    session(
        c -> c.without(Feature.REFRESH_TOKENS),
        session -> assertThat(session.isDue(session.jane)).isFalse());
    try (Session session = new Session(options -> {}, "refresh", "off")) {
      assertThat(session.isDue(session.jane)).isFalse();
    }
  }

  /** RFC 6749 section 6. */
  @Test
  void tokens_are_refreshed_and_the_user_stays() {
    session(
        session -> {
          SignedIn after = session.refresh(session.jane);

          assertThat(accessToken(after)).isNotEqualTo(accessToken(session.jane));
          assertThat(after.tokens().refreshToken())
              .isNotEqualTo(session.jane.tokens().refreshToken());
          assertThat(after.tokens().expiresAt())
              .isEqualTo(session.client.clock().instant().plus(Duration.ofHours(1)));
          assertThat(after.tokens().scope()).isEqualTo(session.jane.tokens().scope());
          assertThat(after.identity()).isSameAs(session.jane.identity());
          assertThat(after.csrfToken()).isEqualTo(session.jane.csrfToken());
          assertThat(after.since()).isEqualTo(session.jane.since());
          RecordedRequest request = session.client.server().lastRequest(Endpoint.TOKEN);
          assertThat(request.form().asMap()).containsOnlyKeys("grant_type", "refresh_token");
          assertThat(request.basicCredentials()).isNotNull();
        });
  }

  /** RF-02. */
  @Test
  void each_refresh_uses_the_newest_refresh_token() {
    session(
        session -> {
          SignedIn signedIn = session.jane;
          for (int i = 0; i < 3; i++) {
            SignedIn before = signedIn;
            signedIn = session.refresh(before);
            assertThat(
                    session.client.server().lastRequest(Endpoint.TOKEN).form().get("refresh_token"))
                .isEqualTo(before.tokens().refreshToken().value());
          }
          assertThat(session.requests()).isEqualTo(3);
        });
  }

  /** RF-02. */
  @Test
  void what_was_not_renewed_is_kept() {
    session(
        c -> c.without(Feature.ROTATION),
        session -> {
          session
              .client
              .server()
              .tokenResponse(
                  response -> {
                    response.remove("id_token");
                    response.remove("scope");
                  });

          SignedIn after = session.refresh(session.jane);
          assertThat(after.tokens().refreshToken()).isEqualTo(session.jane.tokens().refreshToken());
          assertThat(after.tokens().idToken()).isEqualTo(session.jane.tokens().idToken());
          assertThat(after.tokens().scope()).isEqualTo(session.jane.tokens().scope());
        });
  }

  @Test
  void a_scope_that_became_narrower_is_narrower() {
    session(
        session -> {
          session.client.server().tokenResponse(response -> response.put("scope", "openid"));

          assertThat(session.refresh(session.jane).tokens().scope())
              .isEqualTo(Scope.parse("openid"));
        });
  }

  /** RF-01: the server ends the grant when a refresh token comes twice. */
  @Test
  void many_at_once_share_one_request() {
    session(
        session -> {
          Gate gate = session.client.server().on(Endpoint.TOKEN).gate();
          ExecutorService threads = Executors.newFixedThreadPool(MANY);
          CountDownLatch started = new CountDownLatch(MANY);
          List<CompletableFuture<SignedIn>> all =
              IntStream.range(0, MANY)
                  .mapToObj(
                      i ->
                          CompletableFuture.supplyAsync(
                              () -> {
                                started.countDown();
                                return session.refresh(session.jane);
                              },
                              threads))
                  .toList();
          gate.awaitArrival();
          await(started);
          gate.open();

          List<Secret> tokens = all.stream().map(result -> accessToken(result.join())).toList();
          assertThat(tokens).hasSize(MANY).containsOnly(tokens.get(0));
          assertThat(tokens.get(0)).isNotEqualTo(accessToken(session.jane));
          assertThat(session.requests()).isEqualTo(1);
          threads.shutdown();
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The old refresh token is used up and the new one cannot be kept. */
  @Test
  void tokens_that_are_too_large_to_be_remembered_end_the_session() {
    session(
        session -> {
          session
              .client
              .server()
              .tokenResponse(
                  response -> {
                    response.put("access_token", "x".repeat(5000));
                    response.remove("id_token");
                  });
          SessionCodec small = new SessionCodec(Optional.empty(), 4096);

          LoginException e =
              catchThrowableOfType(
                  LoginException.class,
                  () -> session.refresh.refresh(session.client.provider(), session.jane, small));

          assertThat(e.failure()).isEqualTo(ProviderTrouble.USER_TOO_LARGE);
          assertThat(TokenRefresh.isForGood(e)).isTrue();
        });
  }

  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void who_comes_too_late_with_the_old_tokens_is_given_the_new_ones_for_a_while() {
    session(
        session -> {
          SignedIn after = session.refresh(session.jane);

          session.client.clock().advance(GRACE.minusMillis(1));
          assertThat(session.refresh(session.jane).tokens()).isEqualTo(after.tokens());
          assertThat(session.requests()).isEqualTo(1);
          session.client.clock().advance(Duration.ofMillis(1));
          assertFails(ProviderTrouble.REFRESH_REFUSED, () -> session.refresh(session.jane));
        });
  }

  /** The refresh token may stay the same: then the access tokens tell the refreshes apart. */
  @Test
  void who_holds_the_newest_tokens_can_refresh_again_at_once() {
    session(
        c -> c.without(Feature.ROTATION),
        session -> {
          SignedIn once = session.refresh(session.jane);
          SignedIn twice = session.refresh(once);

          assertThat(once.tokens().refreshToken()).isEqualTo(twice.tokens().refreshToken());
          assertThat(accessToken(twice)).isNotEqualTo(accessToken(once));
          assertThat(session.requests()).isEqualTo(2);
        });
  }

  @Test
  void two_users_are_refreshed_apart() {
    session(
        session -> {
          SignedIn other = session.client.signedIn();
          session.client.server().forgetRequests();

          assertThat(accessToken(session.refresh(session.jane)))
              .isNotEqualTo(accessToken(session.refresh(other)));
          assertThat(session.requests()).isEqualTo(2);
        });
  }

  /** However long it takes: a refresh that is under way is not begun again. */
  @Test
  void a_slow_refresh_is_waited_for() {
    session(
        session -> {
          Gate gate = session.client.server().on(Endpoint.TOKEN).gate();
          CompletableFuture<SignedIn> first =
              CompletableFuture.supplyAsync(() -> session.refresh(session.jane));
          gate.awaitArrival();
          session.client.clock().advance(Duration.ofMinutes(10));
          CompletableFuture<SignedIn> second = Waiting.start(() -> session.refresh(session.jane));
          gate.open();

          assertThat(second.join().tokens()).isEqualTo(first.join().tokens());
          assertThat(session.requests()).isEqualTo(1);
        });
  }

  /** RF-10: some providers' tokens live for no longer than refresh-lead. */
  @Test
  void a_token_that_was_just_issued_is_not_due_until_it_expires() {
    try (TestClient client =
        TestClient.openId(c -> c.accessTokenLifetime(Duration.ofSeconds(45)))) {
      TokenRefresh refresh = new TokenRefresh(client.clock());
      SignedIn jane = client.signedIn();
      assertThat(refresh.isDue(client.provider(), jane)).isFalse();
      client.clock().advance(GRACE);
      assertThat(refresh.isDue(client.provider(), jane)).isTrue();

      SignedIn after = refresh.refresh(client.provider(), jane, CODEC);
      assertThat(refresh.isDue(client.provider(), after)).isFalse();
      client.clock().advance(GRACE);
      assertThat(refresh.isDue(client.provider(), after)).isTrue();
    }
  }

  @Test
  void that_one_was_just_issued_says_nothing_of_another() {
    session(
        session -> {
          SignedIn other = session.client.signedIn();
          session.client.clock().advance(Duration.ofMinutes(59));
          SignedIn after = session.refresh(session.jane);

          assertThat(session.isDue(after)).isFalse();
          assertThat(session.isDue(other)).isTrue();
        });
  }

  @Test
  void a_token_that_has_expired_is_due_at_once() {
    try (TestClient client = TestClient.openId(c -> c.accessTokenLifetime(Duration.ofSeconds(5)))) {
      TokenRefresh refresh = new TokenRefresh(client.clock());
      SignedIn jane = client.signedIn();
      client.clock().advance(Duration.ofSeconds(5));

      assertThat(refresh.isDue(client.provider(), jane)).isTrue();
    }
  }

  /** RF-04. */
  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void a_refusal_is_for_good_and_not_asked_for_again() {
    session(
        session -> {
          session.client.server().endAllGrants();

          for (int i = 0; i < 10; i++) {
            assertForGood(
                assertFails(ProviderTrouble.REFRESH_REFUSED, () -> session.refresh(session.jane)));
          }
          assertThat(session.requests()).isEqualTo(1);
        });
  }

  private static void assertForGood(LoginException failure) {
    assertThat(TokenRefresh.isForGood(failure)).isTrue();
  }

  static Stream<Arguments> outages() {
    return Stream.of(
        Arguments.of(Answer.empty(503), ProviderTrouble.UNEXPECTED_STATUS),
        Arguments.of(Answer.error(500, "server_error"), ProviderTrouble.UNEXPECTED_STATUS),
        Arguments.of(Answer.empty(429), ProviderTrouble.UNEXPECTED_STATUS),
        Arguments.of(Answer.error(401, "invalid_client"), ProviderTrouble.CLIENT_REFUSED),
        Arguments.of(Answer.error(400, "invalid_request"), ProviderTrouble.TOKEN_REFUSED),
        Arguments.of(Answer.dropped(), ProviderTrouble.UNREACHABLE),
        Arguments.of(Answer.redirect(302, "/sorry"), ProviderTrouble.REDIRECTED),
        Arguments.of(Answer.html(200, "Sorry!"), Violation.TOKEN_RESPONSE_MALFORMED),
        Arguments.of(
            Answer.json(200, "{\"status\":\"maintenance\"}"), Violation.ACCESS_TOKEN_MISSING));
  }

  /** RF-05: the tokens that there are stay, and the provider is left alone for a moment. */
  @ParameterizedTest
  @MethodSource("outages")
  void an_outage_is_not_for_good_and_causes_no_storm(Answer answer, Failure expected) {
    session(
        session -> {
          session.answering(answer);
          for (int i = 0; i < 100; i++) {
            LoginException failure = failure(session);
            assertThat(failure.failure()).isEqualTo(expected);
            assertThat(TokenRefresh.isForGood(failure)).isFalse();
          }
          assertThat(session.requests()).isEqualTo(1);
          assertThat(session.jane.tokens().isExpired(session.client.clock().instant())).isFalse();

          session.client.server().on(Endpoint.TOKEN).regular();
          session.client.clock().advance(BACK_OFF);
          assertThat(accessToken(session.refresh(session.jane)))
              .isNotEqualTo(accessToken(session.jane));
        });
  }

  private static LoginException failure(Session session) {
    return catchThrowableOfType(LoginException.class, () -> session.refresh(session.jane));
  }

  /** After a restart during an outage the metadata are not there either. */
  @Test
  @Provokes(Violation.METADATA_MALFORMED)
  void metadata_that_cannot_be_read_end_no_session() {
    session(
        session -> {
          session.client.server().on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(404));
          session.client.server().on(Endpoint.OAUTH_METADATA).always(Answer.empty(404));
          session.client.clock().advance(Duration.ofDays(2));

          LoginException failure =
              assertFails(Violation.METADATA_MALFORMED, () -> session.refresh(session.jane));
          assertThat(TokenRefresh.isForGood(failure)).isFalse();
          assertThat(session.requests()).isZero();
        });
  }

  /** RF-03. */
  @Test
  @Provokes(Violation.ID_TOKEN_OF_ANOTHER)
  void tokens_of_another_user_end_the_session() {
    session(
        session -> {
          session.client.server().idTokenClaims(claims -> claims.put("sub", "248289761002"));

          assertForGood(
              assertFails(Violation.ID_TOKEN_OF_ANOTHER, () -> session.refresh(session.jane)));
        });
  }

  @Test
  @Provokes({
    Violation.ID_TOKEN_ISSUER,
    Violation.ID_TOKEN_AUDIENCE,
    Violation.ID_TOKEN_NONCE,
    Violation.ID_TOKEN_MALFORMED,
    Violation.ID_TOKEN_ACCESS_TOKEN_HASH
  })
  void a_refreshed_id_token_is_held_to_the_rules() {
    refreshedWith(
        Violation.ID_TOKEN_NONCE,
        session -> session.client.server().idTokenClaims(claims -> claims.put("nonce", "other")));
    refreshedWith(
        Violation.ID_TOKEN_ISSUER,
        session -> session.client.server().idTokenClaims(claims -> claims.put("iss", "other")));
    refreshedWith(
        Violation.ID_TOKEN_AUDIENCE,
        session -> session.client.server().idTokenClaims(claims -> claims.put("aud", "other")));
    refreshedWith(
        Violation.ID_TOKEN_MALFORMED,
        session -> session.client.server().idTokenSigner(IdTokenSigner.unsigned("none")));
    refreshedWith(
        Violation.ID_TOKEN_ACCESS_TOKEN_HASH,
        session ->
            session.client.server().tokenResponse(response -> response.put("access_token", "x")));
  }

  private static void refreshedWith(Violation expected, Consumer<Session> misbehaviour) {
    session(
        session -> {
          misbehaviour.accept(session);
          assertForGood(assertFails(expected, () -> session.refresh(session.jane)));
        });
  }

  @Test
  void a_plain_session_takes_no_id_token_that_nobody_verified() {
    try (Session session = new Session(options -> {}, "scope", "read")) {
      session.client.server().tokenResponse(response -> response.put("id_token", "a.b.c"));

      assertThat(session.refresh(session.jane).tokens().idToken()).isNull();
    }
  }

  /** The old refresh token is used up: the new one is all that is left of the session. */
  @Test
  void while_the_keys_cannot_be_read_the_new_tokens_are_kept_and_their_id_token_is_not() {
    session(
        session -> {
          session.client.server().rotateKey();
          session.client.clock().advance(Duration.ofDays(2));
          session.client.server().on(Endpoint.JWKS).always(Answer.empty(503));
          SignedIn renewed = session.refresh(session.jane);

          assertThat(renewed.tokens().refreshToken())
              .isNotNull()
              .isNotEqualTo(session.jane.tokens().refreshToken());
          assertThat(renewed.tokens().idToken()).isEqualTo(session.jane.tokens().idToken());
          session.client.server().on(Endpoint.JWKS).regular();
          session.client.clock().advance(Duration.ofMinutes(5));
          assertThat(session.refresh(renewed).tokens().idToken())
              .isNotEqualTo(session.jane.tokens().idToken());
        });
  }

  /** Keys are not read again at once, so those that the provider has just rotated are missed. */
  @Test
  void a_key_that_is_not_known_yet_ends_no_session() {
    session(
        session -> {
          session.client.server().rotateKey();
          SignedIn once = session.refresh(session.jane);
          session.client.server().rotateKey();
          SignedIn twice = session.refresh(once);

          assertThat(accessToken(twice)).isNotEqualTo(accessToken(once));
          assertThat(once.tokens().idToken()).isNotEqualTo(session.jane.tokens().idToken());
          assertThat(twice.tokens().idToken()).isEqualTo(once.tokens().idToken());
          session.client.clock().advance(Duration.ofMinutes(5));
          assertThat(session.refresh(twice).tokens().idToken())
              .isNotEqualTo(once.tokens().idToken());
        });
  }

  /** RFC 6749 section 5.2: whatever the status, an error in the answer is an answer. */
  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void an_error_without_an_access_token_is_no_outage() {
    session(
        session -> {
          session.answering(Answer.error(200, "invalid_grant"));

          assertForGood(
              assertFails(ProviderTrouble.REFRESH_REFUSED, () -> session.refresh(session.jane)));
        });
  }

  @Test
  void with_refresh_off_nobody_is_asked() {
    try (TestClient client = TestClient.openId("refresh", "off")) {
      SignedIn jane = client.signedIn();
      int requests = client.server().requests().size();

      assertThat(
              catchThrowableOfType(
                      LoginException.class,
                      () ->
                          new TokenRefresh(client.clock()).refresh(client.provider(), jane, CODEC))
                  .failure())
          .isEqualTo(Refusal.REFRESH_OFF);
      assertThat(client.server().requests()).hasSize(requests);
    }
  }

  @Test
  void without_a_refresh_token_nobody_is_asked() {
    session(
        c -> c.without(Feature.REFRESH_TOKENS),
        session -> {
          assertThat(failure(session).failure()).isEqualTo(Refusal.NO_REFRESH_TOKEN);
          assertThat(session.requests()).isZero();
        });
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void who_shared_a_request_shares_its_failure() {
    session(
        session -> {
          Gate gate = session.client.server().on(Endpoint.TOKEN).gate();
          session
              .client
              .server()
              .tokenResponse(
                  response -> {
                    throw new IllegalStateException("the server breaks");
                  });
          CompletableFuture<LoginException> first =
              CompletableFuture.supplyAsync(() -> failure(session));
          gate.awaitArrival();
          CompletableFuture<LoginException> second = Waiting.start(() -> failure(session));
          gate.open();

          assertFails(
              ProviderTrouble.UNEXPECTED_STATUS,
              () -> {
                throw first.join();
              });
          assertThat(second.join().failure()).isEqualTo(ProviderTrouble.UNEXPECTED_STATUS);
          assertThat(session.requests()).isEqualTo(1);
        });
  }

  /** The session was ended meanwhile: one of those that shared the refresh revokes the tokens. */
  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void what_was_brought_is_disowned_once_and_given_to_nobody_then() {
    session(
        session -> {
          assertThat(session.refresh.disown(session.jane)).isFalse();
          SignedIn after = session.refresh(session.jane);

          assertThat(session.refresh.disown(after)).as("the old tokens count").isFalse();
          assertThat(session.refresh.disown(session.jane)).isTrue();
          assertThat(session.refresh.disown(session.jane)).isFalse();
          assertFails(ProviderTrouble.REFRESH_REFUSED, () -> session.refresh(session.jane));
        });
    session(
        c -> c.without(Feature.REFRESH_TOKENS),
        session -> assertThat(session.refresh.disown(session.jane)).isFalse());
  }

  @Test
  void whoever_is_interrupted_while_another_request_refreshes_waits_no_longer() {
    session(
        session -> {
          Gate gate = session.client.server().on(Endpoint.TOKEN).gate();
          CompletableFuture<SignedIn> first =
              CompletableFuture.supplyAsync(() -> session.refresh(session.jane));
          gate.awaitArrival();
          Thread.currentThread().interrupt();
          LoginException failure = failure(session);

          assertThat(Thread.interrupted()).as("and stays interrupted").isTrue();
          assertThat(failure.failure()).isEqualTo(ProviderTrouble.UNREACHABLE);
          gate.open();
          assertThat(accessToken(first.join())).isNotEqualTo(accessToken(session.jane));
        });
  }

  @Test
  void a_token_of_unknown_lifetime_is_never_due() {
    session(
        session -> {
          session.client.server().tokenResponse(response -> response.remove("expires_in"));
          SignedIn after = session.refresh(session.jane);

          session.client.clock().advance(Duration.between(Instant.EPOCH, Instant.now()));
          assertThat(session.isDue(after)).isFalse();
        });
  }
}
