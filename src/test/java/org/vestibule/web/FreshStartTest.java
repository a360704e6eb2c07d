package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** {@link CallbackServletTest} shows what it is good for. */
class FreshStartTest {

  private static final Cookie OURS = new Cookie("vestibule-app-login-x", "x");

  private final FreshStart freshStart = Houses.usual().freshStart();
  private final FreshStart secure =
      Houses.usual("public-url", "https://app.example.com").freshStart();

  private static MockHttpServletRequest with(MockHttpServletRequest request, Cookie... cookies) {
    request.setCookies(cookies);
    return request;
  }

  private static MockHttpServletRequest callback(Cookie... cookies) {
    return with(Requests.get("/oauth/callback"), cookies);
  }

  private static Cookie made(FreshStart freshStart) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    freshStart.make(callback(), response);
    assertThat(response.getCookies()).hasSize(1);
    return response.getCookies()[0];
  }

  @Test
  void it_takes_a_browser_that_keeps_our_cookies() {
    assertThat(freshStart.isPossible(callback(OURS))).isTrue();
    assertThat(freshStart.isPossible(callback())).isFalse();
    assertThat(freshStart.isPossible(callback(new Cookie("JSESSIONID", "x")))).isFalse();
  }

  @Test
  void it_is_remembered_as_long_as_a_login_may_take() {
    Cookie made = made(freshStart);

    assertThat(freshStart.isPossible(callback(OURS, made))).isFalse();
    assertThat(made.getMaxAge()).isEqualTo(600);
    assertThat(made.isHttpOnly()).isTrue();
    assertThat(made.getName()).isEqualTo("vestibule-app-again");
  }

  @Test
  void under_https_only_a_cookie_of_https_shows_that_it_will_be() {
    assertThat(secure.isPossible(callback(OURS))).isFalse();
    assertThat(secure.isPossible(callback(new Cookie("__Host-" + OURS.getName(), "x")))).isTrue();
    assertThat(made(secure).getName()).isEqualTo("__Host-vestibule-app-again");
    assertThat(made(secure).getSecure()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT"})
  void what_cannot_be_repeated_is_not(String method) {
    assertThat(freshStart.isPossible(with(Requests.navigation(method, "/oauth/callback"), OURS)))
        .isFalse();
  }

  @Test
  void nor_what_nobody_looks_at() {
    assertThat(freshStart.isPossible(with(Requests.fetch("/oauth/callback"), OURS))).isFalse();
  }

  @Test
  void a_login_gives_it_back() {
    MockHttpServletResponse response = new MockHttpServletResponse();
    freshStart.forget(callback(made(freshStart)), response);

    assertThat(response.getCookies())
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.getMaxAge()).isZero();
              assertThat(cookie.getName()).isEqualTo(made(freshStart).getName());
              assertThat(cookie.getPath()).isEqualTo(made(freshStart).getPath());
            });
  }

  @Test
  void what_was_not_made_is_not_given_back() {
    MockHttpServletResponse response = new MockHttpServletResponse();
    freshStart.forget(callback(OURS), response);

    assertThat(response.getCookies()).isEmpty();
  }
}
