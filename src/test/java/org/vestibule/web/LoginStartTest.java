package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;

class LoginStartTest {

  private static final String ENDPOINT = Houses.ISSUER + "/authorize";
  private static final String[] BY_HAND = {
    "discovery",
    "off",
    "authorization-endpoint",
    ENDPOINT,
    "token-endpoint",
    Houses.ISSUER + "/token",
    "jwks-uri",
    Houses.ISSUER + "/jwks"
  };

  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private static Vestibule with(String... more) {
    String[] all = Arrays.copyOf(BY_HAND, BY_HAND.length + more.length);
    System.arraycopy(more, 0, all, BY_HAND.length, more.length);
    return Houses.usual(all);
  }

  private Cookie begin(Vestibule house) {
    house.loginStart().redirect(Requests.get("/orders"), response, WantedLogin.ANY, "/app/orders");
    assertThat(response.getCookies()).hasSize(1);
    return response.getCookies()[0];
  }

  @Test
  void a_login_that_begins_is_a_redirection_and_a_cookie() {
    Cookie cookie = begin(with());

    assertThat(response.getHeader("Location")).startsWith(ENDPOINT + "?response_type=code&");
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
  }

  @ParameterizedTest
  @CsvSource({"GET,302", "HEAD,302", "POST,303", "PUT,303", "FOO,303"})
  void no_method_and_no_body_gets_to_the_provider(String method, int status) {
    with()
        .loginStart()
        .redirect(Requests.navigation(method, "/orders"), response, WantedLogin.ANY, "/app/orders");

    assertThat(response.getStatus()).isEqualTo(status);
  }

  @Test
  void where_the_answer_comes_in_a_form_the_cookie_comes_with_it() {
    Cookie cookie =
        begin(with("response-mode", "form_post", "public-url", "https://app.example.com"));

    assertThat(response.getHeader("Location")).contains("response_mode=form_post");
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("None");
    assertThat(cookie.getSecure()).isTrue();
  }

  @Test
  void a_silent_login_is_remembered_as_one_and_shows_nothing() {
    with()
        .loginStart()
        .redirectSilently(
            Requests.get("/orders"), response, WantedLogin.by("default"), "/app/orders");

    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location")).startsWith(ENDPOINT).contains("prompt=none");
    assertThat(response.getCookies()).hasSize(1);
  }

  @Test
  void where_users_choose_nobody_is_sent_to_a_provider_whom_nothing_decides_for() {
    LoginStart start = with("providers", "corp,partner", "choose-by", "page").loginStart();
    MockHttpServletResponse chosen = new MockHttpServletResponse();
    start.redirect(Requests.get("/orders"), response, WantedLogin.ANY, "/app/orders");
    start.redirect(Requests.get("/orders"), chosen, WantedLogin.by("corp"), "/app/orders");

    assertThat(response.getHeader("Location")).isEqualTo("/app/oauth/login?return=%2Fapp%2Forders");
    assertThat(response.getCookies()).isEmpty();
    assertThat(chosen.getHeader("Location")).startsWith(ENDPOINT);
    assertThat(chosen.getCookies()).hasSize(1);
  }

  @Test
  @Provokes(refusal = {Refusal.PROVIDER_UNKNOWN, Refusal.NOT_CONFIGURED})
  void who_does_not_exist_begins_nothing() {
    LoginStart some = with().loginStart();
    LoginStart none = with("client-id", "").loginStart();

    assertFails(
        Refusal.PROVIDER_UNKNOWN,
        () -> some.redirect(Requests.get("/"), response, WantedLogin.by("nobody"), "/app/"));
    assertFails(
        Refusal.NOT_CONFIGURED,
        () -> none.redirect(Requests.get("/"), response, WantedLogin.ANY, "/app/"));
    assertThat(response.getCookies()).isEmpty();
    assertThat(response.getHeader("Location")).isNull();
  }
}
