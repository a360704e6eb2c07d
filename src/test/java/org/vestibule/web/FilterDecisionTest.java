package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.api.InsufficientAuthenticationException;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.testing.MovableClock;

/**
 * Every way that a request can take through the filter, each once, with a provider that nobody asks
 * for anything: what it does with those who come back from one is told by the other tests.
 */
class FilterDecisionTest {

  private static final String PROVIDER = Houses.ISSUER + "/authorize?";

  private final Logs logs = new Logs();
  private final MovableClock clock = new MovableClock();
  private final Vestibule house =
      Houses.with(
          clock,
          Houses.usualSettings(
              "providers", "corp,partner",
              "discovery", "off",
              "authorization-endpoint", Houses.ISSUER + "/authorize",
              "token-endpoint", Houses.ISSUER + "/token",
              "jwks-uri", Houses.ISSUER + "/jwks",
              "provider.partner.authorization-endpoint", "https://partner.example/authorize",
              "public-paths", "/about,/public/*,/partner/about",
              "paths.1.pattern", "/admin/*",
              "paths.1.roles", "admin",
              "paths.2.pattern", "/transfer",
              "paths.2.acr-values", "gold",
              "paths.3.pattern", "/api/*",
              "paths.3.challenge", "unauthorized",
              "paths.4.pattern", "/partner/*",
              "paths.4.provider", "partner"));
  private final Observed<LoggedOut> loggedOut = new Observed<>();
  private final LoginFilter filter = new LoginFilter(new CurrentVestibule(house));
  private final List<HttpServletRequest> served = new ArrayList<>();
  private FilterChain application = (request, response) -> served.add((HttpServletRequest) request);

  FilterDecisionTest() {
    filter.loggedOut = loggedOut;
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private MockHttpServletResponse send(ServletRequest request) {
    return send(filter, request);
  }

  private MockHttpServletResponse send(LoginFilter through, ServletRequest request) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      through.doFilter(request, response, application);
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    return response;
  }

  private static SignedIn user(MovableClock clock, @Nullable String acr, String... roles) {
    return new SignedIn(
        new Identity("corp", Houses.ISSUER, "248289761001", "j.doe", Set.of(roles), "{}"),
        new Authentication(null, acr, null),
        new Tokens(Secret.of(People.ACCESS_TOKEN), null, null, null, Scope.parse("openid")),
        clock.instant(),
        Secret.of("csrf"));
  }

  /** The same request, by somebody who is signed in at the corporation. */
  private MockHttpServletRequest signedIn(MockHttpServletRequest request) {
    return by(user(clock, null, "staff"), request);
  }

