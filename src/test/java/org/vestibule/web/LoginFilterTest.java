package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Lines;
import org.vestibule.testing.User;

class LoginFilterTest {

  private static final String[] SOME_PUBLIC = {"public-paths", "/about,/public/*"};

  private final Scene scene = Scene.with(SOME_PUBLIC);
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  private void assertNothingGotThrough(MockHttpServletResponse response) {
    assertThat(visitor.served()).isEmpty();
    assertThat(body(response)).doesNotContain(Visitor.APPLICATION);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(visitor.session()).isNull();
  }

  // Paths

  /** A line: the verdict, the request line's path, and what the container makes of it. */
  @Test
  void a_path_is_decided_about_as_the_container_reads_it() {
    assertThat(Lines.of(LoginFilterTest.class, "request-paths.txt"))
        .hasSizeGreaterThan(100)
        .allSatisfy(line -> assertDecided(line.split("\\s{2,}|(?<=refused)\\s", 3)));
  }

  private void assertDecided(String... columns) {
    for (String method : List.of("GET", "POST", "HEAD")) {
      MockHttpServletResponse response =
          decide(method, Lines.decode(columns[1]), Lines.decode(columns[2]));

      assertThat(verdict(response)).as(method).isEqualTo(columns[0]);
    }
  }

  private MockHttpServletResponse decide(String method, String uri, String servletPath) {
    MockHttpServletRequest request = Requests.raw(method, uri, servletPath);
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      new LoginFilter(new CurrentVestibule(scene.house())).doFilter(request, response, chain());
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    return response;
  }

  private static FilterChain chain() {
    return (request, response) -> ((MockHttpServletResponse) response).setStatus(299);
  }

  private static String verdict(MockHttpServletResponse response) {
    return switch (response.getStatus()) {
      case 299 -> "served";
      case 302, 303 -> "asked";
      case 400 -> "refused";
      default -> String.valueOf(response.getStatus());
    };
  }

  @Test
  @Provokes(refusal = Refusal.PATH_REFUSED)
  void a_path_that_can_be_read_in_two_ways_is_refused() {
    MockHttpServletResponse response =
        visitor.send(Requests.raw("GET", "/app/public/..;/orders", "/public/../orders"));

    assertThat(response.getStatus()).isEqualTo(400);
    assertNothingGotThrough(response);
    assertReported(Refusal.PATH_REFUSED, logs.text());
  }

  @Test
  void it_is_refused_for_those_who_are_signed_in_too() {
    visitor.signIn("/orders");

    assertThat(visitor.send(Requests.raw("GET", "/app/public/..;/x", "/public/../x")).getStatus())
        .isEqualTo(400);
  }

  @Test
  void whoever_is_signed_in_may_use_path_parameters() {
    visitor.signIn("/orders");

    assertThat(visitor.send(Requests.raw("GET", "/app/orders;v=1", "/orders")).getStatus())
        .isEqualTo(200);
  }

  // Strangers

  @Test
  void a_navigation_goes_to_the_provider() {
    MockHttpServletResponse response = visitor.get("/orders");

    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location"))
        .startsWith(scene.server().url(Endpoint.AUTHORIZATION) + "?response_type=code");
    assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(body(response)).isEmpty();
    assertNothingGotThrough(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get"})
  void any_other_method_is_protected_alike_and_ends_in_a_GET(String method) {
    MockHttpServletRequest request = Requests.navigation(method, "/orders");
    request.addHeader("X-HTTP-Method-Override", "GET");
    request.setContent("item=7".getBytes(UTF_8));
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getHeader("Location")).doesNotContain("item");
    assertNothingGotThrough(response);
  }

  @Test
  void a_script_is_told_so_and_nothing_begins() {
    MockHttpServletResponse response = visitor.send(Requests.fetch("/orders"));

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Login url=\"/app/oauth/login\"");
    assertThat(response.getContentType()).isEqualTo("application/json");
    assertThat(body(response))
        .isIn(
            "{\"error\":\"login_required\",\"login_url\":\"/app/oauth/login\"}",
            "{\"login_url\":\"/app/oauth/login\",\"error\":\"login_required\"}");
    assertThat(response.getHeader("Location")).isNull();
    assertThat(visitor.cookies()).isEmpty();
    assertNothingGotThrough(response);
  }

