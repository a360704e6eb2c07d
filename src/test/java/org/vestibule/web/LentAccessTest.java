package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.Provokes;
import org.vestibule.Waiting;
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.LoggedOut;
import org.vestibule.api.TokensRefreshed;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.shared.TwoNodes;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.User;

/** Access tokens for work that goes on when no request is there. */
class LentAccessTest {

  private static final Duration ALMOST_EXPIRED = Duration.ofMinutes(59).plusSeconds(30);
  private static final Duration EXPIRED = Duration.ofHours(1);

  private final Scene scene = Scene.with("session-maximum", "PT8H");
  private final Logs logs = new Logs();
  private final Observed<TokensRefreshed> refreshed = new Observed<>();
  private final Observed<LoggedOut> loggedOut = new Observed<>();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private CallerBean caller() {
    return caller(scene.house(), scene.visitor().session());
  }

  private CallerBean caller(Vestibule house, MockHttpSession session) {
    MockServletContext context = new MockServletContext();
    new CurrentVestibule(house).moveInto(context);
    CallerBean caller = new CallerBean();
    caller.request = request(session);
    caller.context = context;
    caller.tokensRefreshed = refreshed;
    caller.loggedOut = loggedOut;
    return caller;
  }

  private static MockHttpServletRequest request(MockHttpSession session) {
    MockHttpServletRequest request = Requests.get("/orders");
    if (session != null && !session.isInvalid()) {
      request.setSession(session);
    }
    return request;
  }

  /** Of somebody who has signed in, and whose request is over. */
  private AccessTokenSource source() {
    scene.visitor().signIn("/orders");
    return caller().accessTokenSource();
  }

  private SignedIn inSession() {
    return Objects.requireNonNull(
        scene.house().sessions().signedIn(request(scene.visitor().session())));
  }

  private static AccessTokenUnavailableException unavailable(AccessTokenSource source) {
    AccessTokenUnavailableException thrown =
        catchThrowableOfType(AccessTokenUnavailableException.class, source::accessToken);
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private static void assertOver(AccessTokenSource source) {
    AccessTokenUnavailableException e = unavailable(source);
    assertThat(e.isLoginRequired()).isTrue();
    assertThat(e).hasMessageStartingWith(Refusal.NOT_SIGNED_IN.code());
  }

  private List<String> usedRefreshTokens() {
    return scene.server().requests(Endpoint.TOKEN).stream()
        .skip(1)
        .map(request -> String.valueOf(request.form().get("refresh_token")))
        .toList();
  }

  private MockHttpSession signOut() {
    MockHttpSession session = Objects.requireNonNull(scene.visitor().session());
    MockHttpServletRequest logout = Requests.request("POST", "/oauth/logout");
    logout.addParameter("csrf_token", inSession().csrfToken().value());
    scene.visitor().send(logout);
    assertThat(session.isInvalid()).isTrue();
    return session;
  }

  // The same tokens inside and outside of requests

  @Test
  void it_gives_out_the_token_of_the_session() {
    AccessTokenSource source = source();

    assertThat(source.accessToken()).isEqualTo(caller().accessToken());
    assertThat(usedRefreshTokens()).isEmpty();
  }

  @Test
  void what_it_refreshes_is_what_the_next_request_uses() {
    AccessTokenSource source = source();
    String before = source.accessToken();
    scene.clock().advance(ALMOST_EXPIRED);
    String after = source.accessToken();

    assertThat(after).isNotEqualTo(before);
    assertThat(caller().accessToken()).isEqualTo(after);
    assertThat(inSession().tokens().accessToken().value()).isEqualTo(after);
    assertThat(usedRefreshTokens()).hasSize(1);
    assertThat(refreshed.fired()).containsExactly(new TokensRefreshed("default", "j.doe"));
  }

  @Test
  void what_a_request_refreshes_is_given_out() {
    AccessTokenSource source = source();
    scene.clock().advance(ALMOST_EXPIRED);
    String after = caller().accessToken();
    scene.clock().advance(Duration.ofMinutes(30));

    assertThat(source.accessToken()).isEqualTo(after);
    assertThat(usedRefreshTokens()).hasSize(1);
  }

  @Test
  void a_refresh_that_a_request_asked_for_is_given_out() {
    AccessTokenSource source = source();
    scene.clock().advance(Duration.ofMinutes(5));
    caller().refresh();

    assertThat(source.accessToken()).isEqualTo(inSession().tokens().accessToken().value());
  }

  /** A provider that rotates takes a second use of a refresh token for theft. */
  @Test
  void no_refresh_token_is_used_twice_whoever_refreshes_in_turn() {
    AccessTokenSource source = source();

    for (int hour = 0; hour < 6; hour++) {
      scene.clock().advance(EXPIRED);
      assertThat(hour % 3 == 2 ? caller().accessToken() : source.accessToken()).isNotEmpty();
    }
    caller().refresh();

    assertThat(usedRefreshTokens()).hasSize(7).doesNotHaveDuplicates();
    assertThat(caller().isAuthenticated()).isTrue();
  }

  @Test
  void requests_and_work_that_ask_at_the_same_time_share_one_refresh_and_one_event()
      throws Exception {
    AccessTokenSource source = source();
    scene.clock().advance(ALMOST_EXPIRED);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      calls.add(source::accessToken);
      calls.add(caller()::accessToken);
    }
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    ExecutorService pool = Executors.newFixedThreadPool(50);
    List<Future<String>> tokens = calls.stream().map(pool::submit).toList();
    gate.awaitArrival();
    gate.open();

    List<String> given = new ArrayList<>();
    for (Future<String> token : tokens) {
      given.add(token.get());
    }
    pool.shutdown();
    assertThat(given).containsOnly(inSession().tokens().accessToken().value());
    assertThat(usedRefreshTokens()).hasSize(1);
    assertThat(refreshed.fired()).hasSize(1);
    assertThat(source.accessToken()).isEqualTo(caller().accessToken());
  }

