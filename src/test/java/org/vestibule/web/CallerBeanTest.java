package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.vestibule.Provoked.assertReported;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.Provokes;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.LoggedOut;
import org.vestibule.api.TokensRefreshed;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.Gate;
import org.vestibule.testing.User;

class CallerBeanTest {

  private static final Duration ALMOST_EXPIRED = Duration.ofMinutes(59).plusSeconds(30);
  private static final Duration EXPIRED = Duration.ofHours(1);

  private final Scene scene = Scene.with();
  private final Logs logs = new Logs();
  private final Observed<TokensRefreshed> refreshed = new Observed<>();
  private final Observed<LoggedOut> loggedOut = new Observed<>();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private CallerBean caller() {
    return caller(scene);
  }

  /** The caller of a new request of the visitor's session. */
  private CallerBean caller(Scene where) {
    MockServletContext context = new MockServletContext();
    new CurrentVestibule(where.house()).moveInto(context);
    MockHttpServletRequest request = Requests.get("/orders");
    MockHttpSession session = where.visitor().session();
    if (session != null && !session.isInvalid()) {
      request.setSession(session);
    }
    CallerBean caller = new CallerBean();
    caller.request = request;
    caller.context = context;
    caller.tokensRefreshed = refreshed;
    caller.loggedOut = loggedOut;
    return caller;
  }

  private CallerBean signedIn() {
    scene.visitor().signIn("/orders");
    return caller();
  }

