package org.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.provider.Setting;

/** SECURITY.md promises what a test proves, and names the defaults that there are. */
class SecurityPageTest {

  private static final Path PAGE = Path.of("SECURITY.md");
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+\\.[a-z][A-Za-z0-9_]+)`");

  /** Whoever adds a setting decides whether it is about security. */
  private static final Set<String> NOT_ABOUT_SECURITY =
      Set.of(
          "callback-fragment",
          "callback-path",
          "choose-by",
          "cookie-prefix",
          "login-path",
          "logout-path",
          "logout-redirect-parameter",
          "name-claim",
          "reload-interval",
          "roles-claim",
          "scope",
          "scope-separator",
          "session-expired",
          "session-path",
          "subject-claim");

  private static Stream<List<String>> rows(String section) {
    try {
      return Files.readAllLines(PAGE).stream()
          .dropWhile(line -> !line.equals("## " + section))
          .skip(1)
          .takeWhile(line -> !line.startsWith("## "))
          .filter(line -> line.startsWith("| "))
          .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
          .filter(cells -> !cells.get(1).equals("default") && !cells.get(1).equals("held by"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<List<String>> guarantees() {
    return rows("What is guaranteed");
  }

  static Stream<List<String>> defaults() {
    return rows("Defaults");
  }

  @ParameterizedTest
  @MethodSource("guarantees")
  void what_is_guaranteed_is_proved_by_tests_that_exist(List<String> row) {
    List<String> tests = NAME.matcher(row.get(2)).results().map(found -> found.group(1)).toList();

    assertThat(row).hasSize(3);
    assertThat(tests).isNotEmpty().doesNotHaveDuplicates();
    assertThat(KnownTests.names()).containsAll(tests);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void a_default_is_what_the_setting_has(List<String> row) {
    String key = row.get(0).replace("`", "");
    Setting setting =
        Arrays.stream(Setting.values()).filter(s -> s.key().equals(key)).findFirst().orElseThrow();
    String value = setting.defaultValue();

    assertThat(row.get(1)).isEqualTo(value.isEmpty() ? "none" : "`" + value + "`");
    assertThat(row.get(2)).isNotEmpty();
  }

  @Test
  void every_default_is_explained_or_not_about_security() {
    Set<String> told =
        defaults()
            .map(row -> row.get(0).replace("`", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).doesNotContainAnyElementsOf(NOT_ABOUT_SECURITY);

    told.addAll(NOT_ABOUT_SECURITY);
    assertThat(told)
        .containsAll(
            Arrays.stream(Setting.values())
                .filter(setting -> !setting.defaultValue().isEmpty())
                .map(Setting::key)
                .toList());
  }

  @Test
  void there_are_as_many_guarantees_as_there_were_or_more() {
    assertThat(guarantees()).hasSizeGreaterThanOrEqualTo(18);
  }
}