  @Test
  void several_of_one_session_are_as_one() {
    AccessTokenSource source = source();
    AccessTokenSource another = caller().accessTokenSource();
    scene.clock().advance(EXPIRED);

    assertThat(source.accessToken()).isEqualTo(another.accessToken());
    assertThat(usedRefreshTokens()).hasSize(1);
  }

  /** Such as a request that read the session before, and comes to lend it after a refresh. */
  @Test
  void lending_again_takes_nothing_newer_away() {
    AccessTokenSource source = source();
    SignedIn old = inSession();
    MockHttpSession session = Objects.requireNonNull(scene.visitor().session());
    scene.clock().advance(EXPIRED);
    String after = source.accessToken();
    String unused = scene.house().lending().lend(session, old);

    assertThat(source.accessToken()).isEqualTo(after);
    assertThat(caller().accessToken()).isEqualTo(after);
    assertThat(usedRefreshTokens()).hasSize(1);
  }

  @Test
  void nothing_is_refreshed_while_nobody_asks() {
    AccessTokenSource source = source();
    scene.clock().advance(Duration.ofHours(3));

    assertThat(usedRefreshTokens()).isEmpty();
    assertThat(source.accessToken()).isNotEmpty();
  }

  // The end of the session

  @Test
  @Provokes(refusal = Refusal.NOT_SIGNED_IN)
  void nobody_has_one() {
    AccessTokenUnavailableException e =
        catchThrowableOfType(
            AccessTokenUnavailableException.class, () -> caller().accessTokenSource());

    assertThat(e.isLoginRequired()).isTrue();
    assertReported(Refusal.NOT_SIGNED_IN, String.valueOf(e.getMessage()));
  }

  @Test
  void whoever_signs_out_takes_it_away() {
    AccessTokenSource source = source();
    MockHttpSession session = signOut();
    int asked = scene.server().requests(Endpoint.TOKEN).size();

    assertOver(source);
    scene.clock().advance(EXPIRED);
    assertOver(source);
    assertThat(session.isInvalid()).isTrue();
    assertThat(scene.server().requests(Endpoint.TOKEN)).hasSize(asked);
  }

  /** Those of the session are used up; it is the newest that are of use to somebody. */
  @Test
  void a_logout_revokes_what_was_refreshed_outside_of_requests() {
    AccessTokenSource source = source();
    scene.clock().advance(ALMOST_EXPIRED);
    String newest = source.accessToken();
    signOut();

    assertThat(scene.server().requests(Endpoint.REVOCATION))
        .extracting(request -> String.valueOf(request.form().get("token")))
        .hasSize(2)
        .contains(newest)
        .doesNotContainAnyElementsOf(usedRefreshTokens());
  }

