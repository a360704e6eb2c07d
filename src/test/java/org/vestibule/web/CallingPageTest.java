package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** A script that is told to let the user sign in is also told where to come back to. */
class CallingPageTest {

  private static final String BACK = "/app/oauth/login?return=%2Fapp%2Forders%3Fsort%3Ddate";

  private final Scene scene = Scene.with();

  @AfterEach
  void close() {
    scene.close();
  }

  private static MockHttpServletRequest fetch(String... headers) {
    MockHttpServletRequest request = Requests.fetch("/api/orders");
    for (int i = 0; i < headers.length; i += 2) {
      request.addHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private String loginUrl(MockHttpServletRequest request) {
    return scene.house().loginUrl(request);
  }

  private String answer(MockHttpServletRequest request) throws UnsupportedEncodingException {
    return scene.visitor().send(request).getContentAsString();
  }

  @Test
  void a_fetch_leads_back_to_the_page_it_came_from() throws UnsupportedEncodingException {
    assertThat(answer(fetch("Referer", "http://localhost/app/orders?sort=date")))
        .contains("\"" + BACK + "\"");
  }

  @Test
  void htmx_names_the_page_itself() {
    assertThat(
            scene
                .visitor()
                .send(
                    fetch(
                        "HX-Request", "true",
                        "HX-Current-URL", "http://localhost/app/orders?sort=date#third",
                        "Referer", "http://localhost/app/other"))
                .getHeader("HX-Redirect"))
        .isEqualTo(BACK + "%23third");
  }

  @Test
  void faces_leads_back_to_the_view() throws UnsupportedEncodingException {
    assertThat(
            answer(
                fetch(
                    "Faces-Request", "partial/ajax",
                    "Referer", "http://localhost/app/orders?sort=date")))
        .contains("<redirect url=\"" + BACK + "\"/>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/app/orders",
        "http://localhost.evil.example/app/orders",
        "http://localhost:81/app/orders",
        "https://localhost/app/orders",
        "http://localhost",
        "http://localhost/",
        "http://localhost/other/page",
        "http://localhost/app/",
        "http://localhost/app/oauth/logout",
        "http://localhost/app/oauth/session",
        "http://localhost/app/../other",
        "http://localhost//evil.example/app/",
        "http://localhost/app/\"><script>",
        "/app/orders",
        "about:client",
        ""
      })
  void any_other_page_is_no_place_to_come_back_to(String page) {
    assertThat(loginUrl(fetch("Referer", page))).isEqualTo("/app/oauth/login");
    assertThat(loginUrl(fetch("HX-Current-URL", page))).isEqualTo("/app/oauth/login");
  }

  @Test
  void without_a_page_there_is_none() {
    assertThat(loginUrl(fetch())).isEqualTo("/app/oauth/login");
  }

  @ParameterizedTest
  @CsvSource({
    "https://portal.example/app/orders, /app/oauth/login?return=%2Fapp%2Forders",
    "http://localhost/app/orders, /app/oauth/login"
  })
  void behind_a_proxy_the_public_address_counts(String page, String loginUrl) {
    Vestibule published = Houses.usual("public-url", "https://portal.example");

    assertThat(published.loginUrl(fetch("Referer", page))).isEqualTo(loginUrl);
  }

  @Test
  void a_host_that_nobody_configured_has_no_pages() {
    MockHttpServletRequest request = fetch("Referer", "http://evil.example/app/orders");
    request.setServerName("evil.example");

    assertThat(loginUrl(request)).isEqualTo("/app/oauth/login");
  }

  @Test
  void the_login_ends_on_that_page() {
    String url = loginUrl(fetch("Referer", "http://localhost/app/orders?sort=date"));
    Visitor visitor = scene.visitor();

    assertThat(visitor.goTo(visitor.atProvider(visitor.goTo(url))).getHeader("Location"))
        .isEqualTo("/app/orders?sort=date");
  }
}
