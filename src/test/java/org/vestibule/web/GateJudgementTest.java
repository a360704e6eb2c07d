package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.provider.AccessRule;
import org.vestibule.testing.MovableClock;

/** What a rule makes of somebody who is signed in. */
class GateJudgementTest {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final Logs logs = new Logs();
  private final MovableClock clock = new MovableClock();
  private final Gate gate = Houses.with(clock, Houses.usualSettings("clock-skew", "PT30S")).gate();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @AfterEach
  void close() {
    logs.close();
  }

  private static AccessRule rule(Set<String> roles, String scope) {
    return rule(roles, scope, AuthenticationRequirement.NONE, Optional.empty());
  }

  private static AccessRule rule(
      Set<String> roles,
      String scope,
      AuthenticationRequirement authentication,
      Optional<String> provider) {
    return new AccessRule(
        1, "/orders/*", roles, Scope.parse(scope), authentication, provider, false);
  }

  private static AccessRule asking(AuthenticationRequirement authentication) {
    return rule(Set.of(), "", authentication, Optional.empty());
  }

  private SignedIn user(Set<String> roles, String scope) {
    return user("default", roles, scope, null);
  }

  private SignedIn user(
      String provider, Set<String> roles, String scope, @Nullable Authentication authentication) {
    return new SignedIn(
        new Identity(provider, Houses.ISSUER, "248289761001", "j.doe", roles, "{}"),
        authentication,
        new Tokens(Secret.of(People.ACCESS_TOKEN), null, null, null, Scope.parse(scope)),
        clock.instant(),
        Secret.of("csrf"));
  }

  private SignedIn authenticated(@Nullable String acr, @Nullable Instant time) {
    return user("default", Set.of(), "openid", new Authentication(null, acr, time));
  }

  private static AuthenticationRequirement acr(String... values) {
    return new AuthenticationRequirement(List.of(values), Optional.empty());
  }

  private static AuthenticationRequirement lately() {
    return new AuthenticationRequirement(List.of(), Optional.of(FIVE_MINUTES));
  }

  @Test
  void one_of_the_roles_is_enough_and_all_of_the_scope_is_needed() {
    AccessRule roles = rule(Set.of("admin", "auditor"), "");
    AccessRule scope = rule(Set.of(), "orders:read orders:write");
    AccessRule both = rule(Set.of("admin"), "orders:read");

    assertThat(gate.refusal(roles, user(Set.of("staff", "auditor"), "openid"))).isNull();
    assertThat(gate.refusal(roles, user(Set.of("staff"), "openid")))
        .isEqualTo(Refusal.ROLE_MISSING);
    assertThat(gate.refusal(roles, user(Set.of(), "openid"))).isEqualTo(Refusal.ROLE_MISSING);
    assertThat(gate.refusal(scope, user(Set.of(), "openid orders:read orders:write"))).isNull();
    assertThat(gate.refusal(scope, user(Set.of(), "openid orders:read")))
        .isEqualTo(Refusal.SCOPE_INSUFFICIENT);
    assertThat(gate.refusal(both, user(Set.of("admin"), "orders:read"))).isNull();
    assertThat(gate.refusal(both, user(Set.of("staff"), "openid"))).isEqualTo(Refusal.ROLE_MISSING);
  }

  @Test
  void a_user_of_another_provider_is_to_sign_in_there_and_is_judged_then() {
    AccessRule there = rule(Set.of("admin"), "", acr("gold"), Optional.of("partner"));
    SignedIn here = user("default", Set.of(), "openid", null);

    assertThat(gate.refusal(there, here)).isNull();
    assertThat(gate.missing(there, here)).isEqualTo(new WantedLogin("partner", acr("gold")));
    assertThat(gate.refusal(there, user("partner", Set.of(), "openid", null)))
        .isEqualTo(Refusal.ROLE_MISSING);
    assertThat(Gate.isByAnother(rule(Set.of(), ""), here)).isFalse();
  }

  @Test
  void whoever_was_authenticated_well_enough_needs_no_other_login() {
    assertThat(gate.missing(asking(acr("gold", "platinum")), authenticated("platinum", null)))
        .isNull();
    assertThat(gate.missing(asking(acr("gold")), authenticated("silver", null)))
        .isEqualTo(new WantedLogin("default", acr("gold")));
    assertThat(gate.missing(asking(acr("gold")), user(Set.of(), "openid")))
        .isEqualTo(new WantedLogin("default", acr("gold")));
    assertThat(gate.missing(rule(Set.of(), ""), user(Set.of(), "openid"))).isNull();
  }

  /** The provider's clock may differ by so much. */
  @Test
  void an_authentication_is_late_after_the_age_and_the_clock_skew() {
    SignedIn jane = authenticated(null, clock.instant());
    clock.advance(FIVE_MINUTES.plusSeconds(30));
    assertThat(gate.isMet(lately(), jane)).isTrue();

    clock.advance(Duration.ofSeconds(1));
    assertThat(gate.isMet(lately(), jane)).isFalse();
    assertThat(gate.isMet(AuthenticationRequirement.NONE, jane)).isTrue();
  }

  @Test
  void of_a_provider_that_is_gone_nothing_is_believed() {
    SignedIn stray = user("gone", Set.of(), "openid", new Authentication(null, "gold", null));

    assertThat(gate.isMet(acr("gold"), stray)).isFalse();
    assertThat(gate.isMet(AuthenticationRequirement.NONE, stray)).isTrue();
  }

  private String refused(Refusal refusal, AccessRule rule) throws IOException {
    gate.refuse(refusal, rule, user(Set.of(), "openid a"), Requests.fetch("/orders/1"), response);
    assertThat(response.getStatus()).isEqualTo(403);
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  @Test
  void a_missing_role_is_named_to_nobody_and_its_pattern_in_the_log() throws IOException {
    assertThat(refused(Refusal.ROLE_MISSING, rule(Set.of("admin"), "")))
        .startsWith("{\"error\":\"insufficient_role\"");
    assertThat(response.getHeader("WWW-Authenticate"))
        .isEqualTo("Login error=\"insufficient_role\"");
    assertThat(logs.text()).contains("(pattern /orders/*)");
  }

  @Test
  void a_script_is_told_of_the_whole_scope_and_the_log_of_what_is_missing() throws IOException {
    assertThat(refused(Refusal.SCOPE_INSUFFICIENT, rule(Set.of(), "a b c")))
        .startsWith("{\"error\":\"insufficient_scope\"");
    assertThat(response.getHeader("WWW-Authenticate"))
        .isEqualTo("Login error=\"insufficient_scope\", scope=\"a b c\"");
    assertThat(logs.text()).contains("(pattern /orders/*, missing scope b c)");
  }
}
