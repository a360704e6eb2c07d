package org.vestibule.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.KnownTests;

/** Every attack that we know of is answered by a test that exists, or by a reason. */
class CatalogueTest {

  static Stream<Entry> entries() {
    return Arrays.stream(Group.values()).flatMap(group -> group.entries().stream());
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void a_group_has_all_its_numbers(Group group) {
    List<String> ids =
        IntStream.rangeClosed(1, group.size)
            .mapToObj(number -> "%s-%02d".formatted(group, number))
            .toList();

    assertThat(group.entries()).extracting(Entry::id).isEqualTo(ids);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void an_entry_is_answered(Entry entry) {
    assertThat(entry.isAnswered()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void the_tests_of_an_entry_exist(Entry entry) {
    assertThat(KnownTests.names()).containsAll(entry.tests());
    assertThat(entry.tests()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void a_requirement_is_one_line_of_a_table(Entry entry) {
    assertThat(entry.requirement()).matches("[A-Z`].*\\.").doesNotContain("|").hasSizeLessThan(300);
    assertThat(entry.exception()).doesNotContain("|").doesNotEndWith(".");
  }
}