  @Test
  void a_logout_that_overtakes_a_refresh_is_not_undone_and_what_that_brought_is_revoked()
      throws Exception {
    AccessTokenSource source = source();
    scene.clock().advance(ALMOST_EXPIRED);
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<?> over = pool.submit(() -> assertOver(source));
    gate.awaitArrival();
    assertThat(scene.house().sessions().end(request(scene.visitor().session()))).isPresent();
    gate.open();

    over.get();
    pool.shutdown();
    assertThat(scene.server().requests(Endpoint.REVOCATION)).hasSize(2);
    assertThat(refreshed.fired()).isEmpty();
    assertOver(source);
  }

  @Test
  void a_logout_at_the_provider_counts_at_once_even_while_a_refresh_is_under_way()
      throws Exception {
    String sid = "08a5019c-17e1-4977-8f42-65a12843ea02";
    scene.server().idTokenClaims(claims -> claims.put("sid", sid));
    AccessTokenSource source = source();
    scene.clock().advance(ALMOST_EXPIRED);
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<?> over = pool.submit(() -> assertOver(source));
    gate.awaitArrival();
    scene.house().sessions().end(scene.server().issuer(), sid);
    gate.open();

    over.get();
    pool.shutdown();
    assertOver(source);
    assertThat(scene.server().requests(Endpoint.REVOCATION)).hasSize(2);
  }

  /** The idle time, or the application that invalidates it. */
  @Test
  void when_the_container_ends_the_session_it_is_over() {
    AccessTokenSource source = source();
    MockHttpSession session = Objects.requireNonNull(scene.visitor().session());
    LendingListener listener = new LendingListener(new CurrentVestibule(scene.house()));
    listener.sessionDestroyed(new HttpSessionEvent(session));

    assertOver(source);
    session.invalidate();
    listener.sessionDestroyed(new HttpSessionEvent(session));
    listener.sessionDestroyed(new HttpSessionEvent(new MockHttpSession()));
  }

  @Test
  void nobody_is_lent_a_token_longer_than_a_session_lasts() {
    AccessTokenSource source = source();
    scene.clock().advance(Duration.ofHours(8).minusSeconds(1));
    assertThat(source.accessToken()).isNotEmpty();
    scene.clock().advance(Duration.ofSeconds(1));

    assertOver(source);
  }

  /** Each with another session; and nobody is given somebody else's token. */
  @Test
  void when_somebody_else_signs_in_it_is_over() {
    AccessTokenSource source = source();
    scene.server().approving(User.named("mallory"));
    scene.visitor().goTo(scene.visitor().atProvider(scene.visitor().get("/oauth/login")));

    assertOver(source);
    assertThat(caller().accessTokenSource().accessToken()).isEqualTo(caller().accessToken());
  }

  @Test
  void when_the_same_user_signs_in_anew_it_goes_on_with_the_new_tokens() {
    AccessTokenSource source = source();
    String before = source.accessToken();
    scene.visitor().goTo(scene.visitor().atProvider(scene.visitor().get("/oauth/login")));

    assertThat(source.accessToken()).isEqualTo(caller().accessToken()).isNotEqualTo(before);
    scene.clock().advance(EXPIRED);
    assertThat(source.accessToken()).isEqualTo(caller().accessToken());
    signOut();
    assertOver(source);
  }

  // A provider in trouble

  @Test
  void while_the_provider_is_down_a_valid_token_is_used_on_and_an_expired_one_is_not() {
    AccessTokenSource source = source();
    String before = source.accessToken();
    scene.clock().advance(ALMOST_EXPIRED);
    scene.server().on(Endpoint.TOKEN).always(Answer.empty(503));

    assertThat(source.accessToken()).isEqualTo(before);
    scene.clock().advance(Duration.ofMinutes(1));
    AccessTokenUnavailableException e = unavailable(source);
    assertThat(e.isLoginRequired()).isFalse();
    assertThat(e).hasMessageStartingWith(ProviderTrouble.UNEXPECTED_STATUS.code());
    scene.server().on(Endpoint.TOKEN).regular();
    scene.clock().advance(Duration.ofSeconds(11));
    assertThat(source.accessToken()).isNotEqualTo(before);
  }

