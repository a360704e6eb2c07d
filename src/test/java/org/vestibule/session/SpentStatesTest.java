package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpentStatesTest {

  private static final int CAPACITY = 10_000;

  private final SpentStates spent = new SpentStates();

  @Test
  void a_state_is_spent_once() {
    assertThat(spent.spend("a")).isTrue();
    assertThat(spent.spend("a")).isFalse();
    assertThat(spent.spend("b")).isTrue();
  }

  /** CB-04. */
  @Test
  void of_many_at_once_one_is_the_first() {
    long first = IntStream.range(0, 1_000).parallel().filter(i -> spent.spend("a")).count();

    assertThat(first).isEqualTo(1);
  }

  /** DS-01. */
  @Test
  void the_newest_are_remembered_and_the_number_is_bounded() {
    spent.spend("oldest");
    IntStream.range(0, CAPACITY).forEach(i -> spent.spend("state-" + i));

    assertThat(spent.spend("state-1")).isFalse();
    assertThat(spent.spend("state-" + (CAPACITY - 1))).isFalse();
    assertThat(spent.spend("oldest")).isTrue();
  }
}
