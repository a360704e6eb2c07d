package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.User;

/** What somebody meets who is signed in and comes to a path that a rule guards. */
class GateTest {

  private final Logs logs = new Logs();
  private final Scene scene =
      Scene.with(
          "paths.1.pattern", "/admin/*",
          "paths.1.roles", "admin,auditor",
          "paths.2.pattern", "/orders",
          "paths.2.scope", "orders:read orders:write",
          "paths.3.pattern", "/transfer",
          "paths.3.acr-values", "gold platinum",
          "paths.4.pattern", "/password",
          "paths.4.max-age", "PT5M",
          "paths.5.pattern", "/api/*",
          "paths.5.challenge", "unauthorized");
  private final Visitor jane = scene.visitor();

  @AfterEach
  void close() {
    scene.close();
    logs.close();
  }

  private static Parameters query(MockHttpServletResponse redirection) {
    return Parameters.parse(
        URI.create(String.valueOf(redirection.getHeader("Location"))).getRawQuery());
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  private void assertNotServed(String path) {
    assertThat(jane.served()).noneMatch(request -> request.getServletPath().equals(path));
  }

  // Roles and scope

  @Test
  @Provokes(refusal = Refusal.ROLE_MISSING)
  void without_the_role_a_page_says_so_and_nothing_behind_it_runs() {
    jane.signIn("/home");

    MockHttpServletResponse answer = jane.get("/admin/users");

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(body(answer)).contains("You may not see this").doesNotContain(Visitor.APPLICATION);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    assertNotServed("/admin/users");
    assertReported(Refusal.ROLE_MISSING, logs.text());
    assertThat(jane.get("/home").getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "auditor"})
  void one_of_the_roles_is_enough(String role) {
    scene.server().approving(User.JANE.with("groups", List.of("staff", role)));

    assertThat(body(jane.signIn("/admin/users"))).isEqualTo(Visitor.APPLICATION);
  }

  @Test
  void a_script_is_told_in_json() {
    jane.signIn("/home");

    MockHttpServletResponse answer = jane.send(Requests.fetch("/admin/users"));

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Login error=\"insufficient_role\"");
    assertThat(body(answer)).startsWith("{\"error\":\"insufficient_role\"");
  }

  @Test
  @Provokes(refusal = Refusal.SCOPE_INSUFFICIENT)
  void all_of_the_scope_is_needed() {
    jane.signIn("/home");

    MockHttpServletResponse answer = jane.send(Requests.fetch("/orders"));

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(answer.getHeader("WWW-Authenticate"))
        .isEqualTo("Login error=\"insufficient_scope\", scope=\"orders:read orders:write\"");
    assertThat(body(answer)).startsWith("{\"error\":\"insufficient_scope\"");
    assertReported(Refusal.SCOPE_INSUFFICIENT, logs.text());
  }

  @Test
  void whoever_has_the_scope_passes() {
    try (Scene other =
        Scene.with(
            "scope", "openid orders:read orders:write",
            "paths.1.pattern", "/orders",
            "paths.1.scope", "orders:write")) {
      assertThat(body(other.visitor().signIn("/orders"))).isEqualTo(Visitor.APPLICATION);
    }
  }

  @Test
  void a_stranger_is_asked_to_sign_in_first() {
    assertThat(jane.get("/admin/users").getStatus()).isEqualTo(302);
    assertThat(jane.send(Requests.fetch("/admin/users")).getStatus()).isEqualTo(401);
  }

  @Test
  void a_rule_closes_a_path_that_would_be_open() {
    try (Scene other =
        Scene.with(
            "protected-paths", "/account/*",
            "paths.1.pattern", "/admin/*",
            "paths.1.roles", "admin")) {
      assertThat(other.visitor().get("/admin/users").getStatus()).isEqualTo(302);
      assertThat(other.visitor().get("/elsewhere").getStatus()).isEqualTo(200);
    }
  }

  // The answer's language

  @Test
  void who_does_not_say_what_they_understand_is_answered_as_the_rule_says() {
    MockHttpServletRequest toTheApi = Requests.request("GET", "/api/orders");
    MockHttpServletRequest elsewhere = Requests.request("GET", "/home");

    assertThat(jane.send(toTheApi).getStatus()).isEqualTo(401);
    assertThat(jane.send(elsewhere).getStatus()).isEqualTo(302);
    assertThat(jane.get("/api/orders").getStatus()).isEqualTo(302);
  }

  // Step-up

  private void authenticatedAs(String acr) {
    scene.server().idTokenClaims(claims -> claims.put("acr", acr));
  }

  @Test
  void whoever_was_authenticated_too_weakly_is_sent_back_and_then_sees_the_page() {
    authenticatedAs("silver");
    jane.signIn("/home");

    MockHttpServletResponse redirection = jane.get("/transfer?to=42");
    authenticatedAs("gold");
    MockHttpServletResponse arrival = jane.goTo(jane.atProvider(redirection));

    assertThat(redirection.getStatus()).isEqualTo(302);
    assertThat(query(redirection).get("acr_values")).contains("gold platinum");
    assertThat(arrival.getHeader("Location")).isEqualTo("/app/transfer?to=42");
    assertThat(body(jane.follow(arrival))).isEqualTo(Visitor.APPLICATION);
    assertThat(jane.get("/home").getStatus()).isEqualTo(200);
  }

