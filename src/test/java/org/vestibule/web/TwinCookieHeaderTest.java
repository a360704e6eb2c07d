package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.SignedIn;

/** SE-06: which headers have two session cookies. */
class TwinCookieHeaderTest {

  private static final String MARK = "vestibule-app-session";

  private final TwinCookies twins =
      new TwinCookies(
          new Cookies("vestibule", "/app", false), Houses.usual().address(), Duration.ofHours(12));
  private final SignedIn jane = People.signedIn("248289761001", Instant.EPOCH);
  private final MockHttpServletRequest request = Requests.get("/orders");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private boolean isDoubtful(String header) {
    request.removeHeader("Cookie");
    request.addHeader("Cookie", header);
    return twins.makeDoubtful(jane, request);
  }

  /** RFC 9113 section 8.2.3, and as browsers do. */
  @Test
  void over_http_2_each_cookie_can_have_a_field_of_its_own() {
    request.setProtocol("HTTP/2.0");
    request.addHeader("Cookie", "JSESSIONID=a");
    request.addHeader("Cookie", "x=y");
    assertThat(twins.makeDoubtful(jane, request)).isFalse();

    request.addHeader("Cookie", "JSESSIONID=b");
    assertThat(twins.makeDoubtful(jane, request)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JSESSIONID=a; JSESSIONID=b",
        "JSESSIONID=a;JSESSIONID=b",
        "JSESSIONID=a,JSESSIONID=b",
        "JSESSIONID=a;\tJSESSIONID=b",
        "JSESSIONID=a; x=y; JSESSIONID=b",
        "x=y; JSESSIONID=; JSESSIONID=",
        "=x; JSESSIONID=a; JSESSIONID=b; JSESSIONID=c"
      })
  void two_of_the_name_leave_a_doubt(String header) {
    assertThat(isDoubtful(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "JSESSIONID",
        "JSESSIONID=a",
        "JSESSIONID=a; JSESSIONID",
        "JSESSIONID=a; JSESSIONID2=b",
        "JSESSIONID=a; XJSESSIONID=b",
        "JSESSIONID=a; x=JSESSIONID=b",
        "JSESSIONID=JSESSIONID=b"
      })
  void one_leaves_none(String header) {
    assertThat(isDoubtful(header)).isFalse();
  }

  @Test
  void without_cookies_there_is_none_either() {
    assertThat(twins.makeDoubtful(jane, request)).isFalse();
  }

  private Cookie told() {
    twins.tellApart(request, response, jane);
    return response.getCookies()[0];
  }

  private boolean isDoubtfulWith(Cookie... more) {
    Cookie[] all = new Cookie[more.length + 2];
    all[0] = new Cookie("JSESSIONID", "a");
    all[1] = new Cookie("JSESSIONID", "b");
    System.arraycopy(more, 0, all, 2, more.length);
    request.setCookies(all);
    return twins.makeDoubtful(jane, request);
  }

  @Test
  void the_mark_of_the_session_takes_the_doubt_away() {
    Cookie mark = told();

    assertThat(mark.getName()).isEqualTo(MARK);
    assertThat(isDoubtfulWith(mark)).isFalse();
    assertThat(isDoubtfulWith()).isTrue();
    assertThat(isDoubtfulWith(mark, mark)).isTrue();
    assertThat(isDoubtfulWith(new Cookie(MARK, ""))).isTrue();
    assertThat(isDoubtfulWith(new Cookie(MARK, "another"))).isTrue();
    assertThat(isDoubtfulWith(new Cookie(MARK + "s", mark.getValue()))).isTrue();
    assertThat(isDoubtfulWith(mark, new Cookie(MARK + "s", mark.getValue()))).isFalse();
  }

  @Test
  void a_cookie_that_nobody_else_can_set_needs_no_mark() {
    request.getServletContext().getSessionCookieConfig().setName("__Host-JSESSIONID");
    twins.tellApart(request, response, jane);

    assertThat(response.getCookies()).isEmpty();
  }

  @Test
  void at_a_logout_the_mark_goes_if_there_is_one() {
    twins.forget(request, response);
    assertThat(response.getCookies()).isEmpty();
    request.setCookies(told());
    MockHttpServletResponse answer = new MockHttpServletResponse();
    twins.forget(request, answer);

    assertThat(answer.getCookies()).singleElement().returns(0, Cookie::getMaxAge);
  }
}
