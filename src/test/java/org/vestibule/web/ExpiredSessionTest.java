package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.SignedIn;

class ExpiredSessionTest {

  private static final String[] ON_A_PAGE = {
    "session-expired", "page", "session-maximum", "PT1H", "login-timeout", "PT1H"
  };

  private static String text(MockHttpServletResponse response) throws Exception {
    return response.getContentAsString();
  }

  @Test
  void whoever_was_signed_in_is_told_before_they_sign_in_again() throws Exception {
    try (Scene scene = Scene.with(ON_A_PAGE)) {
      Visitor visitor = scene.visitor();
      visitor.signIn("/orders?id=7");
      scene.clock().advance(Duration.ofHours(2));
      MockHttpServletResponse page = visitor.get("/orders?id=7");

      assertThat(page.getStatus()).isEqualTo(401);
      assertThat(page.getHeader("WWW-Authenticate")).isEqualTo("Login");
      assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
      assertThat(text(page))
          .contains("<h1>Your session has ended</h1>")
          .contains("href=\"/app/oauth/login?return=%2Fapp%2Forders%3Fid%3D7\"");
      assertThat(
              text(
                  visitor.follow(
                      visitor.goTo(
                          visitor.atProvider(
                              visitor.get("/oauth/login?return=%2Fapp%2Forders%3Fid%3D7"))))))
          .isEqualTo(Visitor.APPLICATION);
    }
  }

  @Test
  void a_stranger_is_sent_to_the_provider_at_once() {
    try (Scene scene = Scene.with(ON_A_PAGE)) {
      assertThat(scene.visitor().get("/orders").getStatus()).isEqualTo(302);
    }
  }

  @Test
  void whoever_signed_out_knows_it() {
    try (Scene scene = Scene.with(ON_A_PAGE)) {
      Visitor visitor = scene.visitor();
      visitor.signIn("/orders");
      SignedIn signedIn = scene.house().sessions().signedIn(visitor.lastServed());
      String token = Objects.requireNonNull(signedIn).csrfToken().value();
      MockHttpServletRequest post = Requests.navigation("POST", "/oauth/logout");
      post.addParameter("csrf_token", token);
      visitor.send(post);

      assertThat(visitor.cookies()).containsOnlyKeys("vestibule-app-logout");
      assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
    }
  }

  @Test
  void a_script_and_a_form_are_answered_as_ever() {
    try (Scene scene = Scene.with(ON_A_PAGE)) {
      Visitor visitor = scene.visitor();
      visitor.signIn("/orders");
      scene.clock().advance(Duration.ofHours(2));

      assertThat(visitor.send(Requests.fetch("/orders")).getContentType())
          .isEqualTo("application/json");
      assertThat(visitor.send(Requests.navigation("POST", "/orders")).getStatus()).isEqualTo(303);
    }
  }

  @Test
  void without_the_setting_a_login_starts_at_once_and_there_is_no_cookie() {
    try (Scene scene = Scene.with("session-maximum", "PT1H")) {
      Visitor visitor = scene.visitor();
      visitor.signIn("/orders");
      assertThat(visitor.cookiesOfLogins()).isEmpty();
      scene.clock().advance(Duration.ofHours(2));

      assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
    }
  }
}
