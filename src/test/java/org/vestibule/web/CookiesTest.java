package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CookiesTest {

  private static final Cookies COOKIES = new Cookies("vestibule", "/app", false);

  private static Cookie set(boolean secure, boolean crossSite) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    COOKIES.set(response, "name", "value", Duration.ofMinutes(10), secure, crossSite);
    return only(response);
  }

  private static Cookie only(MockHttpServletResponse response) {
    assertThat(response.getCookies()).hasSize(1);
    return response.getCookies()[0];
  }

  @Test
  void under_https_a_cookie_keeps_what_the_prefix_Host_promises() {
    Cookie cookie = set(true, false);

    assertThat(COOKIES.name("x", true)).isEqualTo("__Host-vestibule-app-x");
    assertThat(cookie.getSecure()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(cookie.getMaxAge()).isEqualTo(600);
  }

  @ParameterizedTest
  @CsvSource({"true, None, ''", "false, Lax,"})
  void in_frames_of_other_sites_a_cookie_is_partitioned_if_there_is_https(
      boolean secure, String sameSite, @Nullable String partitioned) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    Cookies framed = new Cookies("vestibule", "/app", true);
    framed.set(response, "name", "value", Duration.ofMinutes(10), secure, false);
    Cookie cookie = only(response);

    assertThat(cookie.getAttribute("SameSite")).isEqualTo(sameSite);
    assertThat(cookie.getAttribute("Partitioned")).isEqualTo(partitioned);
    assertThat(cookie.getSecure()).isEqualTo(secure);
  }

  @Test
  void in_frames_of_other_sites_no_cookie_is_strict() {
    MockHttpServletResponse response = new MockHttpServletResponse();
    Cookies framed = new Cookies("vestibule", "/app", true);
    framed.setStrict(response, "name", "value", Duration.ofMinutes(10), true);

    assertThat(only(response).getAttribute("SameSite")).isEqualTo("None");
    assertThat(only(response).getAttribute("Partitioned")).isEmpty();
  }

  @Test
  void under_http_a_cookie_stays_in_its_application() {
    Cookie cookie = set(false, false);

    assertThat(COOKIES.name("x", false)).isEqualTo("vestibule-app-x");
    assertThat(cookie.getSecure()).isFalse();
    assertThat(cookie.getPath()).isEqualTo("/app/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
  }

  @Test
  void a_cookie_that_comes_back_with_another_sites_form_is_secure_in_any_case() {
    assertThat(set(false, true).getSecure()).isTrue();
    assertThat(set(false, true).getAttribute("SameSite")).isEqualTo("None");
    assertThat(set(true, true).getAttribute("SameSite")).isEqualTo("None");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void a_cookie_is_removed_with_the_attributes_that_it_was_set_with(
      boolean secure, boolean crossSite) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    COOKIES.remove(response, "name", secure, crossSite);
    Cookie set = set(secure, crossSite);
    Cookie removed = only(response);

    assertThat(removed.getMaxAge()).isZero();
    assertThat(removed.getValue()).isEmpty();
    assertThat(removed.getName()).isEqualTo(set.getName());
    assertThat(removed.getPath()).isEqualTo(set.getPath());
    assertThat(removed.getSecure()).isEqualTo(set.getSecure());
    assertThat(removed.isHttpOnly()).isEqualTo(set.isHttpOnly());
    assertThat(removed.getDomain()).isEqualTo(set.getDomain());
    assertThat(removed.getAttribute("SameSite")).isEqualTo(set.getAttribute("SameSite"));
  }

  @Test
  void a_cookie_at_the_root_has_the_path_of_the_root() {
    MockHttpServletResponse response = new MockHttpServletResponse();
    Cookies atRoot = new Cookies("vestibule", "", false);
    atRoot.set(response, atRoot.name("x", false), "value", Duration.ofMinutes(10), false, false);

    assertThat(only(response).getName()).isEqualTo("vestibule-x");
    assertThat(only(response).getPath()).isEqualTo("/");
  }

  @Test
  void applications_on_one_host_do_not_share_names() {
    assertThat(
            Stream.of("", "/a", "/a/b", "/a-b", "/a--b", "/a_b", "/a.b", "/A", "/a%2Fb", "/\u00e4")
                .map(contextPath -> new Cookies("vestibule", contextPath, false).name("x", true)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"/a b", "/a;b", "'/a,b'", "/a=b", "/\u00e4", "/a(b)", "/a##1", "'/a\"b'"})
  void any_context_path_makes_a_name_that_a_cookie_can_have(String contextPath) {
    Cookies cookies = new Cookies("vestibule", contextPath, false);

    assertThat(new Cookie(cookies.name("x", true), "value").getName())
        .matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  }

  @Test
  void cookies_are_found_by_how_their_names_begin() {
    MockHttpServletRequest request = Requests.get("/");
    request.setCookies(
        new Cookie("vestibule-app-a", "1"),
        new Cookie("vestibule-app-a", "2"),
        new Cookie("Vestibule-app-a", "3"),
        new Cookie("x-vestibule-app-a", "4"));

    assertThat(COOKIES.all(request, "vestibule-app-"))
        .extracting(Cookie::getValue)
        .containsExactly("1", "2");
  }

  @Test
  void a_request_without_cookies_has_none() {
    assertThat(COOKIES.all(Requests.get("/"), "vestibule-app-")).isEmpty();
  }
}
