package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.properties;
import static org.vestibule.provider.Configurations.provider;
import static org.vestibule.provider.Configurations.read;
import static org.vestibule.provider.Configurations.without;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.protocol.Scope;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class SettingsReaderTest {

  private static final Map<String, String> TWO =
      properties(
          "oauth.providers", "corp,github",
          "oauth.public-url", "https://portal.example.com",
          "oauth.provider.corp.issuer", "https://login.corp.example/realms/main",
          "oauth.provider.corp.client-id", "portal",
          "oauth.provider.corp.client-secret", "7Fjfp0ZBr1KtDRbnfVdmIw",
          "oauth.provider.github.client-id", "s6BhdRkqt3",
          "oauth.provider.github.client-secret", "gX1fBat3bV");

  @Test
  void three_settings_are_enough() {
    Configuration configuration = read(Configurations.LEAST);

    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.isUsable()).isTrue();
    assertThat(configuration.defaultProvider()).isEqualTo("default");
    ProviderSettings provider = provider(configuration);
    assertThat(provider.id()).isEqualTo("default");
    assertThat(provider.endpoints().issuer()).contains("https://server.example.com");
    assertThat(provider.endpoints().discovery()).isTrue();
    assertThat(provider.client().credentials().clientId()).isEqualTo("s6BhdRkqt3");
    assertThat(provider.client().credentials().clientSecret().orElseThrow().value())
        .isEqualTo("gX1fBat3bV");
  }

  @Test
  void three_variables_are_enough() {
    Configuration configuration =
        read(
            Map.of(),
            Map.of(
                "OAUTH_ISSUER", "https://server.example.com",
                "OAUTH_CLIENT_ID", "s6BhdRkqt3",
                "OAUTH_CLIENT_SECRET", "gX1fBat3bV"));

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).client().credentials().clientId()).isEqualTo("s6BhdRkqt3");
  }

  @Test
  void providers_are_in_the_order_of_their_list_and_the_first_is_the_default() {
    Configuration configuration = read(TWO);

    assertThat(configuration.isUsable()).isTrue();
    assertThat(configuration.providers().keySet()).containsExactly("corp", "github");
    assertThat(configuration.defaultProvider()).isEqualTo("corp");
  }

  @Test
  void one_variable_switches_the_provider() {
    Configuration configuration = read(TWO, Map.of("OAUTH_DEFAULT_PROVIDER", "github"));

    assertThat(configuration.isUsable()).isTrue();
    assertThat(configuration.defaultProvider()).isEqualTo("github");
  }

  @Test
  void a_providers_own_setting_goes_before_the_shared_one_and_that_before_the_preset() {
    Map<String, String> all = properties("oauth.scope", "read:org", "oauth.name-claim", "email");
    all.putAll(TWO);
    all.put("oauth.provider.github.scope", "repo");

    ProviderSettings github = read(all).providers().get("github");

    assertThat(github.request().scope()).isEqualTo(Scope.parse("repo"));
    assertThat(github.caller().nameClaims()).containsExactly("email");
    assertThat(github.caller().subjectClaim()).isEqualTo("id");
    assertThat(github.request().pkce()).isTrue();
  }

  @Test
  void a_variable_with_a_hyphenated_id_is_found() {
    Map<String, String> properties =
        properties(
            "oauth.providers", "my-corp",
            "oauth.issuer", "https://server.example.com",
            "oauth.client-id", "shared",
            "oauth.client-secret", "gX1fBat3bV");

    Configuration configuration =
        read(properties, Map.of("OAUTH_PROVIDER_MY_CORP_CLIENT_ID", "s6BhdRkqt3"));

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).client().credentials().clientId()).isEqualTo("s6BhdRkqt3");
  }

  @Test
  void the_single_provider_can_be_set_by_its_id_too() {
    assertThat(
            provider(least("oauth.provider.default.client-id", "own"))
                .client()
                .credentials()
                .clientId())
        .isEqualTo("own");
  }

  @Test
  void an_empty_value_is_no_value() {
    Configuration configuration =
        read(least("oauth.pkce", " "), Map.of("OAUTH_PROVIDERS", "", "OAUTH_CLOCK_SKEW", ""));

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).request().pkce()).isTrue();
  }

  @Test
  void blanks_around_a_value_do_not_count() {
    assertThat(provider(least("oauth.pkce", " required\t", "oauth.refresh", "off ")).refresh())
        .extracting(ProviderSettings.Refresh::enabled)
        .isEqualTo(false);
  }

  @Test
  void all_problems_are_told_at_once_with_key_source_and_remedy() {
    Configuration configuration =
        read(
            properties("oauth.issuer", "http://server.example.com", "oauth.pkce", "of"),
            Map.of("OAUTH_LOGIN_TIMEOUT", "10m"));

    assertThat(configuration.isUsable()).isFalse();
    assertThat(configuration.problems())
        .extracting(ConfigurationProblem::toString)
        .contains(
            "VEST3008 oauth.issuer [from PropertiesConfigSource"
                + "[source=microprofile-config.properties]]: the address is not an https URL."
                + " Use https; only loopback addresses may be http.",
            "VEST3001 oauth.client-id: the setting is missing. Set it.",
            "VEST3002 oauth.login-timeout [from EnvConfigSource]: the value cannot be understood"
                + " (an ISO 8601 duration such as PT30S). Correct it.");
    assertThat(mistakes(configuration))
        .containsExactlyInAnyOrder(
            Mistake.NOT_HTTPS,
            Mistake.MALFORMED,
            Mistake.MISSING,
            Mistake.SECRET_NEEDED,
            Mistake.MALFORMED);
  }

  @Test
  void a_mistake_in_a_shared_setting_is_told_once() {
    Map<String, String> all = properties("oauth.clock-skew", "P1D");
    all.putAll(TWO);

    assertThat(mistakes(read(all)))
        .containsExactlyInAnyOrder(Mistake.MALFORMED, Mistake.SHARED_REDIRECT_URI);
  }

  /** CF-01: what is not there, empty or blank is named, and closes everything. */
  @ParameterizedTest
  @CsvSource({"issuer,NO_ENDPOINT", "client-id,MISSING", "client-secret,SECRET_NEEDED"})
  void none_of_the_three_settings_can_be_left_out(String name, Mistake mistake) {
    String key = Setting.PREFIX + name;
    for (Map<String, String> settings :
        List.of(without(Configurations.LEAST, key), least(key, ""), least(key, " \t"))) {
      Configuration configuration = read(settings);

      assertThat(configuration.isUsable()).isFalse();
      assertThat(configuration.providers()).isEmpty();
      assertThat(configuration.problems())
          .filteredOn(ConfigurationProblem::isError)
          .extracting(ConfigurationProblem::key, ConfigurationProblem::mistake)
          .contains(tuple(key, mistake));
      assertThat(configuration.application().paths().protectedPaths()).containsExactly("/*");
    }
  }

  @Test
  void with_an_error_there_is_no_provider_to_sign_in_at() {
    Configuration configuration = read(least("oauth.pkce", "optional"));

    assertThat(configuration.isUsable()).isFalse();
    assertThat(configuration.providers()).isEmpty();
    assertThat(configuration.application().paths().protectedPaths()).containsExactly("/*");
  }

  @Test
  void a_warning_leaves_the_configuration_usable() {
    Configuration configuration = read(least("oauth.pkce", "off"));

    assertThat(mistakes(configuration)).containsExactly(Mistake.PKCE_OFF);
    assertThat(configuration.isUsable()).isTrue();
  }

  @Test
  void an_unresolvable_expression_is_not_the_same_as_nothing() {
    Configuration configuration = read(least("oauth.acr-values", "${acr.of.nobody}"));

    assertThat(mistakes(configuration)).containsExactly(Mistake.EXPRESSION);
    assertThat(configuration.problems().get(0).source()).contains("microprofile-config.properties");
  }

  @Test
  void an_expression_is_resolved() {
    assertThat(
            provider(least("oauth.client-id", "${portal.client}", "portal.client", "s6BhdRkqt3"))
                .client()
                .credentials()
                .clientId())
        .isEqualTo("s6BhdRkqt3");
  }

  @Test
  void what_is_set_can_be_shown_with_its_source_but_no_secret() {
    Configuration configuration =
        read(
            without(TWO, "oauth.public-url"),
            Map.of("OAUTH_PROVIDER_CORP_TOKEN_PARAMETERS", "password=gX1fBat3bV"));

    assertThat(configuration.settingsInEffect())
        .extracting(SettingInEffect::toString)
        .contains(
            "oauth.provider.corp.client-id=portal [from PropertiesConfigSource"
                + "[source=microprofile-config.properties], ordinal 100]",
            "oauth.provider.corp.client-secret=*** [from PropertiesConfigSource"
                + "[source=microprofile-config.properties], ordinal 100]",
            "oauth.provider.corp.token-parameters=*** [from EnvConfigSource, ordinal 300]",
            "oauth.provider.github.scope=read:user [from preset github]")
        .noneMatch(line -> line.contains("gX1fBat3bV") || line.contains("7Fjfp0ZBr1KtDRbnfVdmIw"));
  }

  @Test
  void a_provider_is_found_by_its_id_or_not_at_all() {
    Configuration configuration = read(Configurations.LEAST);

    assertThat(configuration.provider("default")).isPresent();
    assertThat(configuration.provider("corp")).isEqualTo(Optional.empty());
  }
}
