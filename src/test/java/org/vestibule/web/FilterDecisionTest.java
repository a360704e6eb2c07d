package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.api.LoggedOut;

/**
 * Every way that a request can take through the filter, each once, with a provider that nobody asks
 * for anything: what it does with those who come back from one is told by the other tests.
 */
class FilterDecisionTest {

  private final Threshold threshold = new Threshold();

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  // What is asked for

  @Test
  void a_stranger_sees_what_is_public_and_our_own_pages() {
    for (String path : List.of("/about", "/public/x", "/oauth/login", "/oauth/callback")) {
      threshold.served().clear();
      MockHttpServletRequest request = Requests.get(path);

      assertThat(threshold.send(request).getHeader("Cache-Control")).isNull();
      threshold.assertServedAsItIs(request);
    }
  }

  @Test
  void a_stranger_is_asked_to_sign_in_for_everything_else() {
    threshold.assertAsked(threshold.send(Requests.get("/orders")));
    threshold.assertAsked(threshold.send(Requests.get("/admin/users")));
  }

  @Test
  void what_is_public_is_not_where_the_line_has_tricks() {
    threshold.assertAsked(threshold.send(Requests.raw("GET", "/app/public;v=1/x", "/public/x")));
  }

  @Test
  void a_path_of_two_readings_is_refused_whoever_asks() {
    MockHttpServletRequest twofold = Requests.raw("GET", "/app/public/..;/x", "/public/../x");
    MockHttpServletRequest encoded = Requests.raw("GET", "/app/x%2525", "/x%25");
    MockHttpServletRequest cutShort = Requests.raw("GET", "/app/x;v/admin/users", "/x");

    for (MockHttpServletRequest request : List.of(twofold, encoded, cutShort)) {
      assertThat(threshold.send(request).getStatus()).isEqualTo(400);
      assertThat(threshold.send(threshold.signedIn(request)).getStatus()).isEqualTo(400);
    }
    assertThat(threshold.served()).isEmpty();
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

    assertThat(body(threshold.send(Requests.fetch("/orders"))))
        .contains("\"error\":\"login_required\"");
    assertThat(body(threshold.send(faces)))
        .contains("<partial-response><redirect url=\"/app/oauth/login\"/>");
    assertThat(threshold.send(htmx).getHeader("HX-Redirect")).isEqualTo("/app/oauth/login");
    assertThat(threshold.send(image).getHeader("WWW-Authenticate")).isEqualTo("Login");
    assertThat(threshold.served()).isEmpty();
  }

  @Test
  void whoever_says_nothing_is_asked_as_the_rule_has_it() {
    threshold.assertAsked(threshold.send(Requests.request("GET", "/admin/users")));
    threshold.assertAsked(threshold.send(Requests.request("GET", "/orders")));
    assertThat(threshold.send(Requests.request("GET", "/api/orders")).getStatus()).isEqualTo(401);
  }

  @Test
  void a_script_is_told_of_the_login_that_the_rule_wants() {
    assertThat(threshold.send(Requests.fetch("/partner/x")).getHeader("WWW-Authenticate"))
        .isEqualTo("Login url=\"/app/oauth/login?provider=partner\"");
  }

  @Test
  void where_nobody_can_sign_in_nobody_is_asked_to() {
    Vestibule unusable = Houses.usual("issuer", "http://evil.example", "public-paths", "/about");
    LoginFilter closed = new LoginFilter(new CurrentVestibule(unusable));

    assertThat(threshold.send(closed, Requests.get("/orders")).getStatus()).isEqualTo(503);
    assertThat(threshold.served()).isEmpty();
  }

  @Test
  void our_own_servlets_ask_as_the_filter_does() throws IOException {
    MockHttpServletResponse page = new MockHttpServletResponse();
    MockHttpServletResponse script = new MockHttpServletResponse();
    LoginFilter.challenge(threshold.house(), Requests.get("/oauth/doctor"), page, null);
    LoginFilter.challenge(threshold.house(), Requests.fetch("/partner/x"), script, null);

    threshold.assertAsked(page);
    assertThat(body(script)).contains("\"error\":\"login_required\"", "provider=partner");
  }

