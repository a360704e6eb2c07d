package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.Cookie;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.Provokes;
import org.vestibule.api.LoggedIn;
import org.vestibule.api.LoginFailed;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;
import org.vestibule.shared.TwoNodes;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.User;

class CallbackServletTest {

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  /** The path and query of the callback that the provider sends the visitor to. */
  private String callback() {
    return callback(visitor, "/orders");
  }

  private static String callback(Visitor visitor, String page) {
    return path(visitor.atProvider(visitor.get(page)));
  }

  private static String path(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath().substring(Houses.CONTEXT_PATH.length()) + "?" + uri.getRawQuery();
  }

  private static String with(String callback, String name, String value) {
    return callback.replaceFirst("([?&]" + name + "=)[^&]*", "$1" + value);
  }

  private static String without(String callback, String name) {
    return callback
        .replaceFirst("[?&]" + name + "=[^&]*", "")
        .replaceFirst("callback&", "callback?");
  }

  /** Refused without a word to the provider, and nothing else was changed. */
  private void assertRejected(MockHttpServletResponse response) {
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getHeader("Location")).isNull();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(scene.server().requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.session()).isNull();
  }

  private void assertRejected(MockHttpServletResponse response, Failure because) {
    assertRejected(response);
    assertReported(because, logs.text());
  }

  private static String body(MockHttpServletResponse response) {
    try {
      return response.getContentAsString();
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /** With what the application keeps there for somebody else. */
  @Test
  @Provokes(trouble = ProviderTrouble.SHARED_STATE)
  void nobody_is_put_into_a_session_that_cannot_be_read() {
    TwoNodes engine = new TwoNodes();
    Visitor jane = new Visitor(scene.node(engine));
    jane.signIn("/orders");
    Objects.requireNonNull(jane.session()).invalidate();
    String callback = callback(jane, "/orders");
    scene.server().forgetRequests();

    engine.away(true);
    assertThat(jane.get(callback).getStatus()).isEqualTo(503);
    assertThat(scene.server().requests(Endpoint.TOKEN)).isEmpty();
    assertReported(ProviderTrouble.SHARED_STATE, logs.text());

    engine.away(false);
    scene.clock().advance(Duration.ofSeconds(6));
    assertThat(jane.get(callback).getHeader("Location")).isEqualTo("/app/orders");
  }

  @ParameterizedTest
  @CsvSource({
    "keep, /app/orders, /app/orders",
    "drop, /app/orders, /app/orders#",
    "drop, /app/orders%23/7, /app/orders#/7"
  })
  void a_fragment_of_the_provider_goes_no_further_where_that_is_set(
      String setting, String page, String location) {
    try (Scene facebook = Scene.with("callback-fragment", setting)) {
      Visitor jane = facebook.visitor();
      String callback = jane.atProvider(jane.get("/oauth/login?return=" + page));

      assertThat(jane.goTo(callback).getHeader("Location")).isEqualTo(location);
    }
  }

  // The answer itself

  @Test
  @Provokes(Violation.STATE_MISSING)
  void an_answer_without_state_belongs_to_nobody() {
    String callback = callback();

    assertRejected(visitor.get(without(callback, "state")), Violation.STATE_MISSING);
    assertRejected(visitor.get(with(callback, "state", "")), Violation.STATE_MISSING);
    assertRejected(visitor.get("/oauth/callback"), Violation.STATE_MISSING);
    assertRejected(visitor.get("/oauth/callback?"), Violation.STATE_MISSING);
    assertRejected(visitor.get("/oauth/callback?error=access_denied"), Violation.STATE_MISSING);
    assertThat(visitor.get(callback).getStatus()).isEqualTo(303);
  }

  @Test
  @Provokes(Violation.STATE_UNKNOWN)
  void an_answer_that_another_browser_waits_for_is_refused() {
    String attackers = callback(visitor.neighbour(), "/orders");

    assertRejected(visitor.get(attackers), Violation.STATE_UNKNOWN);
  }

  @Test
  @Provokes(Violation.STATE_UNKNOWN)
  void an_answer_for_a_state_that_nobody_sent_is_refused() {
    assertRejected(
        visitor.get("/oauth/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj"),
        Violation.STATE_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "state", "iss"})
  @Provokes(Violation.CALLBACK_PARAMETER_REPEATED)
  void a_parameter_comes_once(String name) {
    String callback = callback();

    assertRejected(
        visitor.get(callback + "&" + name + "=x"), Violation.CALLBACK_PARAMETER_REPEATED);
    assertThat(visitor.get(callback).getStatus()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%c0%ae", "%ff", "a%0"})
  @Provokes(Violation.CALLBACK_MALFORMED)
  void an_answer_that_cannot_be_decoded_is_refused(String code) {
    String callback = callback();

    assertRejected(visitor.get(with(callback, "code", code)), Violation.CALLBACK_MALFORMED);
    assertThat(visitor.get(callback).getStatus()).isEqualTo(303);
  }

  @Test
  void what_nobody_knows_is_ignored() {
    String more = IntStream.range(0, 50).mapToObj(i -> "&x" + i + "=y").reduce("", String::concat);

    assertThat(visitor.get(callback() + "&session_state=z&authuser=0" + more).getStatus())
        .isEqualTo(303);
  }

  @Test
  void a_very_long_answer_is_refused() {
    assertRejected(visitor.get("/oauth/callback?state=" + "x".repeat(1_000_000)));
  }

  @Test
  @Provokes(Violation.ISSUER_MISMATCH)
  void an_answer_of_another_issuer_uses_the_login_up() {
    String callback = callback();

    assertRejected(
        visitor.get(with(callback, "iss", "https%3A%2F%2Fevil.example")),
        Violation.ISSUER_MISMATCH);
    assertRejected(visitor.get(callback));
  }

  // Once

  @Test
  void an_answer_works_once() {
    String callback = callback();
    Visitor thief = visitor.neighbour();
    thief.cookies().putAll(visitor.cookies());
    visitor.get(callback);
    scene.server().forgetRequests();

    assertThat(thief.get(callback).getHeader("Set-Cookie")).isNotNull();
    assertThat(thief.session()).isNull();
    assertThat(scene.server().requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  @Provokes(Violation.STATE_USED)
  void an_answer_that_was_used_is_known() {
    String callback = callback();
    Visitor thief = visitor.neighbour();
    thief.cookies().putAll(visitor.cookies());
    visitor.get(callback);
    thief.get(callback);

    assertReported(Violation.STATE_USED, logs.text());
  }

  @Test
  void of_thirty_at_once_one_gets_in() throws Exception {
    String callback = callback();
    List<Cookie> cookies = List.copyOf(visitor.cookies().values());
    ExecutorService pool = Executors.newFixedThreadPool(30);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<MockHttpServletResponse>> answers =
        IntStream.range(0, 30)
            .mapToObj(
                i -> {
                  Visitor tab = visitor.neighbour();
                  cookies.forEach(cookie -> tab.cookies().put(cookie.getName(), cookie));
                  return pool.submit(
                      () -> {
                        start.await();
                        return tab.get(callback);
                      });
                })
            .toList();
    start.countDown();
    long in = 0;
    for (Future<MockHttpServletResponse> answer : answers) {
      in += "/app/orders".equals(answer.get().getHeader("Location")) ? 1 : 0;
    }
    pool.shutdown();

    assertThat(in).isOne();
    assertThat(scene.server().requests(Endpoint.TOKEN)).hasSize(1);
  }

  // Stale answers: where to, and never a loop

  @Test
  void whoever_is_signed_in_goes_on_with_a_stale_answer() {
    String stale = callback(visitor, "/basket");
    List<Cookie> cookies = List.copyOf(visitor.cookies().values());
    visitor.get(stale);
    cookies.forEach(cookie -> visitor.cookies().put(cookie.getName(), cookie));
    MockHttpServletResponse known = visitor.get(stale);
    MockHttpServletResponse unknown = visitor.get(stale);

    assertThat(known.getStatus()).isEqualTo(303);
    assertThat(known.getHeader("Location")).isEqualTo("/app/basket");
    assertThat(unknown.getStatus()).isEqualTo(303);
    assertThat(unknown.getHeader("Location")).isEqualTo("/app/");
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  @Provokes(Violation.LOGIN_EXPIRED)
  void who_comes_late_starts_afresh_and_gets_where_they_wanted() {
    String late = callback(visitor, "/basket?item=7");
    scene.clock().advance(Duration.ofMinutes(10).plusSeconds(1));
    MockHttpServletResponse fresh = visitor.get(late);

    assertReported(Violation.LOGIN_EXPIRED, logs.text());
    assertThat(fresh.getStatus()).isEqualTo(302);
    assertThat(fresh.getHeader("Location"))
        .startsWith(scene.server().url(Endpoint.AUTHORIZATION) + "?");
    assertThat(scene.server().requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.goTo(visitor.atProvider(fresh)).getHeader("Location"))
        .isEqualTo("/app/basket?item=7");
    assertThat(visitor.cookiesOfLogins()).isEmpty();
  }

  @Test
  void a_fresh_start_is_made_once() {
    visitor.get(late());
    MockHttpServletResponse second = visitor.get(late());

    assertRejected(second);
    assertThat(body(second)).contains("Try again");
  }

  @Test
  void after_a_login_there_may_be_another_fresh_start() {
    visitor.goTo(visitor.atProvider(visitor.get(late())));
    visitor.adopt(new MockHttpSession());

    assertThat(visitor.get(late()).getStatus()).isEqualTo(302);
  }

  @Test
  void the_second_of_two_clicks_starts_afresh() {
    String callback = callback();
    List<Cookie> cookies = List.copyOf(visitor.cookies().values());
    Visitor tab = visitor.neighbour();
    cookies.forEach(cookie -> tab.cookies().put(cookie.getName(), cookie));
    visitor.get(callback);

    assertThat(tab.get(callback).getStatus()).isEqualTo(302);
  }

  @Test
  void a_browser_that_keeps_no_cookies_is_told_so_and_does_not_loop() {
    visitor.blockCookies();
    MockHttpServletResponse response = visitor.get(callback());

    assertRejected(response);
    assertThat(body(response)).contains("cookies are blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSESSIONID", "theme", "other-app-login-x"})
  void cookies_of_others_do_not_show_that_ours_are_kept(String name) {
    String callback = callback(visitor.neighbour(), "/orders");
    visitor.cookies().put(name, new Cookie(name, "x"));

    assertRejected(visitor.get(callback));
  }

  @Test
  void a_login_in_another_tab_shows_it() {
    String unknown = callback(visitor.neighbour(), "/orders");
    visitor.get("/basket");

    assertThat(visitor.get(unknown).getStatus()).isEqualTo(302);
  }

  @Test
  void a_script_is_not_started_afresh() {
    assertRejected(visitor.send(Requests.fetch(late())));
  }

  @Test
  void a_provider_that_is_down_by_now_is_said_so() {
    String late = late();
    Visitor elsewhere = new Visitor(scene.restarted());
    elsewhere.cookies().putAll(visitor.cookies());
    scene.server().on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(503));
    scene.server().on(Endpoint.OAUTH_METADATA).always(Answer.empty(503));

    assertThat(elsewhere.get(late).getStatus()).isEqualTo(502);
  }

  private String late() {
    String late = callback();
    scene.clock().advance(Duration.ofMinutes(10).plusSeconds(1));
    return late;
  }

  // Who said no

  @Test
  @Provokes(refusal = Refusal.ACCESS_DENIED)
  void a_user_who_said_no_is_asked_whether_to_try_again() {
    scene.server().denying();
    String denied = callback(visitor, "/basket");
    MockHttpServletResponse response = visitor.get(denied);

    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(body(response)).contains("Try again", "href=\"/app/basket\"");
    assertReported(Refusal.ACCESS_DENIED, logs.text());
    assertThat(scene.server().requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.cookiesOfLogins()).isEmpty();
  }

  @Test
  void an_error_uses_the_login_up() {
    scene.server().denying();
    String denied = callback();
    visitor.get(denied);
    String code = denied.replaceFirst("error=[^&]*", "code=SplxlOBeZQQYbYS6WxSbIA");

    assertRejected(visitor.get(code));
  }

  @Test
  void an_error_of_a_stranger_does_not() {
    String callback = callback();

    assertThat(visitor.get("/oauth/callback?error=access_denied&state=wrong").getStatus())
        .isEqualTo(302);
    assertThat(visitor.get(callback).getStatus()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server_error", "temporarily_unavailable"})
  @Provokes(refusal = Refusal.PROVIDER_UNAVAILABLE)
  void a_provider_that_cannot_now_is_unavailable(String error) {
    MockHttpServletResponse response = refusedWith(error);

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeader("Retry-After")).isNotNull();
    assertReported(Refusal.PROVIDER_UNAVAILABLE, logs.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_scope", "login_required", "unauthorized_client", "x", "%3Cb%3E"})
  @Provokes(refusal = Refusal.AUTHORIZATION_REFUSED)
  void whatever_else_a_provider_refuses_is_not_tried_again_by_itself(String error) {
    MockHttpServletResponse response = refusedWith(error);

    assertRejected(response, Refusal.AUTHORIZATION_REFUSED);
  }

  @Test
  @Provokes(refusal = Refusal.AUTHORIZATION_REFUSED)
  void what_a_provider_says_is_not_shown() {
    String evil =
        "invalid_scope&error_description=%3Cscript%3Ealert(1)%3C/script%3E%0d%0aFAKE"
            + "&error_uri=javascript:alert(1)";
    MockHttpServletResponse response = refusedWith(evil);

    assertRejected(response, Refusal.AUTHORIZATION_REFUSED);
    assertThat(body(response)).doesNotContain("<script", "javascript:", "FAKE", "invalid_scope");
    assertThat(logs.text()).doesNotContain("\r").doesNotContainPattern("(?m)^FAKE");
  }

  private MockHttpServletResponse refusedWith(String error) {
    String callback = callback();
    return visitor.get(with(callback, "code", "").replaceFirst("code=", "error=" + error));
  }

  // The provider

  @Test
  @Provokes(refusal = Refusal.PROVIDER_UNKNOWN)
  void a_provider_that_was_taken_away_meanwhile_is_unknown() {
    String callback = callback();
    Visitor later =
        new Visitor(scene.restarted("providers", "other", "provider.other.issuer", Houses.ISSUER));
    later.cookies().putAll(visitor.cookies());

    assertThat(later.get(callback).getStatus()).isEqualTo(404);
    assertReported(Refusal.PROVIDER_UNKNOWN, logs.text());
  }

  /** The code and the verifier are for the server that was asked. */
  @Test
  @Provokes(refusal = Refusal.PROVIDER_UNKNOWN)
  void another_server_under_the_same_name_is_sent_no_code() {
    String callback = callback();
    Visitor later =
        new Visitor(scene.restarted("token-endpoint", scene.server().url(Endpoint.TOKEN)));
    later.cookies().putAll(visitor.cookies());

    assertThat(later.get(callback).getStatus()).isEqualTo(404);
    assertReported(Refusal.PROVIDER_UNKNOWN, logs.text());
    assertThat(scene.server().requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  @Provokes(trouble = ProviderTrouble.CODE_REFUSED)
  void a_code_that_the_provider_refuses_signs_nobody_in() {
    MockHttpServletResponse response =
        visitor.get(with(callback(), "code", "SplxlOBeZQQYbYS6WxSbIA"));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(visitor.session()).isNull();
    assertReported(ProviderTrouble.CODE_REFUSED, logs.text());
  }

  @Test
  void a_provider_in_trouble_says_when_to_come_again() {
    scene.server().on(Endpoint.TOKEN).always(Answer.empty(500));
    MockHttpServletResponse response = visitor.get(callback());

    assertThat(response.getStatus()).isEqualTo(502);
    assertThat(response.getHeader("Retry-After")).isEqualTo("10");
    assertThat(visitor.session()).isNull();
  }

  @Test
  void another_node_with_the_same_secret_finishes_the_login() {
    String callback = callback();
    Visitor otherNode = new Visitor(scene.restarted());
    otherNode.cookies().putAll(visitor.cookies());

    assertThat(otherNode.get(callback).getHeader("Location")).isEqualTo("/app/orders");
  }

  @Test
  void two_tabs_finish_in_any_order_each_at_its_own_page() {
    String first = callback(visitor, "/first");
    String second = callback(visitor, "/second");

    assertThat(visitor.get(second).getHeader("Location")).isEqualTo("/app/second");
    assertThat(visitor.get(first).getHeader("Location")).isEqualTo("/app/first");
  }

  // Methods and bodies

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get"})
  @Provokes(refusal = Refusal.METHOD_NOT_ALLOWED)
  void other_methods_use_nothing_up(String method) {
    String callback = callback();
    MockHttpServletResponse response = visitor.send(Requests.navigation(method, callback));

    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getHeader("Allow")).isEqualTo("GET, POST");
    assertReported(Refusal.METHOD_NOT_ALLOWED, logs.text());
    assertThat(visitor.get(callback).getStatus()).isEqualTo(303);
  }

  @Test
  @Provokes(Violation.CALLBACK_MALFORMED)
  void a_form_is_not_what_was_agreed_on() {
    String callback = callback();

    assertRejected(
        visitor.send(form("/oauth/callback", callback.replaceFirst(".*\\?", ""))),
        Violation.CALLBACK_MALFORMED);
    assertThat(visitor.get(callback).getStatus()).isEqualTo(303);
  }

  @Test
  void where_a_form_was_agreed_on_it_is() {
    try (Scene posting = formPost()) {
      Visitor poster = posting.visitor();
      String query = callback(poster, "/orders").replaceFirst(".*\\?", "");
      MockHttpServletResponse response = poster.send(form("/oauth/callback", query));

      assertThat(response.getStatus()).isEqualTo(303);
      assertThat(response.getHeader("Location")).isEqualTo("/app/orders");
      assertThat(poster.cookiesOfLogins()).isEmpty();
    }
  }

  @Test
  @Provokes(Violation.CALLBACK_MALFORMED)
  void and_a_query_is_not() {
    try (Scene posting = formPost()) {
      Visitor poster = posting.visitor();
      String callback = callback(poster, "/orders");

      assertThat(poster.get(callback).getStatus()).isEqualTo(400);
      assertReported(Violation.CALLBACK_MALFORMED, logs.text());
      assertThat(poster.cookies()).hasSize(1);
    }
  }

  @Test
  void query_and_body_are_never_mixed() {
    try (Scene posting = formPost()) {
      Visitor poster = posting.visitor();
      String callback = callback(poster, "/orders");
      String code = callback.replaceFirst(".*[?&](code=[^&]*).*", "$1");
      String rest = without(callback, "code").replaceFirst(".*\\?", "");

      assertThat(poster.send(form("/oauth/callback?" + code, rest)).getStatus()).isEqualTo(400);
      assertThat(poster.session()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/json",
    "multipart/form-data; boundary=x",
    "''",
    "application/x-www-form-urlencodedx",
    "text/html"
  })
  @Provokes(Violation.CALLBACK_MALFORMED)
  void a_body_of_another_type_is_not_read(String type) {
    MockHttpServletRequest request = form("/oauth/callback", "state=x&code=y");
    request.setContentType(type.isEmpty() ? null : type);

    assertRejected(visitor.send(request), Violation.CALLBACK_MALFORMED);
  }

  @Test
  @Provokes(Violation.CALLBACK_MALFORMED)
  void a_body_that_is_too_large_is_not_read_to_its_end() {
    assertRejected(
        visitor.send(form("/oauth/callback", "state=" + "x".repeat(65_531))),
        Violation.CALLBACK_MALFORMED);
  }

  private static Scene formPost() {
    return Scene.with("response-mode", "form_post", "public-url", "https://localhost");
  }

  private static MockHttpServletRequest form(String pathAndQuery, String body) {
    MockHttpServletRequest request = Requests.navigation("POST", pathAndQuery);
    request.setContentType("application/x-www-form-urlencoded;charset=UTF-8");
    request.setContent(body.getBytes(ISO_8859_1));
    return request;
  }

  // The session

  @Test
  void a_session_that_was_planted_is_not_the_one_that_is_signed_in() {
    MockHttpSession planted = new MockHttpSession();
    String id = planted.getId();
    visitor.adopt(planted);
    visitor.signIn("/orders");

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
    assertThat(planted.getId()).isNotEqualTo(id);
  }

  @Test
  void somebody_else_in_the_same_browser_gets_a_session_of_their_own() {
    visitor.signIn("/orders");
    MockHttpSession janes = visitor.session();
    scene.server().approving(User.named("john"));
    visitor.goTo(visitor.atProvider(visitor.get("/oauth/login")));

    assertThat(janes).matches(MockHttpSession::isInvalid);
    visitor.get("/orders");
    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("john");
  }

  @Test
  void a_failed_login_leaves_the_session_alone() {
    visitor.signIn("/orders");
    scene.server().on(Endpoint.TOKEN).once(Answer.error(400, "invalid_grant"));
    visitor.goTo(visitor.atProvider(visitor.get("/oauth/login")));
    visitor.get("/orders");

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
  }

  @Test
  void nobody_is_signed_in_before_the_tokens_are_checked() throws Exception {
    String callback = callback();
    Gate gate = scene.server().on(Endpoint.USERINFO).gate();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<MockHttpServletResponse> arrival = pool.submit(() -> visitor.get(callback));
    gate.awaitArrival();
    assertThat(visitor.session()).isNull();
    gate.open();

    assertThat(arrival.get().getStatus()).isEqualTo(303);
    assertThat(visitor.session()).isNotNull();
    pool.shutdown();
  }

  // Who is told

  @Test
  void the_application_is_told_who_signed_in() {
    Observed<LoggedIn> observed = new Observed<>();
    CallbackServlet servlet = new CallbackServlet();
    servlet.loggedIn = observed;
    visitor.serve("/oauth/callback", servlet);
    visitor.signIn("/orders");

    assertThat(observed.fired())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.provider()).isEqualTo("default");
              assertThat(event.name()).isEqualTo("j.doe");
              assertThat(event.claims())
                  .containsEntry("sub", User.JANE.sub())
                  .containsEntry("email", "janedoe@example.com");
            });
  }

  @Test
  void the_application_is_told_what_failed() {
    Observed<LoginFailed> observed = new Observed<>();
    CallbackServlet servlet = new CallbackServlet();
    servlet.loginFailed = observed;
    visitor.serve("/oauth/callback", servlet);
    scene.server().denying();
    MockHttpServletResponse response = visitor.get(callback());

    assertThat(observed.fired())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.provider()).isEqualTo("default");
              assertThat(event.code()).isEqualTo(Refusal.ACCESS_DENIED.code());
              assertThat(body(response)).contains(event.correlationId());
              assertThat(logs.text()).contains(event.correlationId());
            });
  }

  @Test
  void an_observer_that_throws_undoes_nothing() {
    CallbackServlet servlet = new CallbackServlet();
    servlet.loggedIn = new Observed<>(new IllegalStateException("broken observer"));
    visitor.serve("/oauth/callback", servlet);
    visitor.signIn("/orders");

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
    assertThat(logs.text()).contains("broken observer");
  }

  // Secrets

  @Test
  void nothing_secret_is_logged_or_shown() {
    String callback = callback();
    String code = callback.replaceFirst(".*[?&]code=([^&]*).*", "$1");
    String state = callback.replaceFirst(".*[?&]state=([^&]*).*", "$1");
    String cookie = visitor.cookies().values().iterator().next().getValue();
    String shown =
        body(visitor.get(callback + "&code=x"))
            + body(visitor.get(with(callback, "iss", "x")))
            + body(visitor.get(callback))
            + body(visitor.signIn("/orders"));
    String token = scene.server().lastRequest(Endpoint.USERINFO).bearerToken();

    assertThat(shown + logs.text())
        .doesNotContain(code, state, cookie, Houses.CLIENT_SECRET)
        .doesNotContain(String.valueOf(token))
        .doesNotContain(
            String.valueOf(scene.server().lastRequest(Endpoint.TOKEN).form().get("code_verifier")));
  }

  @Test
  void a_thousand_made_up_answers_make_a_short_line_each_and_no_warning() {
    for (int i = 0; i < 1_000; i++) {
      scene.visitor().get("/oauth/callback?code=" + "x".repeat(1_000) + "&state=" + i);
    }

    assertThat(logs.at(Level.WARNING)).isEmpty();
    assertThat(logs.at(Level.SEVERE)).isEmpty();
    assertThat(logs.at(Level.INFO)).hasSize(1_000).allMatch(line -> line.length() < 400);
  }
}
