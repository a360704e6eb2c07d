package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.read;
import static org.vestibule.provider.Configurations.without;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class KnownKeysTest {

  private static List<ConfigurationProblem> unknown(Configuration configuration) {
    return configuration.problems().stream()
        .filter(problem -> problem.mistake() == Mistake.UNKNOWN_KEY)
        .toList();
  }

  private static String misspelt(Setting setting) {
    return new StringBuilder(setting.key()).deleteCharAt(1).toString();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void a_misspelt_key_is_told_with_the_one_that_was_meant(Setting setting) {
    String key = Setting.PREFIX + misspelt(setting);

    assertThat(unknown(read(least(key, "x"))))
        .extracting(ConfigurationProblem::key, ConfigurationProblem::detail)
        .containsExactly(tuple(key, "did you mean " + Setting.PREFIX + setting.key() + "?"));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void a_misspelt_variable_is_told_once_with_the_key_that_was_meant(Setting setting) {
    String variable = KnownKeys.inEnvironment(Setting.PREFIX + misspelt(setting));

    assertThat(unknown(read(Configurations.LEAST, Map.of(variable, "x"))))
        .extracting(
            ConfigurationProblem::key, ConfigurationProblem::source, ConfigurationProblem::detail)
        .containsExactly(
            tuple(
                variable,
                "EnvConfigSource",
                "did you mean " + Setting.PREFIX + setting.key() + "?"));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void a_known_key_is_not_told(Setting setting) {
    String key = Setting.PREFIX + setting.key();

    assertThat(unknown(read(least(key, "x")))).isEmpty();
    assertThat(unknown(read(Configurations.LEAST, Map.of(KnownKeys.inEnvironment(key), "x"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "oauth.client.id, oauth.client-id",
    "oauth.client_id, oauth.client-id",
    "oauth.clientId, oauth.client-id",
    "oauth.Client-Id, oauth.client-id",
    "OAUTH_CLIENT_ID, oauth.client-id",
    "oauth_client_id, oauth.client-id",
    "oauth.redirect.uri, oauth.redirect-uri",
    "oauth.isseur, oauth.issuer",
    "%dev.oauth.clint-id, oauth.client-id"
  })
  void a_key_in_another_spelling_is_unknown_in_a_file(String key, String meant) {
    assertThat(unknown(read(without(least(key, "x"), meant))))
        .extracting(ConfigurationProblem::key, ConfigurationProblem::detail)
        .containsExactly(tuple(key, "did you mean " + meant + "?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OAUTH2_CLIENT_ID",
        "OAUTH",
        "OAUTHISSUER",
        "oauth",
        "oauth2.issuer",
        "oauthx.issuer",
        "my.oauth.issuer",
        "MY_OAUTH_ISSUER",
        "oauth-issuer"
      })
  void names_of_others_are_left_alone(String name) {
    assertThat(unknown(read(least(name, "x"), Map.of(name, "x")))).isEmpty();
  }

  @Test
  void what_has_no_likeness_has_no_hint() {
    assertThat(unknown(read(least("oauth.require-pcke", "true"))))
        .extracting(ConfigurationProblem::detail)
        .containsExactly("");
  }

  @Test
  void a_key_for_one_profile_is_known() {
    assertThat(unknown(read(least("%dev.oauth.pkce", "off")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "oauth.provider.corp.client-id, oauth.providers does not list corp",
    "oauth.provider.defualt.client-id, did you mean oauth.provider.default.client-id?",
    "oauth.provider.default.clint-id, did you mean oauth.provider.default.client-id?",
    "oauth.provider.default.public-url, it is not set by provider: oauth.public-url"
  })
  void keys_of_providers_have_hints_of_their_own(String key, String hint) {
    assertThat(unknown(read(least(key, "x"))))
        .extracting(ConfigurationProblem::detail)
        .containsExactly(hint);
  }

  @Test
  void a_lower_case_variable_counts_where_the_source_finds_it() {
    assertThat(unknown(read(Configurations.LEAST, Map.of("oauth_scope", "openid")))).isEmpty();
  }

  @Test
  void ids_that_share_a_variable_collide() {
    Configuration configuration = read(least("oauth.providers", "corp,corp-metadata"));

    assertThat(configuration.problems())
        .extracting(ConfigurationProblem::detail)
        .containsExactly("corp and corp-metadata in OAUTH_PROVIDER_CORP_METADATA_REFRESH");
  }

  @Test
  void a_source_that_fails_to_list_its_names_is_passed_over() {
    AtomicBoolean fails = new AtomicBoolean();
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(least("oauth.scop", "x"), "file", 100),
                new ConfigSource() {
                  @Override
                  public Set<String> getPropertyNames() {
                    if (fails.get()) {
                      throw new IllegalStateException("the directory service is gone");
                    }
                    return Set.of();
                  }

                  @Override
                  public @Nullable String getValue(String name) {
                    return null;
                  }

                  @Override
                  public String getName() {
                    return "failing";
                  }
                })
            .build();
    fails.set(true);

    assertThat(new KnownKeys(List.of("default")).check(config)).hasSize(1);
  }
}
