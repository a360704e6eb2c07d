package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.doctor.Word;
import org.vestibule.provider.Json;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.User;

class DoctorServletTest {

  private static final String PATH = "/oauth/doctor";
  private static final String[] OPEN = {"doctor", "loopback"};
  private static final String[] FOR_OPERATORS = {"doctor", "on", "doctor-role", "operators"};

  private static MockHttpServletRequest json() {
    MockHttpServletRequest request = Requests.request("GET", PATH);
    request.addHeader("Accept", "application/json");
    return request;
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void by_default_there_is_nothing_at_its_address(String method) {
    try (Scene scene = Scene.with()) {
      MockHttpServletResponse response = scene.visitor().send(Requests.navigation(method, PATH));

      assertThat(response.getStatus()).isEqualTo(404);
      assertThat(scene.server().requests()).isEmpty();
    }
  }

  @Test
  void whoever_is_on_this_machine_sees_a_page() {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletResponse page = scene.visitor().get(PATH);

      assertThat(page.getStatus()).isEqualTo(200);
      assertThat(page.getContentType()).isEqualTo("text/html;charset=UTF-8");
      assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
      assertThat(page.getHeader("Content-Security-Policy"))
          .startsWith("default-src 'none'; style-src 'sha256-")
          .contains("frame-ancestors 'none'");
      assertThat(body(page))
          .startsWith("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">")
          .contains("VEST5303")
          .doesNotContain(Houses.CLIENT_SECRET, "<script", " style=");
    }
  }

  @Test
  void a_program_gets_json() {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletResponse answer = scene.visitor().send(json());

      assertThat(answer.getContentType()).isEqualTo("application/json");
      assertThat(Json.read(body(answer)))
          .containsKeys("severity", "at", "application", "settings", "providers", "findings")
          .containsEntry("context_path", "/app")
          .containsEntry("examined", true);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "X-Forwarded-For",
        "x-forwarded-host",
        "X-Real-IP",
        "Via",
        "$WSRA",
        "CF-Connecting-IP"
      })
  void what_a_proxy_passes_on_does_not_come_from_this_machine(String header) {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletRequest request = json();
      request.addHeader(header, "127.0.0.1");

      assertThat(scene.visitor().send(request).getStatus()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "::2", "2001:db8::1"})
  void others_address_is_not_this_machine(String address) {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletRequest request = json();
      request.setRemoteAddr(address);

      assertThat(scene.visitor().send(request).getStatus()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0:0:0:0:0:0:0:1"})
  void this_machine_has_these_addresses(String address) {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletRequest request = json();
      request.setRemoteAddr(address);

      assertThat(scene.visitor().send(request).getStatus()).isEqualTo(200);
    }
  }

  /** A page of another site whose name was made to lead here. */
  @Test
  void another_name_than_this_machines_is_not_answered() {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletRequest request = json();
      request.setServerName("rebound.example");

      assertThat(scene.visitor().send(request).getStatus()).isEqualTo(404);
    }
  }

  @Test
  void a_stranger_is_asked_to_sign_in_and_led_back() {
    try (Scene scene = Scene.with(FOR_OPERATORS)) {
      scene.server().approving(User.JANE.with("groups", List.of("operators")));

      MockHttpServletResponse page = scene.visitor().signIn(PATH);

      assertThat(page.getStatus()).isEqualTo(200);
      assertThat(body(page)).contains("VEST5303");
    }
  }

  @Test
  void whoever_lacks_the_role_is_refused() {
    try (Scene scene = Scene.with(FOR_OPERATORS)) {
      scene.server().approving(User.JANE.with("groups", List.of("staff")));

      assertThat(scene.visitor().signIn(PATH).getStatus()).isEqualTo(403);
    }
  }

  @Test
  void this_machine_is_nothing_special_where_a_role_is_wanted() {
    try (Scene scene = Scene.with(FOR_OPERATORS)) {
      assertThat(scene.visitor().send(json()).getStatus()).isEqualTo(401);
    }
  }

  @Test
  void the_provider_is_asked_once_in_a_while_whoever_asks() {
    try (Scene scene = Scene.with(OPEN)) {
      scene.visitor().get(PATH);
      int asked = scene.server().requests().size();
      scene.visitor().get(PATH);
      scene.visitor().neighbour().send(json());
      assertThat(scene.server().requests()).hasSize(asked);

      scene.clock().advance(Duration.ofSeconds(31));
      scene.visitor().get(PATH);
      assertThat(scene.server().requests()).hasSizeGreaterThan(asked);
    }
  }

  @Test
  void while_one_diagnosis_is_under_way_no_other_is_begun() throws InterruptedException {
    try (Scene scene = Scene.with("doctor", "loopback", "read-timeout", "PT30S")) {
      Gate gate = scene.server().on(Endpoint.JWKS).gate();
      Thread first = new Thread(() -> scene.visitor().send(json()));
      first.start();
      gate.awaitArrival();

      MockHttpServletResponse busy = scene.visitor().neighbour().send(json());

      assertThat(busy.getStatus()).isEqualTo(503);
      assertThat(busy.getHeader("Retry-After")).isNotNull();
      gate.open();
      first.join();
      assertThat(scene.visitor().neighbour().send(json()).getStatus()).isEqualTo(200);
    }
  }

  @Test
  void a_broken_configuration_can_be_diagnosed_too() {
    Visitor visitor =
        new Visitor(Houses.usual("doctor", "loopback", "clock-skew", "a lot", "client-id", ""));

    MockHttpServletResponse answer = visitor.send(json());

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(body(answer)).contains("VEST3002", "VEST3001", "oauth.clock-skew");
  }

  @Test
  void the_frame_is_in_the_users_language_and_says_what_is_not() {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletRequest request = Requests.get(PATH);
      request.addPreferredLocale(Locale.GERMAN);

      assertThat(body(scene.visitor().send(request)))
          .contains("<html lang=\"de\"")
          .contains("Befunde")
          .contains("<p lang=\"en\" dir=\"ltr\">");
    }
  }

  /** Among the texts that an application adds there are none of this page. */
  @Test
  void in_a_language_without_its_words_it_is_english_as_a_whole() {
    try (Scene scene = Scene.with(OPEN)) {
      MockHttpServletRequest request = Requests.get(PATH);
      request.addPreferredLocale(Locale.forLanguageTag("he"));

      MockHttpServletResponse page = scene.visitor().send(request);

      assertThat(page.getHeader("Content-Language")).isEqualTo("en");
      assertThat(body(page)).contains("<html lang=\"en\" dir=\"ltr\">").contains("Findings");
    }
  }

  @ParameterizedTest
  @EnumSource(Word.class)
  void the_words_of_the_frame_are_those_of_the_other_pages(Word word) {
    MockHttpServletRequest english = new MockHttpServletRequest();
    english.addPreferredLocale(Locale.ENGLISH);

    assertThat(Objects.requireNonNull(Texts.of(english)).get("doctor." + word.key()))
        .isEqualTo(word.english());
  }
}
