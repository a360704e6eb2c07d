package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vestibule.shared.TwoNodes;

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

    assertThat(spent.spend("state-0")).isFalse();
    assertThat(spent.spend("state-" + (CAPACITY - 1))).isFalse();
    assertThat(spent.spend("oldest")).isTrue();
  }

  @Test
  void what_one_node_has_spent_the_other_does_not_take() {
    TwoNodes engine = new TwoNodes();
    SpentStates one = new SpentStates(engine.map("spent", Duration.ofHours(2)));
    SpentStates other = new SpentStates(engine.map("spent", Duration.ofHours(2)));

    assertThat(one.spend("id")).isTrue();
    assertThat(other.spend("id")).isFalse();
    assertThat(other.spend("another")).isTrue();
  }

  /** The provider takes a code once as well, and nobody is kept out by an outage of ours. */
  @Test
  void while_the_engine_is_away_each_node_goes_by_itself() {
    TwoNodes engine = new TwoNodes();
    SpentStates one = new SpentStates(engine.map("spent", Duration.ofHours(2)));
    engine.away(true);

    assertThat(one.spend("id")).isTrue();
    assertThat(one.spend("id")).isFalse();
  }
}
