package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.Cookie;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Refusal;

/** Logins that succeed, in a browser or at a server that does not keep their session. */
class LoginLoopTest {

  private static final String COUNT = "vestibule-app-arrived";

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void stop() {
    logs.close();
    scene.close();
  }

  private void goRound() {
    visitor.signIn("/orders");
    visitor.loseSession();
  }

  private void goRoundTwice() {
    goRound();
    goRound();
  }

  private boolean isSentToProvider() {
    return String.valueOf(visitor.get("/orders").getHeader("Location"))
        .startsWith(scene.server().issuer());
  }

  private String logged() {
    return String.join("\n", logs.at(Level.WARNING));
  }

  @Test
  @Provokes(refusal = Refusal.SESSION_LOST)
  void the_third_login_in_a_minute_does_not_begin_and_a_page_says_so() throws Exception {
    goRoundTwice();

    MockHttpServletResponse answer = visitor.get("/orders");

    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(answer.getHeader("Location")).isNull();
    assertThat(answer.getContentAsString()).contains("href=\"/app/orders\"");
    assertReported(Refusal.SESSION_LOST, logged());
    assertThat(logged())
        .contains("the server has no session for the cookie that the browser sends");
  }

  @Test
  void a_browser_that_sends_no_session_cookie_is_told_from_one_whose_session_is_elsewhere() {
    goRoundTwice();
    visitor.loseSessionCookie();

    visitor.get("/orders");

    assertThat(logged()).contains("the browser sends no session cookie");
  }

  @Test
  void whoever_tries_again_may_sign_in() {
    goRoundTwice();
    visitor.get("/orders");

    assertThat(visitor.signIn("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  void a_script_that_sends_its_page_to_the_login_goes_round_no_longer_either() {
    goRoundTwice();

    assertThat(visitor.get("/oauth/login?return=/app/orders").getStatus()).isEqualTo(500);
  }

  @Test
  void whoever_is_signed_in_may_sign_in_as_often_as_they_like() {
    for (int i = 0; i < 4; i++) {
      MockHttpServletResponse answer = visitor.get("/oauth/login?return=/app/orders");
      assertThat(answer.getStatus()).isEqualTo(302);
      visitor.goTo(visitor.atProvider(answer));
    }
  }

  @Test
  void a_session_that_counts_no_longer_is_not_lost() {
    MockHttpServletRequest request = Requests.get("/orders");
    Sessions sessions = scene.house().sessions();
    Identity former = People.identity("https://former.example.com", "248289761001");
    sessions.establish(request, People.signedIn(former, scene.clock().instant()));
    request.setCookies(new Cookie(COUNT, scene.clock().instant().getEpochSecond() + ".2"));

    assertThat(sessions.signedIn(request)).isNull();
    scene.house().loginLoop().leave(request, new MockHttpServletResponse());
  }

  @Test
  void a_session_that_was_lost_once_is_an_accident() {
    goRound();

    assertThat(visitor.signIn("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  void logins_that_lie_a_minute_apart_go_round_in_no_circle() {
    goRoundTwice();
    scene.clock().advance(Duration.ofMinutes(1));

    assertThat(isSentToProvider()).isTrue();
  }

  @Test
  void whoever_signs_out_has_lost_nothing() throws Exception {
    goRound();
    visitor.signIn("/orders");
    MockHttpServletRequest signOut = Requests.navigation("POST", "/oauth/logout");
    signOut.addParameter("csrf_token", csrfToken());
    visitor.send(signOut);

    assertThat(isSentToProvider()).isTrue();
  }

  private String csrfToken() throws UnsupportedEncodingException {
    String page = visitor.get("/oauth/logout").getContentAsString();
    Matcher token = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"").matcher(page);
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "x.2", "99999999999999999999.2", "1.2", "-1.2"})
  void whatever_else_the_cookie_says_does_not_count(String value) {
    visitor.cookies().put(COUNT, new Cookie(COUNT, value));

    assertThat(isSentToProvider()).isTrue();
  }

  /** The form that some providers send comes from another site, and no other cookie with it. */
  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, __Host-vestibule-app-arrived, None",
    "'', " + COUNT + ", Lax"
  })
  void the_count_comes_back_with_the_form_of_a_provider(
      String publicUrl, String name, String sameSite) {
    Vestibule house = publicUrl.isEmpty() ? Houses.usual() : Houses.usual("public-url", publicUrl);
    MockHttpServletRequest request = Requests.get("/oauth/callback");
    MockHttpServletResponse counted = new MockHttpServletResponse();
    MockHttpServletResponse forgotten = new MockHttpServletResponse();

    house.loginLoop().count(request, counted);
    request.setCookies(counted.getCookies());
    house.loginLoop().forget(request, forgotten);

    for (MockHttpServletResponse response : List.of(counted, forgotten)) {
      assertThat(response.getCookie(name).getAttribute("SameSite")).isEqualTo(sameSite);
      assertThat(response.getCookie(name).getSecure()).isEqualTo(!publicUrl.isEmpty());
    }
  }

  @Test
  void the_count_is_the_browsers_alone_and_gone_after_a_minute() {
    visitor.signIn("/orders");

    Cookie count = visitor.cookies().get(COUNT);
    assertThat(count.isHttpOnly()).isTrue();
    assertThat(count.getMaxAge()).isEqualTo(60);
    assertThat(count.getValue()).isEqualTo(scene.clock().instant().getEpochSecond() + ".1");
  }
}
