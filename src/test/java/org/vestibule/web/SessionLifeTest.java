package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.api.LoggedOut;
import org.vestibule.provider.Json;
import org.vestibule.testing.User;

/** From the login to the end, as a browser sees it. */
class SessionLifeTest {

  private static final Duration MAXIMUM = Duration.ofHours(12);

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();

  @AfterEach
  void close() {
    scene.close();
  }

  private Map<String, Object> fetched(String path) {
    MockHttpServletResponse response = visitor.send(Requests.fetch(path));
    return Json.read(new String(response.getContentAsByteArray(), UTF_8));
  }

  private Map<String, Object> sessionJson() {
    return fetched("/oauth/session");
  }

  @Test
  void who_was_never_signed_in_is_not_told_of_a_session() {
    assertThat(fetched("/api/orders"))
        .isEqualTo(Map.of("error", "login_required", "login_url", "/app/oauth/login"));
    assertThat(sessionJson()).doesNotContainKey("reason");
  }

  @Test
  void whose_session_is_over_is_told_so() {
    visitor.signIn("/orders");
    scene.clock().advance(MAXIMUM);

    assertThat(fetched("/api/orders"))
        .isEqualTo(
            Map.of(
                "error", "login_required",
                "login_url", "/app/oauth/login",
                "reason", "session_expired"));
    assertThat(fetched("/api/orders")).containsEntry("reason", "session_expired");
    assertThat(sessionJson())
        .isEqualTo(
            Map.of(
                "authenticated", false,
                "login_url", "/app/oauth/login",
                "reason", "session_expired"));
  }

  @Test
  void a_page_simply_asks_to_sign_in_again_and_goes_on() {
    visitor.signIn("/orders");
    scene.clock().advance(MAXIMUM);

    assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
    assertThat(visitor.signIn("/orders").getStatus()).isEqualTo(200);
    assertThat(sessionJson()).containsEntry("authenticated", true).doesNotContainKey("reason");
  }

  @Test
  void the_application_hears_of_it_once_and_what_it_kept_is_gone() {
    visitor.signIn("/orders");
    MockHttpSession before = visitor.session();
    scene.clock().advance(MAXIMUM);
    visitor.get("/orders");
    visitor.get("/orders");
    sessionJson();

    assertThat(before).isNotNull().matches(MockHttpSession::isInvalid);
    assertThat(visitor.loggedOut())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.EXPIRED));
  }

  /** Another tab asks for this now and then, or when it is looked at again. */
  @Test
  void the_other_tab_is_told_that_the_user_is_gone() {
    visitor.signIn("/orders");
    assertThat(sessionJson()).containsEntry("authenticated", true);
    MockHttpServletResponse page = visitor.get("/oauth/logout");
    var logout = Requests.navigation("POST", "/oauth/logout");
    logout.addParameter("csrf_token", String.valueOf(sessionJson().get("csrf_token")));
    visitor.send(logout);

    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(sessionJson())
        .containsEntry("authenticated", false)
        .containsEntry("reason", "session_expired");
  }

  @Test
  void each_login_has_an_id_and_a_csrf_token_of_its_own() {
    visitor.signIn("/orders");
    Object token = sessionJson().get("csrf_token");
    String id = id();
    visitor.goTo(visitor.atProvider(visitor.get("/oauth/login")));

    assertThat(sessionJson().get("csrf_token")).isNotEqualTo(token);
    assertThat(id()).isNotEqualTo(id);
  }

  private String id() {
    MockHttpSession session = visitor.session();
    return session == null ? "" : session.getId();
  }

  @Test
  void who_signs_in_as_somebody_else_finds_nothing_of_the_first() {
    visitor.signIn("/orders");
    MockHttpSession janes = visitor.session();
    assertThat(janes).isNotNull();
    janes.setAttribute("cart", "7 apples");
    Object token = sessionJson().get("csrf_token");
    scene.server().approving(User.named("john"));
    MockHttpServletResponse begun = visitor.get("/oauth/login");
    assertThat(sessionJson()).as("until it is complete").containsEntry("name", "j.doe");
    visitor.goTo(visitor.atProvider(begun));

    assertThat(sessionJson()).containsEntry("name", "john");
    assertThat(sessionJson().get("csrf_token")).isNotEqualTo(token);
    assertThat(janes.isInvalid()).isTrue();
    assertThat(visitor.session()).isNotNull().extracting(s -> s.getAttribute("cart")).isNull();
  }

  /** Two logins of two people that were begun side by side in two tabs. */
  @Test
  void of_two_who_signed_in_side_by_side_the_last_is_there_alone() {
    MockHttpServletResponse first = visitor.get("/one");
    MockHttpServletResponse second = visitor.get("/two");
    String janes = visitor.atProvider(first);
    scene.server().approving(User.named("john"));
    String johns = visitor.atProvider(second);
    visitor.goTo(johns);
    assertThat(sessionJson()).containsEntry("name", "john");
    visitor.goTo(janes);

    assertThat(sessionJson())
        .containsEntry("name", "j.doe")
        .extractingByKey("claims")
        .extracting("sub")
        .isEqualTo(User.JANE.sub());
  }
}
