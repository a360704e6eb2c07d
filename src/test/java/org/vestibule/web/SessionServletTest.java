package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.Json;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.User;

class SessionServletTest {

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();

  @AfterEach
  void close() {
    scene.close();
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  private MockHttpServletResponse ask() {
    return visitor.send(Requests.fetch("/oauth/session"));
  }

  private Map<String, Object> answer() {
    return Json.read(body(ask()));
  }

  @Test
  void nobody_is_told_where_to_sign_in() {
    assertThat(answer()).isEqualTo(Map.of("authenticated", false, "login_url", "/app/oauth/login"));
    assertThat(visitor.session()).isNull();
    assertThat(visitor.cookies()).isEmpty();
  }

  @Test
  void somebody_is_told_who_they_are() {
    scene.server().approving(User.JANE.with("groups", List.of("staff")));
    visitor.signIn("/orders");
    Instant now = scene.clock().instant();
    Map<String, Object> answer = answer();

    assertThat(answer)
        .containsEntry("authenticated", true)
        .containsEntry("name", "j.doe")
        .containsEntry("provider", "default")
        .containsEntry("roles", List.of("staff"))
        .containsEntry("scope", List.of("openid", "profile", "email"))
        .containsEntry("logout_url", "/app/oauth/logout")
        .containsEntry("access_token_expires_at", seconds(now.plus(Duration.ofHours(1))))
        .containsEntry("session_expires_at", seconds(now.plus(Duration.ofHours(12))));
    assertThat(answer.get("claims"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("iss", scene.server().issuer())
        .containsEntry("sub", User.JANE.sub())
        .containsEntry("email", "janedoe@example.com");
    assertThat(String.valueOf(answer.get("csrf_token"))).hasSize(43);
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Test
  void no_token_is_told_to_anybody() {
    visitor.signIn("/orders");
    String token = String.valueOf(scene.server().lastRequest(Endpoint.USERINFO).bearerToken());

    assertThat(body(ask()))
        .doesNotContain(token, "access_token\"", "refresh_token", "id_token", "nonce", "at_hash");
  }

  @Test
  void the_answer_is_JSON_that_nobody_keeps_or_shares() {
    MockHttpServletResponse response = ask();

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("application/json");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control"));
  }

  @Test
  void names_are_JSON_whatever_they_are() {
    scene.server().approving(User.JANE.with("preferred_username", "\"</script>\\\u2028é"));
    visitor.signIn("/orders");

    assertThat(answer().get("name")).isEqualTo("\"</script>\\\u2028é");
  }

  @Test
  void when_the_session_is_over_nobody_is_signed_in() {
    visitor.signIn("/orders");
    scene.clock().advance(Duration.ofHours(12));

    assertThat(answer()).containsEntry("authenticated", false);
  }

  @Test
  void it_can_be_asked_for_only() {
    try (Logs logs = new Logs()) {
      MockHttpServletResponse response = visitor.send(Requests.request("POST", "/oauth/session"));

      assertThat(response.getStatus()).isEqualTo(405);
      assertThat(response.getHeader("Allow")).isEqualTo("GET, HEAD");
      assertThat(logs.text()).contains(Refusal.METHOD_NOT_ALLOWED.code());
    }
  }
}
