package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.AuthorizationServer;

/** SE-06: two session cookies of one name, in one header as browsers send them. */
class TwinCookiesTest {

  private static final String NAME = "JSESSIONID";
  private static final String OWN = "vestibule-app-session";

  private final AuthorizationServer server =
      AuthorizationServer.start(c -> c.client(Houses.CLIENT_ID, Houses.CLIENT_SECRET));
  private final Visitor visitor =
      new Visitor(Houses.with(Clock.systemUTC(), Houses.usualSettings("issuer", server.issuer())));

  @AfterEach
  void stop() {
    server.close();
  }

  /** A request with these cookies beside those that the browser has already. */
  private MockHttpServletResponse get(String path, Cookie... more) {
    return visitor.send(with(Requests.get(path), more));
  }

  private MockHttpServletRequest with(MockHttpServletRequest request, Cookie... more) {
    List<Cookie> all = new ArrayList<>(visitor.cookies().values());
    all.addAll(List.of(more));
    request.setCookies(all.toArray(Cookie[]::new));
    return request;
  }

  private static Cookie session(String value) {
    return new Cookie(NAME, value);
  }

  private boolean isServed(Cookie... more) {
    return get("/orders", more).getStatus() == 200;
  }

  @Test
  @Provokes(refusal = Refusal.SESSION_COOKIE_TWICE)
  void of_two_session_cookies_the_one_that_was_taken_signs_nobody_in() throws Exception {
    visitor.signIn("/orders");
    visitor.cookies().remove(OWN);
    try (Logs logs = new Logs()) {
      MockHttpServletResponse answer = get("/orders", session("one"), session("other"));

      assertThat(answer.getStatus()).isEqualTo(400);
      assertThat(answer.getHeader("Location")).as("it would begin again and again").isNull();
      assertThat(answer.getContentAsString())
          .contains("/app/oauth/login?return=%2Fapp%2Forders")
          .doesNotContain(Visitor.APPLICATION);
      assertReported(Refusal.SESSION_COOKIE_TWICE, String.join("\n", logs.at(Level.INFO)));
    }
    assertThat(get("/oauth/session", session("one"), session("other")).getContentAsString())
        .contains("\"authenticated\":false");
    assertThat(isServed(session("one"))).as("one cookie leaves no doubt").isTrue();
  }

  @Test
  void a_script_is_told_so_too() {
    visitor.signIn("/orders");
    visitor.cookies().remove(OWN);

    MockHttpServletResponse answer =
        visitor.send(with(Requests.fetch("/orders"), session("one"), session("other")));

    assertThat(answer.getStatus()).isEqualTo(400);
    assertThat(answer.getContentType()).isEqualTo("application/json");
  }

  /** For instance of an application at the root of the host. */
  @Test
  void whoever_signs_in_beside_another_cookie_has_one_that_goes_with_the_session() {
    signInBeside(session("of-the-root"));

    assertThat(isServed(session("of-the-root"), session("own"))).isTrue();
    assertThat(isServed(session("own"))).isTrue();
  }

  @Test
  void a_mark_of_another_session_or_two_of_them_are_of_no_use() {
    signInBeside(session("of-the-root"));
    Cookie mark = visitor.cookies().get(OWN);
    Cookie[] twins = {session("one"), session("other")};

    assertThat(isServed(twins[0], twins[1], new Cookie(OWN, mark.getValue()))).isFalse();
    visitor.cookies().put(OWN, new Cookie(OWN, mark.getValue().substring(1)));
    assertThat(isServed(twins)).isFalse();
    visitor.cookies().put(OWN, new Cookie(OWN, ""));
    assertThat(isServed(twins)).isFalse();
    visitor.cookies().put(OWN, mark);
    assertThat(isServed(twins)).isTrue();
  }

  @Test
  void the_mark_is_out_of_reach_of_scripts_and_no_token_of_the_page() throws Exception {
    signInBeside(session("of-the-root"));
    Cookie mark = visitor.cookies().get(OWN);

    assertThat(mark.isHttpOnly()).isTrue();
    assertThat(mark.getPath()).isEqualTo("/app/");
    assertThat(mark.getValue()).hasSize(43);
    assertThat(get("/oauth/session").getContentAsString()).doesNotContain(mark.getValue());
  }

  /** An application beside this one is visited later, which sets a cookie of the same name. */
  @Test
  void a_cookie_that_comes_later_asks_nobody_to_sign_in_again() {
    visitor.signIn("/orders");

    assertThat(isServed(session("own"), session("of-the-root"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-JSESSIONID", "JSESSIONID2", "OTHER"})
  void another_name_is_no_twin(String name) {
    visitor.signIn("/orders");

    assertThat(isServed(session("one"), new Cookie(name, "other"))).isTrue();
    assertThat(isServed(session("one"), new Cookie("x", NAME))).isTrue();
  }

  @Test
  void what_is_public_is_there_for_whoever_it_is() {
    Visitor open =
        new Visitor(
            Houses.with(
                Clock.systemUTC(),
                Houses.usualSettings("issuer", server.issuer(), "public-paths", "/about")));
    open.signIn("/orders");
    MockHttpServletRequest request = Requests.get("/about");
    request.setCookies(session("one"), session("other"));

    assertThat(open.send(request).getStatus()).isEqualTo(200);
    assertThat(open.lastServed().getRemoteUser()).isNull();
  }

  private void signInBeside(Cookie other) {
    String callback = visitor.atProvider(get("/orders", other));
    MockHttpServletResponse back = get(callback.replaceFirst("^https?://[^/]+/app", ""), other);
    assertThat(back.getHeader("Location")).isEqualTo("/app/orders");
  }
}
