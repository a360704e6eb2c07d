package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class AccessRulesReaderTest {

  private static List<AccessRule> rules(Configuration configuration) {
    assertThat(configuration.problems()).isEmpty();
    return configuration.application().paths().rules();
  }

  @Test
  void a_rule_has_these_parts() {
    assertThat(
            rules(
                read(
                    least(
                        "oauth.paths.1.pattern", "/admin/*",
                        "oauth.paths.1.roles", "admin, head of sales",
                        "oauth.paths.1.scope", "read write",
                        "oauth.paths.1.acr-values", "gold,platinum",
                        "oauth.paths.1.max-age", "PT5M",
                        "oauth.paths.1.provider", "default",
                        "oauth.paths.1.challenge", "unauthorized"))))
        .containsExactly(
            new AccessRule(
                1,
                "/admin/*",
                Set.of("admin", "head of sales"),
                Scope.of(List.of("read", "write")),
                new AuthenticationRequirement(
                    List.of("gold", "platinum"), Optional.of(Duration.ofMinutes(5))),
                Optional.of("default"),
                true));
  }

  @Test
  void rules_come_from_the_environment_as_well_and_numbers_may_be_left_out() {
    assertThat(
            rules(
                read(
                    least("oauth.paths.7.pattern", "/b"),
                    Map.of("OAUTH_PATHS_2_PATTERN", "/a", "OAUTH_PATHS_2_ROLES", "admin"))))
        .extracting(AccessRule::pattern)
        .containsExactly("/a", "/b");
  }

  @ParameterizedTest
  @CsvSource({
    "pattern, admin/*, MALFORMED",
    "pattern, *.jsp, MALFORMED",
    "scope, re\"ad, MALFORMED",
    "roles, ',', MALFORMED",
    "acr-values, go\\ld, MALFORMED",
    "max-age, PT59S, MALFORMED",
    "max-age, 300, MALFORMED",
    "challenge, page, MALFORMED",
    "provider, corp, UNKNOWN_PROVIDER",
    "role, admin, UNKNOWN_RULE"
  })
  void what_is_not_understood_opens_nothing(String key, String text, Mistake mistake) {
    Map<String, String> settings = least("oauth.paths.1.pattern", "/admin/*");
    settings.put("oauth.paths.1." + key, text);

    Configuration configuration = read(settings);

    assertThat(mistakes(configuration)).containsExactly(mistake);
    assertThat(configuration.isUsable()).isFalse();
    assertThat(configuration.problems().get(0).key()).isEqualTo("oauth.paths.1." + key);
  }

  @ParameterizedTest
  @CsvSource({"oauth.paths.0.roles", "oauth.paths.51.pattern", "oauth.paths.admin.roles"})
  void a_number_that_is_none_is_an_error(String key) {
    assertThat(mistakes(read(least(key, "/x")))).containsExactly(Mistake.UNKNOWN_RULE);
  }

  @Test
  void it_is_one_in_the_environment_too() {
    assertThat(mistakes(read(least(), Map.of("OAUTH_PATHS_1_ROLE", "admin"))))
        .containsExactly(Mistake.UNKNOWN_RULE);
  }

  @Test
  void a_rule_needs_a_pattern() {
    assertThat(mistakes(read(least("oauth.paths.1.roles", "admin"))))
        .containsExactly(Mistake.MISSING);
  }

  @Test
  void a_public_path_must_not_cover_a_rule() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.public-paths", "/public/*",
                        "oauth.paths.1.pattern", "/public/admin/*",
                        "oauth.paths.1.roles", "admin"))))
        .containsExactly(Mistake.EVERYTHING_PUBLIC);
  }

  @Test
  void what_only_an_id_token_can_show_needs_one() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.scope", "profile",
                        "oauth.paths.1.pattern", "/transfer",
                        "oauth.paths.1.acr-values", "gold"))))
        .containsExactly(Mistake.CHECK_NEEDS_OPENID);
  }
}