  private static AccessTokenUnavailableException unavailable(ThrowingCallable call) {
    AccessTokenUnavailableException thrown =
        catchThrowableOfType(AccessTokenUnavailableException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private List<String> grants() {
    return scene.server().requests(Endpoint.TOKEN).stream()
        .map(request -> String.valueOf(request.form().get("grant_type")))
        .toList();
  }

  // Signing out

  @Test
  void a_page_can_allow_its_sign_out_form_to_lead_to_the_provider() {
    assertThat(signedIn().logoutOrigin()).contains(scene.server().origin());
  }

  @Test
  void it_is_the_endpoint_that_counts_and_not_the_issuer() {
    try (Scene elsewhere =
        Scene.with("end-session-endpoint", "https://logout.example.com:8443/end?x=1")) {
      elsewhere.visitor().signIn("/orders");

      assertThat(caller(elsewhere).logoutOrigin()).contains("https://logout.example.com:8443");
    }
  }

  @Test
  void without_such_an_endpoint_there_is_nothing_to_allow() {
    try (Scene plain = Scene.with(options -> options.without(Feature.END_SESSION))) {
      plain.visitor().signIn("/orders");

      assertThat(caller(plain).logoutOrigin()).isEmpty();
    }
  }

  @Test
  @Provokes(refusal = Refusal.NO_REFRESH_TOKEN)
  void a_refresh_that_was_asked_for_without_a_refresh_token_would_need_a_login() {
    try (Scene plain = Scene.with(options -> options.without(Feature.REFRESH_TOKENS))) {
      plain.visitor().signIn("/orders");
      CallerBean jane = caller(plain);
      AccessTokenUnavailableException e = unavailable(jane::refresh);

      assertThat(e.isLoginRequired()).isTrue();
      assertReported(Refusal.NO_REFRESH_TOKEN, String.valueOf(e.getMessage()));
      assertThat(jane.accessToken()).as("it is good yet").isNotEmpty();
      assertThat(logs.at(Level.WARNING))
          .singleElement()
          .satisfies(line -> assertThat(line).contains(Refusal.NO_REFRESH_TOKEN.code()));
    }
  }

  @Test
  @Provokes(refusal = Refusal.REFRESH_OFF)
  void with_refresh_off_nothing_is_refreshed_and_the_message_says_so() {
    try (Scene off = Scene.with("refresh", "off")) {
      off.visitor().signIn("/orders");
      CallerBean jane = caller(off);
      AccessTokenUnavailableException asked = unavailable(jane::refresh);
      off.clock().advance(EXPIRED);
      AccessTokenUnavailableException expired = unavailable(jane::accessToken);

      assertThat(asked.isLoginRequired()).isTrue();
      assertThat(expired.isLoginRequired()).isTrue();
      assertReported(Refusal.REFRESH_OFF, String.valueOf(asked.getMessage()));
      assertReported(Refusal.REFRESH_OFF, String.valueOf(expired.getMessage()));
      assertThat(jane.isAuthenticated()).isTrue();
      assertThat(off.server().requests(Endpoint.TOKEN)).hasSize(1);
    }
  }

  // Nobody

  @Test
  @Provokes(refusal = Refusal.NOT_SIGNED_IN)
  void nobody_has_nothing() {
    CallerBean nobody = caller();

    assertThat(nobody.isAuthenticated()).isFalse();
    assertThat(nobody.name()).isEmpty();
    assertThat(nobody.provider()).isEmpty();
    assertThat(nobody.roles()).isEmpty();
    assertThat(nobody.scope()).isEmpty();
    assertThat(nobody.claims()).isEmpty();
    assertThat(nobody.accessTokenExpiresAt()).isEmpty();
    assertThat(nobody.csrfToken()).isEmpty();
    assertThat(nobody.logoutOrigin()).isEmpty();
    AccessTokenUnavailableException e = unavailable(nobody::accessToken);
    assertThat(e.isLoginRequired()).isTrue();
    assertReported(Refusal.NOT_SIGNED_IN, String.valueOf(e.getMessage()));
    assertThat(unavailable(nobody::refresh).isLoginRequired()).isTrue();
  }

  // Somebody

  @Test
  void somebody_is_who_the_provider_said() {
    scene.server().approving(User.JANE.with("groups", List.of("staff")));
    CallerBean jane = signedIn();

    assertThat(jane.isAuthenticated()).isTrue();
    assertThat(jane.name()).isEqualTo("j.doe");
    assertThat(jane.provider()).isEqualTo("default");
    assertThat(jane.roles()).containsExactly("staff");
    assertThat(jane.scope()).containsExactly("openid", "profile", "email");
    assertThat(jane.claims())
        .containsEntry("sub", User.JANE.sub())
        .containsEntry("email", "janedoe@example.com")
        .doesNotContainKeys("nonce", "at_hash", "exp");
    assertThat(jane.accessTokenExpiresAt().map(CallerBeanTest::seconds))
        .contains(seconds(scene.clock().instant().plus(Duration.ofHours(1))));
    assertThat(jane.csrfToken()).hasSize(43);
    assertThat(jane.accessToken())
        .isEqualTo(scene.server().lastRequest(Endpoint.USERINFO).bearerToken());
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void what_is_told_cannot_be_changed() {
    CallerBean jane = signedIn();

    assertThatThrownBy(() -> jane.roles().add("admin"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> jane.scope().add("admin"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> jane.claims().put("sub", "x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  // Refreshing

  @Test
  void a_token_that_lives_is_not_refreshed() {
    CallerBean jane = signedIn();
    scene.clock().advance(Duration.ofMinutes(58));

    assertThat(jane.accessToken()).isEqualTo(jane.accessToken());
    assertThat(grants()).containsExactly("authorization_code");
  }

  @Test
  void a_token_that_is_due_is_refreshed_before_it_is_used() {
    CallerBean jane = signedIn();
    String before = jane.accessToken();
    scene.clock().advance(ALMOST_EXPIRED);
    String after = jane.accessToken();

    assertThat(after).isNotEqualTo(before);
    assertThat(caller().accessToken()).isEqualTo(after);
    assertThat(grants()).containsExactly("authorization_code", "refresh_token");
    assertThat(refreshed.fired()).containsExactly(new TokensRefreshed("default", "j.doe"));
  }

  @Test
  void a_refresh_can_be_asked_for() {
    CallerBean jane = signedIn();
    String before = jane.accessToken();
    scene.clock().advance(Duration.ofMinutes(5));
    jane.refresh();

    assertThat(caller().accessToken()).isNotEqualTo(before);
    assertThat(caller().csrfToken()).isEqualTo(jane.csrfToken());
    assertThat(refreshed.fired()).hasSize(1);
  }

  @Test
  void many_requests_share_one_refresh_and_one_event() throws Exception {
    signedIn();
    scene.clock().advance(ALMOST_EXPIRED);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<String>> calls =
        IntStream.range(0, 8).<Callable<String>>mapToObj(i -> caller()::accessToken).toList();
    List<Future<String>> tokens = pool.invokeAll(calls);
    pool.shutdown();

    for (Future<String> token : tokens) {
      assertThat(token.get()).isEqualTo(caller().accessToken());
    }
    assertThat(grants()).containsExactly("authorization_code", "refresh_token");
    assertThat(refreshed.fired()).hasSize(1);
  }

  @Test
  void a_token_that_is_valid_yet_is_good_enough_while_the_provider_is_down() {
    CallerBean jane = signedIn();
    String before = jane.accessToken();
    scene.clock().advance(ALMOST_EXPIRED);
    scene.server().on(Endpoint.TOKEN).always(Answer.empty(503));

    assertThat(jane.accessToken()).isEqualTo(before);
    assertThat(logs.at(Level.WARNING)).isNotEmpty();
    assertThat(refreshed.fired()).isEmpty();
    assertThat(jane.isAuthenticated()).isTrue();
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void an_expired_token_is_not_given_out_and_the_call_may_succeed_later() {
    CallerBean jane = signedIn();
    scene.clock().advance(EXPIRED);
    scene.server().on(Endpoint.TOKEN).once(Answer.empty(503));
    AccessTokenUnavailableException e = unavailable(jane::accessToken);

    assertThat(e.isLoginRequired()).isFalse();
    assertReported(ProviderTrouble.UNEXPECTED_STATUS, String.valueOf(e.getMessage()));
    assertThat(jane.isAuthenticated()).isTrue();
    scene.clock().advance(Duration.ofSeconds(11));
    assertThat(jane.accessToken()).isNotEmpty();
  }

  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void a_refusal_ends_the_session() {
    CallerBean jane = signedIn();
    scene.clock().advance(ALMOST_EXPIRED);
    scene.server().endAllGrants();
    AccessTokenUnavailableException e = unavailable(jane::accessToken);

    assertThat(e.isLoginRequired()).isTrue();
    assertReported(ProviderTrouble.REFRESH_REFUSED, String.valueOf(e.getMessage()));
    assertThat(scene.visitor().session()).matches(MockHttpSession::isInvalid);
    assertThat(jane.isAuthenticated()).isFalse();
    assertThat(loggedOut.fired())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.REFRESH_REFUSED));
  }

  @Test
  void a_refusal_that_many_share_ends_it_once() throws Exception {
    signedIn();
    scene.clock().advance(ALMOST_EXPIRED);
    scene.server().endAllGrants();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<String>> calls =
        IntStream.range(0, 8).<Callable<String>>mapToObj(i -> caller()::accessToken).toList();
    List<Future<String>> tokens = pool.invokeAll(calls);
    pool.shutdown();

    assertThat(tokens).allSatisfy(token -> assertThat(token).failsWithin(Duration.ofSeconds(30)));
    assertThat(loggedOut.fired()).hasSize(1);
  }

  @Test
  void a_refusal_of_old_tokens_ends_no_later_login() {
    CallerBean jane = signedIn();
    MockHttpServletRequest request = Requests.get("/orders");
    request.setSession(scene.visitor().session());
    SignedIn before = Objects.requireNonNull(scene.house().sessions().signedIn(request));
    scene.visitor().goTo(scene.visitor().atProvider(scene.visitor().get("/oauth/login")));

    assertThat(scene.house().sessions().end(request, before)).isFalse();
    assertThat(jane.isAuthenticated()).isTrue();
  }

  @Test
  void a_refusal_of_a_refresh_that_was_asked_for_does_too() {
    CallerBean jane = signedIn();
    scene.server().endAllGrants();

    assertThat(unavailable(jane::refresh).isLoginRequired()).isTrue();
    assertThat(jane.isAuthenticated()).isFalse();
    assertThat(loggedOut.fired()).hasSize(1);
  }

  @Test
  @Provokes(refusal = Refusal.NO_REFRESH_TOKEN)
  void without_a_refresh_token_an_expired_token_needs_a_login() {
    try (Scene plain = Scene.with(options -> options.without(Feature.REFRESH_TOKENS))) {
      plain.visitor().signIn("/orders");
      CallerBean jane = caller(plain);
      assertThat(jane.accessToken()).isNotEmpty();
      plain.clock().advance(EXPIRED);
      AccessTokenUnavailableException e = unavailable(jane::accessToken);

      assertThat(e.isLoginRequired()).isTrue();
      assertReported(Refusal.NO_REFRESH_TOKEN, String.valueOf(e.getMessage()));
      assertThat(jane.isAuthenticated()).isTrue();
    }
  }

  @Test
  void a_logout_during_a_refresh_is_not_undone() throws Exception {
    CallerBean slow = signedIn();
    scene.clock().advance(ALMOST_EXPIRED);
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<String> token = pool.submit(slow::accessToken);
    gate.awaitArrival();
    CallerBean quick = caller();
    scene.house().sessions().end(Requests.get("/"));
    MockHttpServletRequest logout = Requests.get("/oauth/logout");
    logout.setSession(scene.visitor().session());
    scene.house().sessions().end(logout);
    gate.open();

    assertThat(token)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(AccessTokenUnavailableException.class);
    assertThat(quick.isAuthenticated()).isFalse();
    assertThat(refreshed.fired()).isEmpty();
    pool.shutdown();
  }

  /** RF-07: the tokens of before were revoked by the logout, those of after belong to nobody. */
  @Test
  void what_a_refresh_brings_after_a_logout_is_revoked_once_however_many_shared_it()
      throws Exception {
    CallerBean first = signedIn();
    CallerBean second = caller();
    scene.clock().advance(ALMOST_EXPIRED);
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Future<String> one = pool.submit(first::accessToken);
    gate.awaitArrival();
    Future<String> other = pool.submit(second::accessToken);
    MockHttpServletRequest logout = Requests.get("/oauth/logout");
    logout.setSession(scene.visitor().session());
    scene.house().sessions().end(logout);
    gate.open();

    assertThat(one).failsWithin(Duration.ofSeconds(30));
    assertThat(other).failsWithin(Duration.ofSeconds(30));
    assertThat(scene.server().requests(Endpoint.REVOCATION))
        .extracting(request -> request.form().get("token_type_hint"))
        .containsExactly("refresh_token", "access_token");
    pool.shutdown();
  }

  @Test
  void an_observer_that_throws_takes_nobody_the_token() {
    CallerBean jane = signedIn();
    jane.tokensRefreshed = new Observed<>(new IllegalStateException("broken observer"));
    scene.clock().advance(ALMOST_EXPIRED);

    assertThat(jane.accessToken()).isNotEmpty();
  }

  @Test
  void no_message_has_a_token() {
    CallerBean jane = signedIn();
    String token = jane.accessToken();
    scene.clock().advance(EXPIRED);
    scene.server().endAllGrants();
    AccessTokenUnavailableException e = unavailable(jane::accessToken);
    String refreshToken =
        String.valueOf(scene.server().lastRequest(Endpoint.TOKEN).form().get("refresh_token"));

    assertThat(refreshToken).hasSizeGreaterThan(10);
    assertThat(logs.text() + e).doesNotContain(token, refreshToken, Houses.CLIENT_SECRET);
  }

  @Test
  void without_CDI_there_is_nobody_to_speak_of() {
    assertThatThrownBy(() -> new CallerBean().isAuthenticated())
        .isInstanceOf(IllegalStateException.class);
  }
}