  @Test
  void a_refusal_is_the_end_of_it_and_the_next_request_that_asks_ends_the_session() {
    AccessTokenSource source = source();
    scene.clock().advance(EXPIRED);
    scene.server().endAllGrants();
    AccessTokenUnavailableException e = unavailable(source);

    assertThat(e.isLoginRequired()).isTrue();
    assertThat(e).hasMessageStartingWith(ProviderTrouble.REFRESH_REFUSED.code());
    assertOver(source);
    assertThat(loggedOut.fired()).isEmpty();
    CallerBean caller = caller();
    assertThat(
            catchThrowableOfType(AccessTokenUnavailableException.class, caller::accessToken)
                .isLoginRequired())
        .isTrue();
    assertThat(loggedOut.fired())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.REFRESH_REFUSED));
  }

  /** The refused tokens are those of the login before. */
  @Test
  void a_refusal_that_comes_after_a_new_login_does_not_end_it() {
    AccessTokenSource source = source();
    scene.clock().advance(EXPIRED);
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    CompletableFuture<Boolean> late = Waiting.start(() -> unavailable(source).isLoginRequired());
    gate.awaitArrival();
    scene.server().endAllGrants();
    scene.server().on(Endpoint.TOKEN).regular();
    scene.visitor().goTo(scene.visitor().atProvider(scene.visitor().get("/oauth/login")));
    gate.open();

    assertThat(late.join()).isTrue();
    assertThat(source.accessToken()).isEqualTo(caller().accessToken());
  }

  // Several nodes

  /** What another node has of the session by now. */
  private static MockHttpSession replicated(MockHttpSession session) {
    MockHttpSession copy = new MockHttpSession();
    Serializable state = session.serializeState();
    session.deserializeState(state);
    copy.deserializeState(state);
    return copy;
  }

  @Test
  void what_one_node_refreshes_outside_of_requests_another_uses_in_them_hours_later() {
    TwoNodes engine = new TwoNodes();
    Vestibule one = scene.node(engine);
    Vestibule other = scene.node(engine);
    Visitor jane = new Visitor(one);
    jane.signIn("/orders");
    MockHttpSession session = Objects.requireNonNull(jane.session());
    AccessTokenSource source = caller(one, session).accessTokenSource();
    MockHttpSession copy = replicated(session);
    for (int hour = 0; hour < 3; hour++) {
      scene.clock().advance(EXPIRED);
      source.accessToken();
    }
    String newest = source.accessToken();

    assertThat(caller(other, copy).accessToken()).isEqualTo(newest);
    scene.clock().advance(EXPIRED);
    assertThat(caller(other, copy).accessToken()).isEqualTo(source.accessToken());
    assertThat(usedRefreshTokens()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void a_logout_on_another_node_counts() {
    TwoNodes engine = new TwoNodes();
    Vestibule one = scene.node(engine);
    Visitor jane = new Visitor(one);
    jane.signIn("/orders");
    MockHttpSession session = Objects.requireNonNull(jane.session());
    MockHttpSession copy = replicated(session);
    AccessTokenSource source = caller(one, session).accessTokenSource();
    assertThat(source.accessToken()).isNotEmpty();
    assertThat(scene.node(engine).sessions().end(request(copy))).isPresent();

    assertOver(source);
  }

  /** Whether the user has signed out meanwhile nobody knows. */
  @Test
  @Provokes(trouble = ProviderTrouble.SHARED_STATE)
  void while_the_engine_is_away_nothing_is_given_out_and_the_call_may_succeed_later() {
    TwoNodes engine = new TwoNodes();
    Vestibule one = scene.node(engine);
    Visitor jane = new Visitor(one);
    jane.signIn("/orders");
    AccessTokenSource source =
        caller(one, Objects.requireNonNull(jane.session())).accessTokenSource();
    engine.away(true);
    AccessTokenUnavailableException e = unavailable(source);

    assertThat(e.isLoginRequired()).isFalse();
    assertReported(ProviderTrouble.SHARED_STATE, String.valueOf(e.getMessage()));
    engine.away(false);
    assertThat(source.accessToken()).isNotEmpty();
  }

  // What it is

  @Test
  void it_holds_no_secret_and_is_not_stored_by_accident() {
    AccessTokenSource source = source();

    assertThat(source).hasToString("AccessTokenSource").isNotInstanceOf(Serializable.class);
    assertThat(logs.text()).doesNotContain(source.accessToken());
  }

  @Test
  void it_works_in_threads_that_know_nothing_of_the_application() throws Exception {
    AccessTokenSource source = source();
    scene.clock().advance(EXPIRED);
    List<String> tokens = new ArrayList<>();
    Thread thread = new Thread(() -> tokens.add(source.accessToken()));
    thread.setContextClassLoader(null);
    thread.start();
    thread.join();

    assertThat(tokens).containsExactly(caller().accessToken());
    assertThat(thread.getContextClassLoader()).isNull();
  }
}