  private MockHttpServletRequest by(SignedIn user, MockHttpServletRequest request) {
    house.sessions().establish(request, user);
    return request;
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  private void assertAsked(MockHttpServletResponse response) {
    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location")).startsWith(PROVIDER);
    assertThat(served).isEmpty();
  }

  /** As it came, so that the application sees a stranger. */
  private void assertServedAsItIs(MockHttpServletRequest request) {
    assertThat(served).singleElement().isSameAs(request);
  }

  private void assertServedToJane() {
    assertThat(served).singleElement().returns("j.doe", HttpServletRequest::getRemoteUser);
  }

  // What is asked for

  @Test
  void only_HTTP_is_understood() {
    ServletRequest noHttp = new ServletRequestWrapper(Requests.get("/public/x"));
    ServletResponse noAnswer = new ServletResponseWrapper(new MockHttpServletResponse());

    assertThatThrownBy(() -> filter.doFilter(noHttp, new MockHttpServletResponse(), application))
        .isInstanceOf(ServletException.class);
    assertThatThrownBy(() -> filter.doFilter(Requests.get("/public/x"), noAnswer, application))
        .isInstanceOf(ServletException.class);
    assertThat(served).isEmpty();
  }

  @Test
  void a_stranger_sees_what_is_public_and_our_own_pages() {
    for (String path : List.of("/about", "/public/x", "/oauth/login", "/oauth/callback")) {
      served.clear();
      MockHttpServletRequest request = Requests.get(path);

      assertThat(send(request).getHeader("Cache-Control")).isNull();
      assertServedAsItIs(request);
    }
  }

  @Test
  void a_stranger_is_asked_to_sign_in_for_everything_else() {
    assertAsked(send(Requests.get("/orders")));
    assertAsked(send(Requests.get("/admin/users")));
  }

  @Test
  void what_is_public_is_not_where_the_line_has_tricks() {
    assertAsked(send(Requests.raw("GET", "/app/public;v=1/x", "/public/x")));
  }

  @Test
  void a_path_of_two_readings_is_refused_whoever_asks() {
    MockHttpServletRequest twofold = Requests.raw("GET", "/app/public/..;/x", "/public/../x");
    MockHttpServletRequest encoded = Requests.raw("GET", "/app/x%2525", "/x%25");
    MockHttpServletRequest cutShort = Requests.raw("GET", "/app/x;v/admin/users", "/x");

    for (MockHttpServletRequest request : List.of(twofold, encoded, cutShort)) {
      assertThat(send(request).getStatus()).isEqualTo(400);
      assertThat(send(signedIn(request)).getStatus()).isEqualTo(400);
    }
    assertThat(served).isEmpty();
  }

  // In which language

  @Test
  void everybody_is_asked_in_their_own_language() {
    MockHttpServletRequest faces = Requests.fetch("/orders");
    faces.addHeader("Faces-Request", "partial/ajax");
    MockHttpServletRequest htmx = Requests.fetch("/orders");
    htmx.addHeader("HX-Request", "true");
    MockHttpServletRequest image = Requests.request("GET", "/orders");
    image.addHeader("Sec-Fetch-Mode", "no-cors");
    image.addHeader("Sec-Fetch-Dest", "image");

    assertThat(body(send(Requests.fetch("/orders")))).contains("\"error\":\"login_required\"");
    assertThat(body(send(faces)))
        .contains("<partial-response><redirect url=\"/app/oauth/login\"/>");
    assertThat(send(htmx).getHeader("HX-Redirect")).isEqualTo("/app/oauth/login");
    assertThat(send(image).getHeader("WWW-Authenticate")).isEqualTo("Login");
    assertThat(served).isEmpty();
  }

  @Test
  void whoever_says_nothing_is_asked_as_the_rule_has_it() {
    assertAsked(send(Requests.request("GET", "/admin/users")));
    assertAsked(send(Requests.request("GET", "/orders")));
    assertThat(send(Requests.request("GET", "/api/orders")).getStatus()).isEqualTo(401);
  }

  @Test
  void a_script_is_told_of_the_login_that_the_rule_wants() {
    assertThat(send(Requests.fetch("/partner/x")).getHeader("WWW-Authenticate"))
        .isEqualTo("Login url=\"/app/oauth/login?provider=partner\"");
  }

  @Test
  void where_nobody_can_sign_in_nobody_is_asked_to() {
    Vestibule unusable = Houses.usual("issuer", "http://evil.example", "public-paths", "/about");
    LoginFilter closed = new LoginFilter(new CurrentVestibule(unusable));

    assertThat(send(closed, Requests.get("/orders")).getStatus()).isEqualTo(503);
    assertThat(served).isEmpty();
  }

  @Test
  void our_own_servlets_ask_as_the_filter_does() throws IOException {
    MockHttpServletResponse page = new MockHttpServletResponse();
    MockHttpServletResponse script = new MockHttpServletResponse();
    LoginFilter.challenge(house, Requests.get("/oauth/doctor"), page, null);
    LoginFilter.challenge(house, Requests.fetch("/partner/x"), script, null);

    assertAsked(page);
    assertThat(body(script)).contains("\"error\":\"login_required\"", "provider=partner");
  }

  // Those who are signed in

  @Test
  void whoever_is_signed_in_goes_on_as_themselves() {
    MockHttpServletResponse answer = send(signedIn(Requests.get("/orders")));

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("private, no-store");
    assertServedToJane();
  }

  @Test
  void on_public_pages_too_which_may_be_kept() {
    assertThat(send(signedIn(Requests.get("/about"))).getHeader("Cache-Control")).isNull();
    assertServedToJane();
    served.clear();
    send(signedIn(Requests.get("/oauth/session")));
    assertServedToJane();
  }

  @Test
  void without_the_role_nobody_passes_and_nobody_is_asked() {
    MockHttpServletResponse answer = send(signedIn(Requests.get("/admin/users")));

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Login error=\"insufficient_role\"");
    assertThat(served).isEmpty();
    send(by(user(clock, null, "admin"), Requests.get("/admin/users")));
    assertServedToJane();
  }

  @Test
  void whoever_was_authenticated_too_weakly_is_asked_for_more() {
    MockHttpServletResponse answer = send(signedIn(Requests.get("/transfer")));

    assertAsked(answer);
    assertThat(answer.getHeader("Location")).contains("acr_values=gold");
    assertThat(body(send(signedIn(Requests.fetch("/transfer")))))
        .contains("\"error\":\"insufficient_user_authentication\"");
    assertThat(body(send(Requests.fetch("/transfer")))).contains("\"error\":\"login_required\"");
    assertThat(served).isEmpty();
    send(by(user(clock, "gold"), Requests.get("/transfer")));
    assertServedToJane();
  }

