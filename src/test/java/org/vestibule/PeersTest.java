package org.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual says of itself and others has to be shown by tests that exist. */
class PeersTest {

  private static final Path PAGE = Path.of("src", "site", "markdown", "peers.md");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+\\.[A-Za-z0-9_]+)`");

  /** A row of one of the tables. */
  private record Row(String capability, String answer, List<String> tests) {

    static Row of(String line) {
      String[] cells = line.strip().replaceFirst("^\\|", "").split("\\|", -1);
      assertThat(cells).as(line).hasSize(5);
      return new Row(
          cells[0].strip(),
          cells[1].strip(),
          NAME.matcher(cells[3]).results().map(found -> found.group(1)).toList());
    }
  }

  static Stream<Row> rows() {
    try {
      return Files.readAllLines(PAGE).stream()
          .filter(line -> line.startsWith("| "))
          .filter(line -> !line.startsWith("| capability"))
          .map(Row::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everything_that_is_asked_of_the_others_is_answered() {
    assertThat(rows()).hasSize(41).doesNotHaveDuplicates();
    assertThat(rows()).extracting(Row::capability).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void an_answer_is_yes_no_or_not_yet(Row row) {
    assertThat(row.answer()).isIn("yes", "no", "not yet");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_yes_names_tests_that_exist(Row row) {
    assertThat(KnownTests.names()).containsAll(row.tests());
    if (row.answer().equals("yes")) {
      assertThat(row.tests()).isNotEmpty();
    }
  }
}