  @Test
  void a_faces_script_is_redirected_in_its_own_way() {
    MockHttpServletRequest request = Requests.fetch("/orders.xhtml");
    request.addHeader("Faces-Request", "partial/ajax");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("text/xml;charset=UTF-8");
    assertThat(body(response))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<partial-response><redirect url=\"/app/oauth/login\"/></partial-response>");
    assertThat(visitor.cookies()).isEmpty();
    assertNothingGotThrough(response);
  }

  @Test
  void an_htmx_script_is_redirected_in_its_own_way() {
    MockHttpServletRequest request = Requests.fetch("/orders");
    request.addHeader("HX-Request", "true");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(response.getHeader("HX-Redirect")).isEqualTo("/app/oauth/login");
    assertThat(visitor.cookies()).isEmpty();
    assertNothingGotThrough(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "script", "iframe", "websocket"})
  void what_nobody_looks_at_begins_no_login(String destination) {
    MockHttpServletRequest request = Requests.request("GET", "/orders");
    request.addHeader("Sec-Fetch-Mode", destination.equals("iframe") ? "navigate" : "no-cors");
    request.addHeader("Sec-Fetch-Dest", destination);
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Login");
    assertThat(body(response)).isEmpty();
    assertThat(visitor.cookies()).isEmpty();
    assertNothingGotThrough(response);
  }

  @Test
  void a_thousand_polls_begin_nothing() {
    IntStream.range(0, 1_000).forEach(i -> visitor.send(Requests.fetch("/orders")));

    assertThat(visitor.cookies()).isEmpty();
    assertThat(visitor.session()).isNull();
  }

  @Test
  void a_thousand_navigations_leave_eight_pending_logins_in_the_browser_and_nothing_here() {
    IntStream.range(0, 1_000).forEach(i -> visitor.get("/orders?i=" + i));

    assertThat(visitor.cookies()).hasSize(8);
    assertThat(visitor.session()).isNull();
    assertThat(visitor.goTo(visitor.atProvider(visitor.get("/orders"))).getStatus()).isEqualTo(303);
  }

  @Test
  void public_pages_are_for_everybody_and_begin_nothing() {
    MockHttpServletResponse response = visitor.get("/public/logo.svg");

    assertThat(body(response)).isEqualTo(Visitor.APPLICATION);
    assertThat(response.getHeader("Cache-Control")).isNull();
    assertThat(visitor.cookies()).isEmpty();
    assertThat(visitor.session()).isNull();
    assertThat(visitor.lastServed().getUserPrincipal()).isNull();
    assertThat(visitor.lastServed().getRemoteUser()).isNull();
  }

  @Test
  void parameters_of_the_page_do_not_get_into_the_authorization_request() {
    MockHttpServletResponse response =
        visitor.get(
            "/orders?scope=admin&prompt=none&client_id=evil&request=x&login_hint=y"
                + "&redirect_uri=https://evil.example");

    assertThat(response.getHeader("Location"))
        .doesNotContain("evil", "admin", "prompt", "login_hint", "request=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-User", "Remote-User", "X-Remote-User", "OIDC_CLAIM_sub", "OIDC-CLAIM-sub",
        "X-Forwarded-Uri", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-For", "Authorization",
        "X-Forwarded-Prefix", "If-None-Match", "Range", "X-HTTP-Method-Override"
      })
  void no_header_opens_a_door(String header) {
    MockHttpServletRequest request = Requests.get("/orders");
    request.addHeader(header, header.equals("Range") ? "bytes=0-9" : "/public/x");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(302);
    assertNothingGotThrough(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "=", "__Host-", "\u00e4", "JSESSIONID", "vestibule-app-login-"})
  void no_cookie_does_either(String name) {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setCookies(
        IntStream.range(0, 200)
            .mapToObj(i -> new Cookie("vestibule-app-login-%022d".formatted(i), "x" + name))
            .toArray(Cookie[]::new));
    request.setRequestedSessionId("attacker");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(302);
    assertNothingGotThrough(response);
  }

  @Test
  void two_browsers_never_get_the_same_redirection() {
    assertThat(
            Stream.generate(() -> visitor.neighbour().get("/orders").getHeader("Location"))
                .limit(200)
                .map(location -> location.replaceFirst(".*[?&]state=([^&]*).*", "$1")))
        .doesNotHaveDuplicates()
        .allMatch(state -> state.length() == 43);
  }

  // Those who are signed in

  @Test
  void the_application_sees_the_caller() {
    scene.server().approving(User.JANE.with("groups", List.of("staff", "night")));
    visitor.signIn("/orders");
    HttpServletRequest request = visitor.lastServed();

    assertThat(request.getUserPrincipal().getName()).isEqualTo("j.doe");
    assertThat(request.getRemoteUser()).isEqualTo("j.doe");
    assertThat(request.getAuthType()).isEqualTo("OAUTH");
    assertThat(request.isUserInRole("staff")).isTrue();
    assertThat(request.isUserInRole("night")).isTrue();
    assertThat(request.isUserInRole("Staff")).isFalse();
    assertThat(request.isUserInRole("admin")).isFalse();
  }

  @Test
  void on_public_pages_too() {
    visitor.signIn("/orders");
    visitor.get("/public/x");

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
  }

  @Test
  void protected_pages_are_not_kept_by_anybody() {
    visitor.signIn("/orders");

    assertThat(visitor.get("/orders").getHeader("Cache-Control")).isEqualTo("private, no-store");
    assertThat(visitor.get("/public/x").getHeader("Cache-Control")).isNull();
  }

  @Test
  void after_the_longest_time_they_are_asked_again() {
    visitor.signIn("/orders");
    scene.clock().advance(Duration.ofHours(12));

    assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
  }

  // Error pages

  @Test
  void an_error_page_is_shown_to_everybody() {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setDispatcherType(DispatcherType.ERROR);

    assertThat(body(visitor.send(request))).isEqualTo(Visitor.APPLICATION);
    assertThat(visitor.lastServed().getRemoteUser()).isNull();
  }

  @Test
  void an_error_page_knows_who_is_signed_in() {
    visitor.signIn("/orders");
    MockHttpServletRequest request = Requests.get("/orders");
    request.setDispatcherType(DispatcherType.ERROR);
    visitor.send(request);

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
  }

  // What is not as it should be

  @Test
  @Provokes(refusal = Refusal.NOT_CONFIGURED)
  void a_configuration_that_cannot_work_closes_what_is_protected_and_nothing_else() {
    Visitor other =
        new Visitor(Houses.usual("issuer", "http://evil.example", SOME_PUBLIC[0], SOME_PUBLIC[1]));
    MockHttpServletResponse closed = other.get("/orders");

    assertThat(closed.getStatus()).isEqualTo(503);
    assertThat(body(closed)).contains("Sign-in is not set up").doesNotContain("issuer");
    assertThat(other.served()).isEmpty();
    assertThat(body(other.get("/public/x"))).isEqualTo(Visitor.APPLICATION);
    assertReported(Refusal.NOT_CONFIGURED, logs.text());
  }

  @Test
  @Provokes(refusal = Refusal.PUBLIC_URL_UNKNOWN)
  void a_host_name_from_the_request_is_not_where_the_code_goes() {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setServerName("evil.example");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getHeader("Location")).isNull();
    assertThat(body(response)).doesNotContain("evil.example");
    assertReported(Refusal.PUBLIC_URL_UNKNOWN, logs.text());
    assertThat(logs.text()).contains("set oauth.public-url=https://");
    assertNothingGotThrough(response);
  }

  @Test
  void a_provider_that_is_down_closes_what_is_protected() {
    scene.server().on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(503));
    scene.server().on(Endpoint.OAUTH_METADATA).always(Answer.empty(503));
    MockHttpServletResponse response = visitor.get("/orders");

    assertThat(response.getStatus()).isEqualTo(502);
    assertThat(response.getHeader("Retry-After")).isEqualTo("10");
    assertThat(body(response)).contains("href=\"/app/orders\"");
    assertNothingGotThrough(response);
  }

  @Test
  void a_filter_without_a_house_starts_and_lets_nobody_in() throws Exception {
    LoginFilter filter = new LoginFilter();
    MockFilterChain chain = new MockFilterChain();
    filter.init(new MockFilterConfig(new MockServletContext()));

    assertThatThrownBy(
            () -> filter.doFilter(Requests.get("/orders"), new MockHttpServletResponse(), chain))
        .isInstanceOf(IllegalStateException.class);
    assertThat(chain.getRequest()).isNull();
  }
}