  @Test
  void a_stranger_is_asked_for_it_at_once() {
    MockHttpServletResponse redirection = jane.get("/transfer");

    assertThat(query(redirection).get("acr_values")).contains("gold platinum");
    authenticatedAs("platinum");
    assertThat(body(jane.follow(jane.goTo(jane.atProvider(redirection)))))
        .isEqualTo(Visitor.APPLICATION);
  }

  /** RFC 9470 section 5: the second answer ends it, whatever it is. */
  @Test
  @Provokes(Violation.STEP_UP_ACR)
  void a_provider_that_ignores_the_step_up_does_not_make_a_loop() {
    authenticatedAs("silver");
    jane.signIn("/home");

    MockHttpServletResponse answer = jane.goTo(jane.atProvider(jane.get("/transfer")));

    assertThat(answer.getStatus()).isEqualTo(403);
    assertThat(body(answer)).contains("This page needs more proof", "href=\"/app/transfer\"");
    assertReported(Violation.STEP_UP_ACR, logs.text());
    assertNotServed("/transfer");
    assertThat(jane.get("/home").getStatus()).isEqualTo(200);
  }

  @Test
  void an_authentication_that_was_long_ago_is_renewed() {
    jane.signIn("/home");
    assertThat(jane.get("/password").getStatus()).isEqualTo(200);
    scene.clock().advance(Duration.ofMinutes(6));

    MockHttpServletResponse redirection = jane.get("/password");
    long now = scene.clock().instant().getEpochSecond();
    scene.server().idTokenClaims(claims -> claims.put("auth_time", now));

    assertThat(query(redirection).get("max_age")).contains("300");
    assertThat(body(jane.follow(jane.goTo(jane.atProvider(redirection)))))
        .isEqualTo(Visitor.APPLICATION);
  }

  @Test
  @Provokes(Violation.STEP_UP_AUTH_TIME)
  void a_provider_that_does_not_ask_again_does_not_make_a_loop() {
    long past = scene.clock().instant().getEpochSecond();
    scene.server().idTokenClaims(claims -> claims.put("auth_time", past));
    jane.signIn("/home");
    scene.clock().advance(Duration.ofMinutes(6));

    MockHttpServletResponse answer = jane.goTo(jane.atProvider(jane.get("/password")));

    assertThat(answer.getStatus()).isEqualTo(403);
    assertReported(Violation.STEP_UP_AUTH_TIME, logs.text());
    assertThat(jane.get("/home").getStatus()).isEqualTo(200);
  }

  @Test
  void a_provider_that_does_not_say_when_is_not_believed() {
    scene.server().idTokenClaims(claims -> claims.remove("auth_time"));
    jane.signIn("/home");

    assertThat(jane.goTo(jane.atProvider(jane.get("/password"))).getStatus()).isEqualTo(403);
  }

  /** RFC 9470 section 3. */
  @Test
  void a_script_is_told_what_is_missing_and_where_to_get_it() {
    authenticatedAs("silver");
    jane.signIn("/home");

    MockHttpServletResponse answer = jane.send(Requests.fetch("/transfer"));

    assertThat(answer.getStatus()).isEqualTo(401);
    assertThat(answer.getHeader("WWW-Authenticate"))
        .isEqualTo(
            "Login url=\"/app/oauth/login?provider=default&acr_values=gold+platinum\","
                + " error=\"insufficient_user_authentication\", acr_values=\"gold platinum\"");
    assertThat(body(answer)).contains("\"error\":\"insufficient_user_authentication\"");
  }

  @Test
  void the_address_that_a_script_is_told_starts_the_step_up() {
    MockHttpServletResponse redirection =
        jane.get("/oauth/login?provider=default&acr_values=gold+platinum&max_age=300&return=/x");

    assertThat(query(redirection).get("acr_values")).contains("gold platinum");
    assertThat(query(redirection).get("max_age")).contains("300");
  }

  @Test
  void what_is_no_number_of_seconds_is_not_passed_on() {
    MockHttpServletResponse redirection = jane.get("/oauth/login?max_age=-1&acr_values=+");

    assertThat(query(redirection).names()).doesNotContain("max_age", "acr_values");
  }

  @Test
  void a_form_that_meets_a_step_up_is_kept_or_sent_to_the_provider() {
    jane.signIn("/home");

    MockHttpServletResponse answer = jane.send(Requests.navigation("POST", "/transfer"));

    assertThat(answer.getStatus()).isEqualTo(303);
    assertThat(query(answer).get("acr_values")).contains("gold platinum");
    assertNotServed("/transfer");
    assertThat(scene.server().requests(Endpoint.TOKEN)).hasSize(1);
  }
}
