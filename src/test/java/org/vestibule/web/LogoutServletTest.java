package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.Provokes;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;

class LogoutServletTest {

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private static MockHttpServletResponse signOut(Visitor visitor, SignedIn signedIn) {
    return signOut(visitor, signedIn.csrfToken().value());
  }

  private static MockHttpServletResponse signOut(Visitor visitor, String token) {
    MockHttpServletRequest request = Requests.navigation("POST", "/oauth/logout");
    request.addParameter("csrf_token", token);
    return visitor.send(request);
  }

  private static SignedIn signIn(Scene scene) {
    scene.visitor().signIn("/orders");
    MockHttpServletRequest request = Requests.get("/orders");
    request.setSession(session(scene.visitor()));
    SignedIn signedIn = scene.house().sessions().signedIn(request);
    if (signedIn == null) {
      throw new AssertionError("nobody signed in");
    }
    return signedIn;
  }

  private static MockHttpSession session(Visitor visitor) {
    MockHttpSession session = visitor.session();
    if (session == null) {
      throw new AssertionError("no session");
    }
    return session;
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  /** One of them may have been planted, and the session that was meant goes on. */
  @Test
  @Provokes(refusal = Refusal.SESSION_COOKIE_TWICE)
  void nobody_is_told_that_they_are_signed_out_whose_session_is_in_doubt() {
    SignedIn signedIn = signIn(scene);
    MockHttpServletRequest request = Requests.navigation("POST", "/oauth/logout");
    request.setSession(session(visitor));
    request.addHeader("Cookie", "JSESSIONID=a; JSESSIONID=b");
    request.addParameter("csrf_token", signedIn.csrfToken().value());

    assertFails(
        Refusal.SESSION_COOKIE_TWICE,
        () -> new LogoutServlet().serve(scene.house(), request, new MockHttpServletResponse()));
    assertThat(session(visitor).isInvalid()).isFalse();
  }

  @Test
  void a_GET_asks_and_changes_nothing() {
    SignedIn signedIn = signIn(scene);
    MockHttpServletResponse response = visitor.get("/oauth/logout");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(body(response))
        .contains("<form method=\"post\" action=\"/app/oauth/logout\">")
        .contains("name=\"csrf_token\" value=\"" + signedIn.csrfToken().value() + "\"")
        .contains("<a href=\"/app/\">Stay signed in</a>");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  void the_browser_may_follow_the_form_to_the_provider() {
    signIn(scene);

    assertThat(visitor.get("/oauth/logout").getHeader("Content-Security-Policy"))
        .contains("form-action 'self' " + scene.server().origin() + ";");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "csrf_token"})
  @Provokes(refusal = Refusal.TOKEN_MISSING)
  void a_POST_without_the_token_changes_nothing(String token) {
    signIn(scene);
    MockHttpServletResponse response = signOut(visitor, token);

    assertThat(response.getStatus()).isEqualTo(403);
    assertReported(Refusal.TOKEN_MISSING, logs.text());
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
    assertThat(scene.server().requests(Endpoint.REVOCATION)).isEmpty();
  }

  @Test
  void nor_does_one_without_a_field_or_with_that_of_another_session() {
    signIn(scene);
    assertThat(visitor.send(Requests.navigation("POST", "/oauth/logout")).getStatus())
        .isEqualTo(403);
    try (Scene other = Scene.with()) {
      assertThat(signOut(visitor, signIn(other)).getStatus()).isEqualTo(403);
    }
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  void signing_out_ends_the_session_here() {
    SignedIn signedIn = signIn(scene);
    MockHttpSession session = session(visitor);
    signOut(visitor, signedIn);

    assertThat(session.isInvalid()).isTrue();
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
  }

  @Test
  void the_provider_is_told_to_forget_the_tokens() {
    SignedIn signedIn = signIn(scene);
    signOut(visitor, signedIn);

    assertThat(scene.server().requests(Endpoint.REVOCATION))
        .extracting(request -> String.valueOf(request.form().get("token")))
        .contains(signedIn.tokens().accessToken().value());
  }

  @Test
  void the_browser_goes_to_the_provider_to_sign_out_there() {
    SignedIn signedIn = signIn(scene);
    MockHttpServletResponse response = signOut(visitor, signedIn);
    URI location = URI.create(String.valueOf(response.getHeader("Location")));
    Parameters parameters = Parameters.parse(location.getRawQuery());

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(location.toString()).startsWith(scene.server().url(Endpoint.END_SESSION));
    assertThat(parameters.get("post_logout_redirect_uri"))
        .contains("http://localhost/app/oauth/logged-out");
    assertThat(parameters.get("client_id")).contains(Houses.CLIENT_ID);
    assertThat(parameters.get("id_token_hint")).isPresent();
    assertThat(parameters.get("state")).isPresent();
  }

  /** OpenID Connect RP-Initiated Logout section 3, LO-03. */
  @Test
  void the_state_is_compared_when_the_browser_comes_back_and_is_of_use_once() {
    MockHttpServletResponse response = signOut(visitor, signIn(scene));
    assertThat(visitor.cookies()).containsKey("vestibule-app-logout");
    String landing = visitor.atProvider(response);
    MockHttpServletResponse back = visitor.goTo(landing);

    assertThat(back.getHeader("Location")).isEqualTo("/app/oauth/logged-out");
    assertThat(visitor.follow(back).getStatus()).isEqualTo(200);
    assertThat(visitor.cookies()).doesNotContainKey("vestibule-app-logout");
    assertThat(logs.at(Level.INFO)).isEmpty();
    visitor.goTo(landing);
    assertThat(logs.text()).contains(Violation.LOGOUT_STATE.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?state=", "?state=af0ifjsldkj"})
  @Provokes(Violation.LOGOUT_STATE)
  void a_browser_that_comes_back_with_another_state_or_none_sees_the_page_all_the_same(
      String query) {
    signOut(visitor, signIn(scene));

    assertThat(visitor.get("/oauth/logged-out" + query).getStatus()).isEqualTo(200);
    assertReported(Violation.LOGOUT_STATE, logs.text());
    assertThat(visitor.cookies()).as("one that waits").containsKey("vestibule-app-logout");
  }

  @Test
  void a_cookie_that_was_not_sealed_here_is_none() {
    visitor.cookies().put("vestibule-app-logout", new Cookie("vestibule-app-logout", "x"));
    visitor.get("/oauth/logged-out?state=x");

    assertThat(logs.text()).contains(Violation.LOGOUT_STATE.code());
  }

  @Test
  void where_the_provider_has_a_way_of_its_own_there_is_no_state() {
    try (Scene cognito = Scene.with("logout-redirect-parameter", "logout_uri")) {
      MockHttpServletResponse response = signOut(cognito.visitor(), signIn(cognito));

      assertThat(response.getHeader("Location"))
          .contains("logout_uri=http%3A%2F%2Flocalhost%2Fapp%2Foauth%2Flogged-out")
          .doesNotContain("state=", "post_logout_redirect_uri");
      assertThat(cognito.visitor().cookies()).isEmpty();
    }
  }

  @Test
  void nobody_says_where_to_but_the_configuration() {
    SignedIn signedIn = signIn(scene);
    MockHttpServletRequest request =
        Requests.navigation(
            "POST", "/oauth/logout?post_logout_redirect_uri=https://evil.example&return=//evil");
    request.addParameter("csrf_token", signedIn.csrfToken().value());

    assertThat(visitor.send(request).getHeader("Location")).doesNotContain("evil");
  }

  @Test
  void at_a_provider_without_a_logout_of_its_own_it_ends_here() {
    try (Scene plain =
        Scene.with(options -> options.without(Feature.END_SESSION, Feature.REVOCATION))) {
      SignedIn signedIn = signIn(plain);

      assertThat(signOut(plain.visitor(), signedIn).getHeader("Location"))
          .isEqualTo("/app/oauth/logged-out");
    }
  }

  @Test
  void a_provider_in_trouble_keeps_nobody_signed_in() {
    SignedIn signedIn = signIn(scene);
    scene.server().on(Endpoint.REVOCATION).always(Answer.empty(503));
    MockHttpServletResponse response = signOut(visitor, signedIn);

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
    assertThat(logs.text()).doesNotContain(signedIn.tokens().accessToken().value());
  }

  @Test
  void where_our_own_address_is_not_known_it_ends_here_too() {
    SignedIn signedIn = signIn(scene);
    MockHttpServletRequest request = Requests.navigation("POST", "/oauth/logout");
    request.setServerName("10.0.0.1");
    request.addParameter("csrf_token", signedIn.csrfToken().value());

    assertThat(visitor.send(request).getHeader("Location")).isEqualTo("/app/oauth/logged-out");
    assertThat(logs.text()).contains("set oauth.public-url=https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void whoever_is_not_signed_in_has_signed_out(String method) {
    MockHttpServletResponse response = visitor.send(Requests.navigation(method, "/oauth/logout"));

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getHeader("Location")).isEqualTo("/app/oauth/logged-out");
    assertThat(visitor.session()).isNull();
  }

  @Test
  void to_sign_out_twice_does_no_harm() {
    SignedIn signedIn = signIn(scene);
    signOut(visitor, signedIn);

    assertThat(signOut(visitor, signedIn).getHeader("Location")).isEqualTo("/app/oauth/logged-out");
  }

  @Test
  void the_application_is_told() {
    Observed<LoggedOut> observed = new Observed<>();
    LogoutServlet servlet = new LogoutServlet();
    servlet.loggedOut = observed;
    visitor.serve("/oauth/logout", servlet);
    signOut(visitor, signIn(scene));

    assertThat(observed.fired())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.USER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "DELETE", "OPTIONS"})
  void other_methods_change_nothing(String method) {
    signIn(scene);

    assertThat(visitor.send(Requests.navigation(method, "/oauth/logout")).getStatus())
        .isEqualTo(405);
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
  }
}
