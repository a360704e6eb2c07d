package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The browser's part is in a container test: nothing here runs scripts. */
class KeptFragmentTest {

  private static final String LOGIN = "/app/oauth/login?return=%2Fapp%2Forders%3Fid%3D7";

  private final Scene scene = Scene.with("keep-fragment", "on");
  private final Visitor visitor = scene.visitor();

  @AfterEach
  void close() {
    scene.close();
  }

  private static String html(MockHttpServletResponse response) {
    try {
      return response.getContentAsString();
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_navigation_is_answered_with_a_page_that_begins_no_login_yet() {
    MockHttpServletResponse page = visitor.get("/orders?id=7");

    assertThat(page.getStatus()).isEqualTo(401);
    assertThat(page.getHeader("Location")).isNull();
    assertThat(page.getHeader("WWW-Authenticate")).isEqualTo("Login");
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(visitor.cookies()).isEmpty();
    assertThat(visitor.session()).isNull();
    assertThat(visitor.served()).isEmpty();
  }

  @Test
  void its_script_finds_the_link_and_browsers_without_go_there_too() {
    assertThat(html(visitor.get("/orders?id=7")))
        .contains("<a class=\"button\" data-return=\"now\" href=\"" + LOGIN + "\">Sign in</a>")
        .contains(
            "<noscript><meta http-equiv=\"refresh\" content=\"0;url=" + LOGIN + "\"></noscript>")
        .containsPattern("<script defer src=\"/app/oauth/fragment\\.js\\?[0-9a-f]+\"></script>");
  }

  @Test
  void its_policy_allows_the_script_of_this_origin_and_none_within_the_page() {
    assertThat(visitor.get("/orders").getHeader("Content-Security-Policy"))
        .startsWith("default-src 'none';")
        .contains("; script-src 'self';")
        .doesNotContain("unsafe");
    assertThat(html(visitor.get("/orders"))).containsOnlyOnce("<script");
  }

  @Test
  void it_is_in_the_users_language() {
    MockHttpServletRequest request = Requests.get("/orders");
    request.addPreferredLocale(Locale.GERMAN);

    assertThat(html(visitor.send(request))).contains("<html lang=\"de\"").contains("Anmelden");
  }

  @Test
  void the_login_leads_back_to_the_fragment() {
    MockHttpServletResponse begun =
        visitor.get("/oauth/login?return=%2Fapp%2Forders%3Fid%3D7%23%2Fitems%2F2");

    assertThat(visitor.goTo(visitor.atProvider(begun)).getHeader("Location"))
        .isEqualTo("/app/orders?id=7#/items/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/#/app/",
        "//evil.example#/app/",
        "/other/#x",
        "/app/oauth/logout#x"
      })
  void and_nowhere_else(String address) {
    MockHttpServletRequest request = Requests.get("/oauth/login");
    request.setParameter("return", address);

    assertThat(visitor.goTo(visitor.atProvider(visitor.send(request))).getHeader("Location"))
        .isEqualTo("/app/");
  }

  @Test
  void what_a_rule_wants_of_the_login_is_in_its_address() {
    try (Scene strict =
        Scene.with(
            "keep-fragment", "on",
            "paths.1.pattern", "/orders",
            "paths.1.acr-values", "gold silver",
            "paths.1.max-age", "PT5M",
            "paths.1.provider", "default")) {
      assertThat(html(strict.visitor().get("/orders")))
          .contains(
              "href=\"/app/oauth/login?return=%2Fapp%2Forders&amp;provider=default"
                  + "&amp;acr_values=gold+silver&amp;max_age=300\"");
    }
  }

  @Test
  void who_is_signed_in_and_has_to_prove_more_gets_it_too() {
    try (Scene strict =
        Scene.with(
            "keep-fragment", "on", "paths.1.pattern", "/orders", "paths.1.max-age", "PT5M")) {
      Visitor jane = strict.visitor();
      jane.goTo(jane.atProvider(jane.get("/oauth/login")));
      strict.clock().advance(Duration.ofHours(1));

      assertThat(html(jane.get("/orders"))).contains("data-return=\"now\"").contains("max_age=300");
    }
  }

  @Test
  void a_session_that_has_ended_is_told_of_first_and_the_button_takes_the_fragment_along() {
    try (Scene told =
        Scene.with("keep-fragment", "on", "session-expired", "page", "session-maximum", "PT1H")) {
      Visitor jane = told.visitor();
      jane.goTo(jane.atProvider(jane.get("/oauth/login")));
      told.clock().advance(Duration.ofHours(2));

      assertThat(html(jane.get("/orders?id=7")))
          .contains("Your session has ended")
          .contains("data-return=\"\" href=\"" + LOGIN + "\"")
          .contains("<script defer src=")
          .doesNotContain("http-equiv");
    }
  }

  @Test
  void a_link_cannot_break_out_of_the_page() {
    assertThat(html(visitor.get("/orders?q='%22%3E%3Cscript%3E&x=1;url=//evil.example")))
        .containsOnlyOnce("<script")
        .doesNotContain("url=//evil.example");
  }

  @ParameterizedTest
  @CsvSource({"POST, 303", "HEAD, 302"})
  void what_is_no_page_to_come_back_to_is_redirected(String method, int status) {
    assertThat(visitor.send(Requests.navigation(method, "/orders")).getStatus()).isEqualTo(status);
  }

  @Test
  void a_script_is_answered_as_ever() {
    assertThat(visitor.send(Requests.fetch("/orders")).getContentType())
        .isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iframe", "image", "style"})
  void frames_and_the_like_get_no_page(String destination) {
    MockHttpServletRequest request = Requests.request("GET", "/orders");
    request.addHeader("Sec-Fetch-Mode", "navigate");
    request.addHeader("Sec-Fetch-Dest", destination);
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(response.getContentAsByteArray()).isEmpty();
  }

  @Test
  void a_prefetch_gets_no_page() {
    MockHttpServletRequest request = Requests.get("/orders");
    request.addHeader("Sec-Purpose", "prefetch;prerender");

    assertThat(visitor.send(request).getContentAsByteArray()).isEmpty();
  }

  @Test
  void without_the_setting_there_is_a_redirection() {
    try (Scene usual = Scene.with()) {
      assertThat(usual.visitor().get("/orders").getStatus()).isEqualTo(302);
    }
  }

  @Test
  void the_script_is_the_same_for_everybody_and_kept() {
    MockHttpServletResponse script = visitor.get("/oauth/fragment.js");

    assertThat(html(script)).isEqualTo(FragmentScriptServlet.SCRIPT);
    assertThat(script.getContentType()).isEqualTo("text/javascript;charset=UTF-8");
    assertThat(script.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(script.getHeader("Cache-Control")).contains("public").contains("immutable");
    assertThat(script.getHeaders("Set-Cookie")).isEmpty();
    assertThat(visitor.send(Requests.navigation("POST", "/oauth/fragment.js")).getStatus())
        .isEqualTo(405);
  }
}
