package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.User;

/** A form that meets the login, from the browser's point of view. */
class PostPreservationTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TYPED = "text=Zw%C3%B6lf+Boxk%C3%A4mpfer&item=7";
  private static final Pattern FIELD = Pattern.compile("name=\"preserved\" value=\"([^\"]+)\"");
  private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]+)");

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private Logs logs;

  @BeforeEach
  void listen() {
    logs = new Logs();
  }

  @AfterEach
  void nothing_that_was_typed_is_in_the_log() {
    logs.close();
    scene.close();
    assertThat(logs.text()).doesNotContain("Boxk");
  }

  private static MockHttpServletRequest post(String pathAndQuery, String type, byte[] body) {
    MockHttpServletRequest request = Requests.navigation("POST", pathAndQuery);
    request.addHeader("Sec-Fetch-Site", "same-origin");
    request.setContentType(type);
    request.setContent(body);
    return request;
  }

  private static MockHttpServletRequest order() {
    return post("/orders?new=1", FORM, TYPED.getBytes(UTF_8));
  }

  private static String body(MockHttpServletResponse response) {
    try {
      return response.getContentAsString(UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String found(Pattern pattern, MockHttpServletResponse response) {
    Matcher matcher = pattern.matcher(body(response));
    assertThat(matcher.find()).as(body(response)).isTrue();
    return matcher.group(1).replace("&amp;", "&");
  }

  /** What pressing the second button sends. */
  private static MockHttpServletRequest second(MockHttpServletResponse page) {
    return second(found(ACTION, page), found(FIELD, page));
  }

  private static MockHttpServletRequest second(String action, String field) {
    return post(
        action.substring(Houses.CONTEXT_PATH.length()),
        FORM,
        ("preserved=" + field).getBytes(UTF_8));
  }

  private void signInInAnotherTab(MockHttpServletResponse page) {
    String link = body(page).replaceFirst("(?s).*target=\"_blank\"[^>]* href=\"([^\"]+)\".*", "$1");
    MockHttpServletResponse end =
        visitor.follow(visitor.goTo(visitor.atProvider(visitor.goTo(link))));
    assertThat(body(end)).contains("You are signed in", "the other tab");
  }

  private static void assertNothingGotThrough(MockHttpServletResponse response) {
    assertThat(body(response)).doesNotContain(Visitor.APPLICATION);
  }

  @Test
  void a_form_waits_in_the_page_and_is_sent_after_the_login() throws IOException {
    MockHttpServletResponse page = visitor.send(order());

    assertThat(page.getStatus()).isEqualTo(401);
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.getHeader("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(body(page)).contains("not been sent yet").doesNotContain("Boxk", "<script");
    assertThat(visitor.session()).isNull();
    assertNothingGotThrough(page);

    signInInAnotherTab(page);
    visitor.served().clear();
    MockHttpServletResponse result = visitor.send(second(page));

    assertThat(body(result)).isEqualTo(Visitor.APPLICATION);
    HttpServletRequest served = visitor.lastServed();
    assertThat(served.getMethod()).isEqualTo("POST");
    assertThat(served.getRequestURI()).isEqualTo("/app/orders");
    assertThat(served.getQueryString()).isEqualTo("new=1");
    assertThat(served.getContentType()).isEqualTo(FORM);
    assertThat(served.getParameter("text")).isEqualTo("Zwölf Boxkämpfer");
    assertThat(served.getParameter("new")).isEqualTo("1");
    assertThat(served.getParameter("preserved")).isNull();
    assertThat(served.getRemoteUser()).isEqualTo("j.doe");
    assertThat(new String(served.getInputStream().readAllBytes(), UTF_8)).isEqualTo(TYPED);
  }

  @Test
  void a_multipart_form_waits_as_well() throws Exception {
    String type = "multipart/form-data; boundary=x";
    String multipart =
        "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.bin\"\r\n\r\n\u0000Boxk\r\n--x--";
    MockHttpServletResponse page = visitor.send(post("/orders", type, multipart.getBytes(UTF_8)));
    signInInAnotherTab(page);
    visitor.send(second(page));

    HttpServletRequest served = visitor.lastServed();
    assertThat(served.getContentType()).isEqualTo(type);
    assertThat(served.getPart("f").getSubmittedFileName()).isEqualTo("f.bin");
    assertThat(served.getPart("f").getInputStream().readAllBytes())
        .asString()
        .isEqualTo("\u0000Boxk");
  }

  @Test
  void the_cookie_is_for_our_own_pages_alone() {
    visitor.send(order());
    Cookie cookie = visitor.cookies().get("vestibule-app-form");

    assertThat(visitor.cookies()).hasSize(1);
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Strict");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getMaxAge()).isEqualTo(3600);
  }

  @Test
  void several_tabs_have_their_forms_with_one_cookie() {
    MockHttpServletResponse one = visitor.send(order());
    MockHttpServletResponse other = visitor.send(order());
    signInInAnotherTab(one);

    assertThat(body(visitor.send(second(other)))).isEqualTo(Visitor.APPLICATION);
    assertThat(body(visitor.send(second(one)))).isEqualTo(Visitor.APPLICATION);
  }

  @Test
  void pressed_too_early_the_button_keeps_the_form() {
    MockHttpServletResponse page = visitor.send(order());
    MockHttpServletResponse again = visitor.send(second(page));

    assertThat(again.getStatus()).isEqualTo(401);
    assertThat(found(FIELD, again)).isEqualTo(found(FIELD, page));
    assertThat(found(ACTION, again)).isEqualTo(found(ACTION, page));
    assertNothingGotThrough(again);

    signInInAnotherTab(again);
    assertThat(body(visitor.send(second(again)))).isEqualTo(Visitor.APPLICATION);
  }

  @Test
  @Provokes(refusal = Refusal.FORM_SENT)
  void it_is_sent_once() {
    MockHttpServletResponse page = visitor.send(order());
    signInInAnotherTab(page);
    visitor.send(second(page));
    visitor.served().clear();
    MockHttpServletResponse again = visitor.send(second(page));

    assertThat(again.getStatus()).isEqualTo(409);
    assertThat(body(again)).contains("sent already", "href=\"/app/orders\"");
    assertThat(visitor.served()).isEmpty();
    assertReported(Refusal.FORM_SENT, logs.text());
  }

  @Test
  void another_user_cannot_send_it_and_it_is_not_lost() {
    visitor.signIn("/orders");
    scene.clock().advance(Duration.ofHours(13));
    MockHttpServletResponse page = visitor.send(order());
    scene.server().approving(User.named("bob"));
    signInInAnotherTab(page);
    visitor.served().clear();
    MockHttpServletResponse refused = visitor.send(second(page));

    assertThat(refused.getStatus()).isEqualTo(403);
    assertThat(body(refused)).contains("belongs to somebody else");
    assertThat(visitor.served()).isEmpty();

    scene.server().approving(User.JANE);
    signInInAnotherTab(refused);
    visitor.send(second(refused));
    assertThat(visitor.lastServed().getParameter("item")).isEqualTo("7");
  }

  @Test
  @Provokes(refusal = Refusal.FORM_UNREADABLE)
  void another_browser_cannot_send_it() {
    MockHttpServletResponse page = visitor.send(order());
    Visitor thief = visitor.neighbour();
    thief.send(order());
    thief.signIn("/orders");
    thief.served().clear();
    MockHttpServletResponse refused = thief.send(second(page));

    assertThat(refused.getStatus()).isEqualTo(400);
    assertThat(body(refused)).contains("cannot be sent");
    assertThat(thief.served()).isEmpty();
    assertReported(Refusal.FORM_UNREADABLE, logs.text());
  }

  @Test
  void a_browser_without_the_cookie_cannot_send_it() {
    MockHttpServletResponse page = visitor.send(order());
    signInInAnotherTab(page);
    visitor.cookies().remove("vestibule-app-form");

    assertRefused(second(page));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none"})
  void only_a_page_of_this_origin_sends_it(String site) {
    MockHttpServletResponse page = visitor.send(order());
    signInInAnotherTab(page);
    MockHttpServletRequest second = second(page);
    second.removeHeader("Sec-Fetch-Site");
    second.addHeader("Sec-Fetch-Site", site);

    assertRefused(second);
  }

  @Test
  void it_is_sent_where_it_was_meant_for() {
    MockHttpServletResponse page = visitor.send(order());
    signInInAnotherTab(page);

    assertRefused(second("/app/transfers?new=1&vestibule-resume", found(FIELD, page)));
    assertRefused(second("/app/orders?new=2&vestibule-resume", found(FIELD, page)));
    assertRefused(second("/app/orders?vestibule-resume", found(FIELD, page)));
  }

  @Test
  void it_can_be_sent_for_an_hour() {
    MockHttpServletResponse page = visitor.send(order());
    MockHttpServletResponse late = visitor.send(order());
    signInInAnotherTab(page);
    scene.clock().advance(Duration.ofMinutes(59));
    assertThat(body(visitor.send(second(page)))).isEqualTo(Visitor.APPLICATION);
    scene.clock().advance(Duration.ofMinutes(2));

    assertRefused(second(late));
  }

  @Test
  void what_was_changed_is_not_sent() {
    MockHttpServletResponse page = visitor.send(order());
    signInInAnotherTab(page);
    String field = found(FIELD, page);

    assertRefused(second(found(ACTION, page), field.substring(1)));
    assertRefused(second(found(ACTION, page), ""));
    assertRefused(second(found(ACTION, page), field + "AAAA"));
    assertRefused(post("/orders?new=1&vestibule-resume", FORM, ("other=" + field).getBytes(UTF_8)));
  }

  private void assertRefused(MockHttpServletRequest request) {
    visitor.served().clear();
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response)).contains("The form cannot be sent");
    assertThat(visitor.served()).isEmpty();
  }

  @Test
  void a_stranger_with_a_form_of_nobody_is_told_so() {
    MockHttpServletResponse response = visitor.send(second("/app/orders?vestibule-resume", "AAAA"));

    assertThat(response.getStatus()).isEqualTo(400);
    assertNothingGotThrough(response);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none",
    "Content-Type, text/plain",
    "Content-Type, application/json",
    "Content-Encoding, gzip"
  })
  void what_is_not_a_form_of_ours_is_not_kept(String header, String value) {
    MockHttpServletRequest request = order();
    request.removeHeader(header);
    request.addHeader(header, value);
    if (header.equals("Content-Type")) {
      request.setContentType(value);
    }

    assertNotKept(request);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, true",
    "http://localhost:8080, false",
    "http://evil.example, false",
    "null, false",
    "'', false"
  })
  void without_fetch_metadata_the_origin_tells(String origin, boolean kept) {
    MockHttpServletRequest request = order();
    request.removeHeader("Sec-Fetch-Site");
    request.addHeader("Origin", origin);

    assertThat(visitor.send(request).getStatus()).isEqualTo(kept ? 401 : 303);
  }

  @Test
  void without_either_nobody_knows_where_it_comes_from() {
    MockHttpServletRequest request = order();
    request.removeHeader("Sec-Fetch-Site");

    assertNotKept(request);
  }

  @Test
  void the_largest_is_kept_and_one_byte_more_is_not() {
    byte[] largest = "a".repeat(65_536).getBytes(UTF_8);
    MockHttpServletResponse page = visitor.send(post("/orders", FORM, largest));
    signInInAnotherTab(page);
    visitor.send(second(page));
    assertThat(visitor.lastServed().getContentLength()).isEqualTo(65_536);

    visitor.session().invalidate();
    assertNotKept(post("/orders", FORM, "a".repeat(65_537).getBytes(UTF_8)));
  }

  @Test
  void a_form_that_does_not_say_how_long_it_is_is_bounded_alike() {
    MockHttpServletRequest endless =
        new MockHttpServletRequest("POST", "/app/orders") {
          @Override
          public long getContentLengthLong() {
            return -1;
          }
        };
    endless.setContextPath("/app");
    endless.setServletPath("/orders");
    endless.addHeader("Sec-Fetch-Mode", "navigate");
    endless.addHeader("Sec-Fetch-Site", "same-origin");
    endless.setContentType(FORM);
    endless.setContent("a".repeat(65_537).getBytes(UTF_8));

    assertNotKept(endless);
  }

  @Test
  void a_form_of_which_something_is_missing_is_not_kept() {
    MockHttpServletRequest half =
        new MockHttpServletRequest("POST", "/app/orders") {
          @Override
          public long getContentLengthLong() {
            return 10;
          }
        };
    half.setContextPath("/app");
    half.setServletPath("/orders");
    half.addHeader("Sec-Fetch-Mode", "navigate");
    half.addHeader("Sec-Fetch-Site", "same-origin");
    half.setContentType(FORM);
    half.setContent("a=1".getBytes(UTF_8));

    assertNotKept(half);
  }

  @Test
  void nothing_is_kept_where_that_is_not_wanted() {
    try (Scene other = Scene.with("preserve-post-size", "0")) {
      assertThat(other.visitor().send(order()).getStatus()).isEqualTo(303);
    }
  }

  @Test
  void a_script_keeps_its_own() {
    MockHttpServletRequest request = order();
    request.removeHeader("Sec-Fetch-Mode");
    request.removeHeader("Sec-Fetch-Dest");
    request.addHeader("Sec-Fetch-Mode", "cors");
    request.addHeader("Sec-Fetch-Dest", "empty");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(response.getContentType()).isEqualTo("application/json");
  }

  @Test
  void whoever_is_signed_in_is_not_bothered() {
    visitor.signIn("/orders");
    visitor.send(order());

    assertThat(visitor.lastServed().getParameter("preserved")).isNull();
    assertThat(visitor.lastServed().getQueryString()).isEqualTo("new=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders?x=vestibule-resume", "/orders?vestibule-resume=1"})
  void what_only_looks_like_a_second_attempt_is_the_applications_own(String pathAndQuery) {
    visitor.signIn("/orders");
    visitor.send(post(pathAndQuery, FORM, "a=1".getBytes(UTF_8)));

    assertThat(visitor.lastServed()).isNotInstanceOf(ResumedRequest.class);
    assertThat(visitor.lastServed().getQueryString()).contains("vestibule-resume");
  }

  @Test
  void the_page_at_the_end_of_the_login_is_for_those_who_are_signed_in() {
    assertThat(visitor.get("/oauth/signed-in").getStatus()).isEqualTo(401);
  }

  private void assertNotKept(MockHttpServletRequest request) {
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getHeader("Location")).doesNotContain("Boxk");
    assertNothingGotThrough(response);
  }
}
