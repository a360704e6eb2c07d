package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.provider.AccessRule;

class AccessRulesTest {

  private final AccessRules rules =
      new AccessRules(
          List.of(
              rule(1, "/*"),
              rule(2, "/admin/*"),
              rule(3, "/admin/reports/*"),
              rule(4, "/admin/reports/today")));

  private static AccessRule rule(int number, String pattern) {
    return rule(number, pattern, AuthenticationRequirement.NONE);
  }

  private static AccessRule rule(int number, String pattern, AuthenticationRequirement required) {
    return new AccessRule(
        number, pattern, Set.of("admin"), Scope.NONE, required, Optional.empty(), false);
  }

  private static AuthenticationRequirement acr(String... values) {
    return new AuthenticationRequirement(List.of(values), Optional.empty());
  }

  @Test
  void a_path_that_could_be_decoded_or_stripped_once_more_is_not_judged() {
    assertThat(rules.cannotJudge("/%61dmin/reports")).isTrue();
    assertThat(rules.cannotJudge("/admin/reports")).isFalse();
    assertThat(rules.cannotJudge("/admin;/reports")).isTrue();
    assertThat(new AccessRules(List.of()).cannotJudge("/100%;")).isFalse();
  }

  @Test
  void a_path_that_the_container_has_cut_short_is_not_judged() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app/orders;x/admin");

    assertThat(rules.cannotJudge(false, request, "/orders")).isTrue();
    assertThat(rules.cannotJudge(false, request, "/orders/admin")).isFalse();
    assertThat(new AccessRules(List.of()).cannotJudge(false, request, "/orders")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/, 1",
    "/administrator, 1",
    "/Admin/x, 1",
    "/admin, 2",
    "/admin/, 2",
    "/admin/users, 2",
    "/admin/reports, 3",
    "/admin/reports/, 3",
    "/admin/reports/yesterday, 3",
    "/admin/reports/today/x, 3",
    "/admin/reports/today, 4",
    "/admin/reports/today/, 4"
  })
  void the_most_specific_pattern_counts_and_no_other(String path, int number) {
    @Nullable AccessRule rule = rules.of(path);

    assertThat(rule).isNotNull().extracting(AccessRule::number).isEqualTo(number);
  }

  @Test
  void where_there_is_no_rule_there_is_none() {
    assertThat(new AccessRules(List.of()).of("/admin")).isNull();
    assertThat(new AccessRules(List.of(rule(1, "/admin/*"))).of("/account")).isNull();
    assertThat(new AccessRules(List.of(rule(1, "/admin"))).of("/")).isNull();
  }

  @Test
  void what_the_application_asks_for_is_a_rule_of_its_own_or_comes_on_top_of_one() {
    AccessRules some =
        new AccessRules(List.of(rule(1, "/admin/*"), rule(2, "/vault/*", acr("gold", "silver"))));

    assertThat(some.of("/account", AuthenticationRequirement.NONE)).isNull();
    assertThat(some.of("/admin/x", AuthenticationRequirement.NONE)).isSameAs(some.of("/admin/x"));
    assertThat(some.of("/account", acr("gold")))
        .extracting(AccessRule::authentication, AccessRule::roles)
        .containsExactly(acr("gold"), Set.of());
    assertThat(some.of("/admin/x", acr("gold")))
        .extracting(AccessRule::authentication, AccessRule::roles)
        .containsExactly(acr("gold"), Set.of("admin"));
  }

  @Test
  void two_that_have_nothing_in_common_contradict_each_other() {
    AccessRules some = new AccessRules(List.of(rule(1, "/vault/*", acr("gold", "silver"))));

    assertThat(some.contradict("/vault/x", acr("platinum"))).isTrue();
    assertThat(some.contradict("/vault/x", acr("silver"))).isFalse();
    assertThat(some.contradict("/vault/x", AuthenticationRequirement.NONE)).isFalse();
    assertThat(some.contradict("/account", acr("platinum"))).isFalse();
  }
}