  @Test
  void a_user_of_another_provider_is_a_stranger_on_its_pages() {
    assertThat(body(send(signedIn(Requests.fetch("/partner/x")))))
        .contains("\"error\":\"login_required\"", "provider=partner");
    assertThat(send(signedIn(Requests.get("/partner/x"))).getHeader("Location"))
        .startsWith("https://partner.example/authorize?");
    assertThat(served).isEmpty();

    MockHttpServletRequest open = signedIn(Requests.get("/partner/about"));
    send(open);
    assertServedAsItIs(open);
    assertThat(house.sessions().signedIn(open)).as("for the rest of the request").isNull();
  }

  // Sessions that are over

  @Test
  void whose_session_is_over_is_asked_again_and_the_application_is_told() {
    MockHttpServletRequest request = signedIn(Requests.get("/orders"));
    clock.advance(Duration.ofHours(12));

    assertAsked(send(request));
    assertThat(request.getSession(false)).isNull();
    assertThat(loggedOut.fired())
        .containsExactly(new LoggedOut("corp", "j.doe", LoggedOut.Reason.EXPIRED));
  }

  @Test
  void a_public_page_is_served_to_a_stranger_then() {
    MockHttpServletRequest request = signedIn(Requests.get("/about"));
    clock.advance(Duration.ofHours(12));
    send(request);

    assertServedAsItIs(request);
    assertThat(loggedOut.fired()).hasSize(1);
  }

  @Test
  void of_whoever_never_signed_in_nobody_is_told() {
    send(Requests.get("/orders"));
    send(Requests.get("/about"));

    assertThat(loggedOut.fired()).isEmpty();
  }

  // Error pages

  @Test
  void an_error_page_is_for_everybody_and_knows_who_it_is() {
    MockHttpServletRequest stranger = Requests.get("/orders");
    stranger.setDispatcherType(DispatcherType.ERROR);
    send(stranger);
    assertServedAsItIs(stranger);

    served.clear();
    MockHttpServletRequest jane = signedIn(Requests.get("/admin/users"));
    jane.setDispatcherType(DispatcherType.ERROR);
    send(jane);
    assertServedToJane();
  }

  // What the application throws

  @Test
  void an_exception_that_asks_for_more_is_the_challenge() {
    application =
        (request, response) -> {
          throw new ServletException(
              new InsufficientAuthenticationException(List.of("gold"), Optional.empty()));
        };

    assertThat(send(signedIn(Requests.get("/orders"))).getHeader("Location"))
        .startsWith(PROVIDER)
        .contains("acr_values=gold");
    assertThat(send(Requests.get("/about")).getHeader("Location")).contains("acr_values=gold");
  }

  @Test
  void any_other_goes_on_and_so_does_one_that_comes_too_late() {
    IllegalStateException other = new IllegalStateException("broken");
    InsufficientAuthenticationException late =
        new InsufficientAuthenticationException(List.of("gold"), Optional.empty());
    MockHttpServletRequest request = Requests.get("/about");

    application =
        (sent, response) -> {
          throw other;
        };
    assertThatThrownBy(() -> send(request)).isSameAs(other);
    application =
        (sent, response) -> {
          response.flushBuffer();
          throw late;
        };
    assertThatThrownBy(() -> send(request)).isSameAs(late);
  }

  // A form that is sent again

  @Test
  void a_form_that_was_not_kept_is_not_sent() {
    MockHttpServletRequest form = Requests.navigation("POST", "/orders?vestibule-resume");
    form.addHeader("Sec-Fetch-Site", "same-origin");
    form.setContent("preserved=AAAA".getBytes(UTF_8));

    assertThat(send(signedIn(form)).getStatus()).isEqualTo(400);
    assertThat(served).isEmpty();
  }

  // Without a house

  @Test
  void a_filter_takes_the_house_of_its_application() throws ServletException {
    MockServletContext context = new MockServletContext();
    new CurrentVestibule(house).moveInto(context);
    LoginFilter found = new LoginFilter();
    found.init(new MockFilterConfig(context));

    assertAsked(send(found, Requests.get("/orders")));
    assertThat(logs.text()).doesNotContain("SEVERE");
  }

  @Test
  void where_there_is_none_it_says_so_and_every_request_fails() throws ServletException {
    LoginFilter homeless = new LoginFilter();
    homeless.init(new MockFilterConfig(new MockServletContext()));

    assertThat(logs.text()).contains("SEVERE Every request is going to fail: org.vestibule.web.R");
    assertThatThrownBy(() -> send(homeless, Requests.get("/about")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(served).isEmpty();
  }
}
