package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.SignedIn;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.User;

class SilentRenewalTest {

  private static final Duration MAXIMUM = Duration.ofHours(12);

  private final Scene scene = Scene.with("renewal", "silent");
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private static Parameters asked(MockHttpServletResponse redirection) {
    String location = String.valueOf(redirection.getHeader("Location"));
    return Parameters.parse(URI.create(location).getRawQuery());
  }

  private static String html(MockHttpServletResponse response) {
    try {
      return response.getContentAsString();
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private void signedInForTooLong() {
    visitor.signIn("/orders");
    scene.clock().advance(MAXIMUM);
  }

  @Test
  void a_session_that_has_ended_is_renewed_without_a_page() {
    signedInForTooLong();
    MockHttpServletResponse begun = visitor.get("/orders?id=7");
    assertThat(begun.getStatus()).isEqualTo(302);
    assertThat(asked(begun).get("prompt")).contains("none");

    MockHttpServletResponse done = visitor.goTo(visitor.atProvider(begun));
    assertThat(done.getStatus()).isEqualTo(303);
    assertThat(done.getHeader("Location")).isEqualTo("/app/orders?id=7");
    assertThat(html(visitor.follow(done))).isEqualTo(Visitor.APPLICATION);
    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
  }

  @Test
  void so_is_one_that_the_server_forgot() {
    visitor.signIn("/orders");
    Objects.requireNonNull(visitor.session()).invalidate();

    assertThat(asked(visitor.get("/orders")).get("prompt")).contains("none");
  }

  @Test
  void a_stranger_signs_in_as_ever() {
    assertThat(asked(visitor.get("/orders")).contains("prompt")).isFalse();
  }

  @Test
  void a_session_that_lives_is_left_alone() {
    visitor.signIn("/orders");
    scene.clock().advance(MAXIMUM.minusSeconds(1));

    assertThat(html(visitor.get("/orders"))).isEqualTo(Visitor.APPLICATION);
    assertThat(asked(visitor.get("/oauth/login")).contains("prompt")).isFalse();
  }

  @Test
  void whoever_signed_out_is_not_signed_in_again_by_the_back_door() {
    visitor.signIn("/orders");
    SignedIn signedIn = scene.house().sessions().signedIn(visitor.lastServed());
    MockHttpServletRequest logout = Requests.navigation("POST", "/oauth/logout");
    logout.addParameter("csrf_token", Objects.requireNonNull(signedIn).csrfToken().value());
    visitor.send(logout);

    assertThat(asked(visitor.get("/orders")).contains("prompt")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login_required",
        "interaction_required",
        "consent_required",
        "account_selection_required"
      })
  void a_provider_that_has_to_show_something_gets_one_usual_login_at_once(String error) {
    signedInForTooLong();
    scene
        .server()
        .authorizationResponse(
            response -> {
              response.remove("code");
              response.put("error", error);
            });
    MockHttpServletResponse again = visitor.goTo(visitor.atProvider(visitor.get("/orders?id=7")));

    assertThat(again.getStatus()).isEqualTo(302);
    assertThat(again.getHeader("Location")).startsWith(scene.server().url(Endpoint.AUTHORIZATION));
    assertThat(asked(again).contains("prompt")).isFalse();
    assertThat(html(again)).isEmpty();

    scene.server().authorizationResponse(response -> {});
    assertThat(visitor.goTo(visitor.atProvider(again)).getHeader("Location"))
        .isEqualTo("/app/orders?id=7");
  }

  @Test
  void a_provider_that_always_says_so_gets_no_second_one() {
    signedInForTooLong();
    scene
        .server()
        .authorizationResponse(
            response -> {
              response.remove("code");
              response.put("error", "login_required");
            });
    MockHttpServletResponse usual = visitor.goTo(visitor.atProvider(visitor.get("/orders")));
    MockHttpServletResponse end = visitor.goTo(visitor.atProvider(usual));

    assertThat(end.getStatus()).isEqualTo(400);
    assertThat(html(end)).contains("Signing in did not work");
    assertThat(logs.text()).contains("VEST4002");
    assertThat(asked(visitor.get("/orders")).contains("prompt"))
        .as("it is not tried again before a login")
        .isFalse();
  }

  @Test
  void after_a_login_it_is_tried_again() {
    signedInForTooLong();
    scene.server().interactive();
    MockHttpServletResponse usual = visitor.goTo(visitor.atProvider(visitor.get("/orders")));
    scene.server().approving(User.JANE);
    visitor.goTo(visitor.atProvider(usual));
    scene.clock().advance(MAXIMUM);

    assertThat(asked(visitor.get("/orders")).get("prompt")).contains("none");
  }

  @Test
  void another_no_is_a_no() {
    signedInForTooLong();
    scene.server().denying();
    MockHttpServletResponse end = visitor.goTo(visitor.atProvider(visitor.get("/orders")));

    assertThat(end.getStatus()).isEqualTo(403);
    assertThat(logs.text()).contains("VEST4001");
    assertThat(asked(visitor.get("/orders")).contains("prompt")).as("try again").isFalse();
  }

  @Test
  void a_provider_that_sends_nobody_back_is_asked_in_the_usual_way_the_next_time() {
    signedInForTooLong();
    assertThat(asked(visitor.get("/orders")).get("prompt")).contains("none");
    scene.clock().advance(Duration.ofSeconds(29));
    assertThat(asked(visitor.get("/orders")).get("prompt")).as("another tab").contains("none");
    scene.clock().advance(Duration.ofSeconds(1));
    assertThat(asked(visitor.get("/orders")).contains("prompt")).isFalse();
    scene.clock().advance(Duration.ofHours(1));
    assertThat(asked(visitor.get("/orders")).contains("prompt")).isFalse();
  }

  @Test
  void a_provider_that_cannot_be_asked_at_all_was_not_asked() {
    try (Scene down = Scene.with("renewal", "silent", "metadata-refresh", "PT1M")) {
      Visitor jane = down.visitor();
      jane.signIn("/orders");
      Cookie known = Objects.requireNonNull(jane.cookies().get("vestibule-app-known"));
      Visitor restarted = new Visitor(down.restarted());
      restarted.cookies().put(known.getName(), known);
      down.server().on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(500));

      assertThat(restarted.get("/orders").getStatus()).isEqualTo(502);
      assertThat(restarted.cookies()).containsEntry(known.getName(), known);
    }
  }

  @Test
  void the_same_no_to_a_login_that_was_not_silent_is_one_too() {
    scene
        .server()
        .authorizationResponse(
            response -> {
              response.remove("code");
              response.put("error", "login_required");
            });

    assertThat(visitor.goTo(visitor.atProvider(visitor.get("/orders"))).getStatus()).isEqualTo(400);
    assertThat(
            visitor
                .goTo(visitor.atProvider(visitor.get("/oauth/login?prompt=none&q=1&silent=1")))
                .getStatus())
        .isEqualTo(400);
  }

  @Test
  void people_are_only_told_that_their_session_has_ended_if_the_provider_says_no() {
    try (Scene told = Scene.with("renewal", "silent", "session-expired", "page")) {
      Visitor jane = told.visitor();
      jane.signIn("/orders");
      told.clock().advance(MAXIMUM);
      MockHttpServletResponse silent = jane.get("/orders?id=7");
      assertThat(asked(silent).get("prompt")).contains("none");

      told.server().interactive();
      MockHttpServletResponse page = jane.goTo(jane.atProvider(silent));
      assertThat(page.getStatus()).isEqualTo(401);
      assertThat(html(page))
          .contains("Your session has ended")
          .contains(
              "href=\"/app/oauth/login?return=%2Fapp%2Forders%3Fid%3D7&amp;provider=default\"");
      assertThat(asked(jane.get("/oauth/login")).contains("prompt"))
          .as("the button leads to a usual login")
          .isFalse();
      assertThat(html(jane.get("/orders"))).contains("Your session has ended");
    }
  }

  @Test
  void the_fragment_comes_along() {
    try (Scene both = Scene.with("renewal", "silent", "keep-fragment", "on")) {
      Visitor jane = both.visitor();
      jane.goTo(jane.atProvider(jane.get("/oauth/login")));
      both.clock().advance(MAXIMUM);

      assertThat(html(jane.get("/orders"))).contains("data-return=\"now\"");
      MockHttpServletResponse silent = jane.get("/oauth/login?return=/app/orders%23/7");
      assertThat(asked(silent).get("prompt")).contains("none");
      assertThat(jane.goTo(jane.atProvider(silent)).getHeader("Location"))
          .isEqualTo("/app/orders#/7");
    }
  }

  @Test
  void a_step_up_is_no_renewal_and_a_renewal_steps_up() {
    try (Scene strict =
        Scene.with("renewal", "silent", "paths.1.pattern", "/strict", "paths.1.max-age", "PT5M")) {
      Visitor jane = strict.visitor();
      jane.signIn("/orders");
      strict.clock().advance(Duration.ofHours(1));
      assertThat(asked(jane.get("/strict")).contains("prompt")).isFalse();

      strict.clock().advance(MAXIMUM);
      Parameters asked = asked(jane.get("/strict"));
      assertThat(asked.get("prompt")).contains("none");
      assertThat(asked.get("max_age")).contains("300");
    }
  }

  @Test
  void it_is_renewed_where_it_came_from_and_nowhere_else() {
    try (Scene other = Scene.with()) {
      Vestibule house =
          scene.restarted(
              "providers", "first,second",
              "choose-by", "page",
              "renewal", "silent",
              "paths.1.pattern", "/first",
              "paths.1.provider", "first",
              "provider.first.issuer", scene.server().issuer(),
              "provider.second.issuer", other.server().issuer());
      Visitor jane = new Visitor(house);
      jane.goTo(jane.atProvider(jane.get("/oauth/login?provider=second")));
      Objects.requireNonNull(jane.session()).invalidate();

      assertThat(jane.get("/orders").getHeader("Location"))
          .startsWith(other.server().url(Endpoint.AUTHORIZATION))
          .contains("prompt=none");
      assertThat(jane.get("/first").getHeader("Location"))
          .startsWith(scene.server().url(Endpoint.AUTHORIZATION))
          .doesNotContain("prompt");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "other",
        "https://evil.example",
        "DEFAULT",
        ".",
        "default.",
        "default.x",
        "default.-1",
        "default.99999999999999999999"
      })
  void a_cookie_that_names_no_provider_renews_nothing(String value) {
    visitor.signIn("/orders");
    Objects.requireNonNull(visitor.session()).invalidate();
    Objects.requireNonNull(visitor.cookies().get("vestibule-app-known")).setValue(value);

    assertThat(asked(visitor.get("/orders")).contains("prompt")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "consent", "select_account"})
  void a_provider_that_shall_show_something_is_not_told_the_opposite(String prompt) {
    try (Scene asking = Scene.with("renewal", "silent", "prompt", prompt)) {
      Visitor jane = asking.visitor();
      jane.signIn("/orders");
      asking.clock().advance(MAXIMUM);

      assertThat(asked(jane.get("/orders")).get("prompt")).contains(prompt);
    }
  }

  @Test
  void a_provider_without_openid_knows_nothing_of_it() {
    try (Scene plain = Scene.with("renewal", "silent", "scope", "read")) {
      Visitor jane = plain.visitor();
      jane.signIn("/orders");
      plain.clock().advance(MAXIMUM);

      assertThat(asked(jane.get("/orders")).contains("prompt")).isFalse();
    }
  }

  /** Somebody else has signed in at the provider meanwhile. */
  @Test
  void who_comes_back_as_somebody_else_finds_nothing_of_the_first() {
    visitor.signIn("/orders");
    MockHttpSession janes = Objects.requireNonNull(visitor.session());
    janes.setAttribute("cart", "7 apples");
    scene.clock().advance(MAXIMUM);
    scene.server().approving(User.named("john"));
    MockHttpServletResponse silent = visitor.get("/orders");
    visitor.follow(visitor.goTo(visitor.atProvider(silent)));

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("john");
    assertThat(janes.isInvalid()).isTrue();
    assertThat(Objects.requireNonNull(visitor.session()).getAttribute("cart")).isNull();
  }

  /** Jane signs in again in another tab before the silent answer for John arrives. */
  @Test
  void an_answer_for_somebody_else_that_comes_late_ends_the_session_it_meets() {
    signedInForTooLong();
    MockHttpServletResponse silent = visitor.get("/orders");
    scene.server().approving(User.named("john"));
    String johns = visitor.atProvider(silent);
    scene.server().approving(User.JANE);
    visitor.signIn("/orders");
    MockHttpSession janes = Objects.requireNonNull(visitor.session());
    janes.setAttribute("cart", "7 apples");
    visitor.follow(visitor.goTo(johns));

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("john");
    assertThat(janes.isInvalid()).isTrue();
  }

  @Test
  void a_script_a_form_and_a_frame_are_answered_as_ever() {
    signedInForTooLong();
    MockHttpServletRequest frame = Requests.request("GET", "/orders");
    frame.addHeader("Sec-Fetch-Mode", "navigate");
    frame.addHeader("Sec-Fetch-Dest", "iframe");

    assertThat(visitor.send(Requests.fetch("/orders")).getContentType())
        .isEqualTo("application/json");
    assertThat(visitor.send(frame).getStatus()).isEqualTo(401);
    assertThat(scene.server().requests(Endpoint.AUTHORIZATION)).hasSize(1);
  }

  @Test
  void a_provider_that_breaks_on_it_is_a_failure_like_any() {
    signedInForTooLong();
    MockHttpServletResponse silent = visitor.get("/orders");
    scene.server().on(Endpoint.TOKEN).once(Answer.empty(503));

    assertThat(visitor.goTo(visitor.atProvider(silent)).getStatus()).isEqualTo(502);
  }

  @Test
  void without_the_setting_nothing_is_remembered_and_a_usual_login_begins() {
    try (Scene usual = Scene.with()) {
      Visitor jane = usual.visitor();
      jane.signIn("/orders");
      assertThat(jane.cookiesOfLogins()).isEmpty();
      usual.clock().advance(MAXIMUM);

      assertThat(asked(jane.get("/orders")).contains("prompt")).isFalse();
    }
  }
}
