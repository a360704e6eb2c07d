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

  private static final AccessRules RULES =
      new AccessRules(
          List.of(
              rule(1, "/*"),
              rule(2, "/admin/*"),
              rule(3, "/admin/reports/*"),
              rule(4, "/admin/reports/today")));

  private static AccessRule rule(int number, String pattern) {
    return new AccessRule(
        number,
        pattern,
        Set.of("admin"),
        Scope.NONE,
        AuthenticationRequirement.NONE,
        Optional.empty(),
        false);
  }

  @Test
  void a_path_that_could_be_decoded_or_stripped_once_more_is_not_judged() {
    assertThat(RULES.cannotJudge("/%61dmin/reports")).isTrue();
    assertThat(RULES.cannotJudge("/admin/reports")).isFalse();
    assertThat(RULES.cannotJudge("/admin;/reports")).isTrue();
    assertThat(new AccessRules(List.of()).cannotJudge("/100%;")).isFalse();
  }

  @Test
  void a_path_that_the_container_has_cut_short_is_not_judged() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app/orders;x/admin");

    assertThat(RULES.cannotJudge(false, request, "/orders")).isTrue();
    assertThat(RULES.cannotJudge(false, request, "/orders/admin")).isFalse();
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
    @Nullable AccessRule rule = RULES.of(path);

    assertThat(rule).isNotNull().extracting(AccessRule::number).isEqualTo(number);
  }

  @Test
  void where_there_is_no_rule_there_is_none() {
    assertThat(new AccessRules(List.of()).of("/admin")).isNull();
    assertThat(new AccessRules(List.of(rule(1, "/admin/*"))).of("/account")).isNull();
  }
}