  // Those who are signed in

  @Test
  void whoever_is_signed_in_goes_on_as_themselves() {
    MockHttpServletResponse answer = threshold.send(threshold.signedIn(Requests.get("/orders")));

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("private, no-store");
    threshold.assertServedToJane();
  }

  @Test
  void on_public_pages_too_which_may_be_kept() {
    assertThat(
            threshold.send(threshold.signedIn(Requests.get("/about"))).getHeader("Cache-Control"))
        .isNull();
    threshold.assertServedToJane();
    threshold.served().clear();
    threshold.send(threshold.signedIn(Requests.get("/oauth/session")));
    threshold.assertServedToJane();
  }

  @Test
  void without_the_role_nobody_passes_and_nobody_is_asked() {
    MockHttpServletResponse answer =
        threshold.send(threshold.signedIn(Requests.get("/admin/users")));

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Login error=\"insufficient_role\"");
    assertThat(threshold.served()).isEmpty();
    threshold.send(threshold.signedIn(Requests.get("/admin/users"), null, "admin"));
    threshold.assertServedToJane();
  }

  @Test
  void whoever_was_authenticated_too_weakly_is_asked_for_more() {
    MockHttpServletResponse answer = threshold.send(threshold.signedIn(Requests.get("/transfer")));

    threshold.assertAsked(answer);
    assertThat(answer.getHeader("Location")).contains("acr_values=gold");
    assertThat(body(threshold.send(threshold.signedIn(Requests.fetch("/transfer")))))
        .contains("\"error\":\"insufficient_user_authentication\"");
    assertThat(body(threshold.send(Requests.fetch("/transfer"))))
        .contains("\"error\":\"login_required\"");
    assertThat(threshold.served()).isEmpty();
    threshold.send(threshold.signedIn(Requests.get("/transfer"), "gold"));
    threshold.assertServedToJane();
  }

  @Test
  void a_user_of_another_provider_is_a_stranger_on_its_pages() {
    assertThat(body(threshold.send(threshold.signedIn(Requests.fetch("/partner/x")))))
        .contains("\"error\":\"login_required\"", "provider=partner");
    assertThat(threshold.send(threshold.signedIn(Requests.get("/partner/x"))).getHeader("Location"))
        .startsWith("https://partner.example/authorize?");
    assertThat(threshold.served()).isEmpty();

    MockHttpServletRequest open = threshold.signedIn(Requests.get("/partner/about"));
    threshold.send(open);
    threshold.assertServedAsItIs(open);
    assertThat(threshold.house().sessions().signedIn(open))
        .as("for the rest of the request")
        .isNull();
  }

  // Sessions that are over

  @Test
  void whose_session_is_over_is_asked_again_and_the_application_is_told() {
    MockHttpServletRequest request = threshold.signedIn(Requests.get("/orders"));
    threshold.clock().advance(Duration.ofHours(12));

    threshold.assertAsked(threshold.send(request));
    assertThat(request.getSession(false)).isNull();
    assertThat(threshold.loggedOut())
        .containsExactly(new LoggedOut("corp", "j.doe", LoggedOut.Reason.EXPIRED));
  }

  @Test
  void a_public_page_is_served_to_a_stranger_then() {
    MockHttpServletRequest request = threshold.signedIn(Requests.get("/about"));
    threshold.clock().advance(Duration.ofHours(12));
    threshold.send(request);

    threshold.assertServedAsItIs(request);
    assertThat(threshold.loggedOut()).hasSize(1);
  }

  @Test
  void of_whoever_never_signed_in_nobody_is_told() {
    threshold.send(Requests.get("/orders"));
    threshold.send(Requests.get("/about"));

    assertThat(threshold.loggedOut()).isEmpty();
  }
}
