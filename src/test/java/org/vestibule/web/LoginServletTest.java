package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.Endpoint;

class LoginServletTest {

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private String landing(String query) {
    String location =
        visitor.goTo(visitor.atProvider(visitor.get("/oauth/login" + query))).getHeader("Location");
    return String.valueOf(location);
  }

  @Test
  void a_login_leads_to_the_page_that_was_named() {
    assertThat(landing("?return=/app/orders%3Fsort%3Ddate")).isEqualTo("/app/orders?sort=date");
  }

  @Test
  void without_a_page_it_leads_to_the_root() {
    assertThat(landing("")).isEqualTo("/app/");
    assertThat(landing("?return=")).isEqualTo("/app/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/app/../x",
        "/other/",
        "javascript:alert(1)",
        "/app/oauth/login",
        "/app/\r\nSet-Cookie:a=b"
      })
  void it_leads_nowhere_else(String address) {
    assertThat(landing("?return=" + URLEncoder.encode(address, StandardCharsets.UTF_8)))
        .isEqualTo("/app/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "rd", "returnTo", "target", "next", "url", "RelayState"})
  void no_other_parameter_says_where_to(String name) {
    assertThat(landing("?" + name + "=https://evil.example/")).isEqualTo("/app/");
  }

  @Test
  void the_first_of_two_addresses_counts_for_no_more_than_one() {
    assertThat(landing("?return=/app/orders&return=https://evil.example/"))
        .isEqualTo("/app/orders");
    assertThat(landing("?return=https://evil.example/&return=/app/orders")).isEqualTo("/app/");
  }

  @Test
  void a_provider_can_be_chosen() {
    try (Scene other = Scene.with()) {
      Vestibule house =
          scene.restarted(
              "providers", "first,second",
              "provider.first.issuer", scene.server().issuer(),
              "provider.second.issuer", other.server().issuer());
      Visitor chooser = new Visitor(house);

      assertThat(chooser.get("/oauth/login").getHeader("Location"))
          .startsWith(scene.server().url(Endpoint.AUTHORIZATION));
      assertThat(chooser.get("/oauth/login?provider=second").getHeader("Location"))
          .startsWith(other.server().url(Endpoint.AUTHORIZATION));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "DEFAULT", "default%00", "https://evil.example", "../default"})
  @Provokes(refusal = Refusal.PROVIDER_UNKNOWN)
  void a_provider_that_nobody_configured_is_not_spoken_to(String provider) {
    MockHttpServletResponse response = visitor.get("/oauth/login?provider=" + provider);

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(response.getHeader("Location")).isNull();
    assertThat(visitor.cookies()).isEmpty();
    assertReported(Refusal.PROVIDER_UNKNOWN, logs.text());
  }

  @Test
  @Provokes(refusal = Refusal.NOT_CONFIGURED)
  void without_a_configuration_no_login_begins() {
    Visitor other = new Visitor(Houses.usual("issuer", "http://evil.example"));

    assertThat(other.get("/oauth/login").getStatus()).isEqualTo(503);
    assertReported(Refusal.NOT_CONFIGURED, logs.text());
  }

  @Test
  void whoever_is_signed_in_stays_so_until_the_new_login_is_complete() {
    visitor.signIn("/orders");
    visitor.get("/oauth/login");
    visitor.get("/orders");

    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
  }

  @Test
  @Provokes(refusal = Refusal.NOT_SIGNED_IN)
  void a_prefetch_begins_nothing() {
    MockHttpServletRequest request = Requests.get("/oauth/login");
    request.addHeader("Sec-Purpose", "prefetch");
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(401);
    assertThat(visitor.cookies()).isEmpty();
    assertReported(Refusal.NOT_SIGNED_IN, logs.text());
  }

  @ParameterizedTest
  @CsvSource({"off, 401", "on, 302"})
  void a_frame_begins_one_where_frames_are_wanted(String setting, int status) {
    try (Scene framed = Scene.with("cookie-partitioned", setting)) {
      MockHttpServletRequest request = Requests.request("GET", "/oauth/login");
      request.addHeader("Sec-Fetch-Mode", "navigate");
      request.addHeader("Sec-Fetch-Dest", "iframe");

      assertThat(framed.visitor().send(request).getStatus()).isEqualTo(status);
    }
  }

  @Test
  void a_prefetch_in_a_frame_begins_nothing_in_any_case() {
    try (Scene framed = Scene.with("cookie-partitioned", "on")) {
      MockHttpServletRequest request = Requests.request("GET", "/oauth/login");
      request.addHeader("Sec-Fetch-Mode", "navigate");
      request.addHeader("Sec-Fetch-Dest", "iframe");
      request.addHeader("Sec-Purpose", "prefetch");

      assertThat(framed.visitor().send(request).getStatus()).isEqualTo(401);
    }
  }

  @Test
  void a_picture_does_not_push_out_the_logins_that_people_have_begun() {
    visitor.get("/orders");
    for (int i = 0; i < 20; i++) {
      MockHttpServletRequest picture = Requests.request("GET", "/oauth/login");
      picture.addHeader("Sec-Fetch-Mode", "no-cors");
      picture.addHeader("Sec-Fetch-Dest", "image");
      visitor.send(picture);
    }

    assertThat(visitor.cookies()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT", "OPTIONS"})
  @Provokes(refusal = Refusal.METHOD_NOT_ALLOWED)
  void it_is_begun_by_a_GET_only(String method) {
    MockHttpServletResponse response = visitor.send(Requests.navigation(method, "/oauth/login"));

    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getHeader("Allow")).isEqualTo("GET");
    assertThat(visitor.cookies()).isEmpty();
    assertReported(Refusal.METHOD_NOT_ALLOWED, logs.text());
  }
}
