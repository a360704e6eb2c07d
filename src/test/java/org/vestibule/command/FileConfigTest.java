package org.vestibule.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds what a server's MicroProfile Config finds. */
class FileConfigTest {

  private static final Map<String, String> FILE =
      Map.of("a", "1", "b", "a", "empty", "", "from.file", "file", "both.x", "file");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("BOTH_X", "environment", "FROM_ENVIRONMENT", "e");

  private static Config ours(Map<String, String> file) {
    return new FileConfig(file, "settings.properties", ENVIRONMENT);
  }

  private static Optional<String> value(Config config, String name) {
    try {
      return Optional.ofNullable(config.getConfigValue(name).getValue());
    } catch (NoSuchElementException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        " blanks ",
        "a $ b",
        "${a}",
        "x${a}y${b}z",
        "${${b}}",
        "${missing:5}",
        "${missing:}",
        "${missing:${a}}",
        "${a:${missing}}",
        "${missing:https://server.example.com}",
        "${empty:6}",
        "${missing}",
        "${from.environment}",
        "${both.x}",
        "\\${a}"
      })
  void expressions_mean_the_same(String text) {
    Map<String, String> file = new HashMap<>(FILE);
    file.put("key", text);
    Config theirs =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new PropertiesConfigSource(file, "settings.properties", 100),
                new EnvConfigSource(ENVIRONMENT, 300))
            .build();

    assertThat(value(ours(file), "key")).isEqualTo(value(theirs, "key"));
  }

  @Test
  void the_environment_goes_before_the_file_and_says_so() {
    Config config = ours(FILE);

    assertThat(config.getConfigValue("both.x").getValue()).isEqualTo("environment");
    assertThat(config.getConfigValue("both.x").getSourceName()).isEqualTo("environment");
    assertThat(config.getConfigValue("both.x").getSourceOrdinal()).isEqualTo(300);
    assertThat(config.getConfigValue("from.file").getSourceName()).isEqualTo("settings.properties");
    assertThat(config.getConfigValue("nowhere").getValue()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${key}", "${key", "${", "${missing:${key}}"})
  void a_circle_and_what_is_not_closed_have_no_value(String text) {
    assertThat(value(ours(Map.of("key", text)), "key")).isEmpty();
  }

  @Test
  void nothing_that_is_set_is_printed() {
    Config config = ours(Map.of("oauth.client-secret", "7Fjfp0ZBr1KtDRbnfVdmIw"));

    assertThat(config.toString() + config.getConfigSources())
        .doesNotContain("7Fjfp0ZBr1KtDRbnfVdmIw");
  }
}
