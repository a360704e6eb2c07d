package org.vestibule.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine has to do; two nodes are asked. */
abstract class SharedMapContract {

  /** The same map at two nodes. */
  abstract SharedMap one();

  abstract SharedMap other();

  /** Another map at the same nodes, whose entries live for a short time. */
  abstract SharedMap oneOfShortLife();

  abstract SharedMap otherOfShortLife();

  /** Lets the short life pass. */
  abstract void letTheLifetimePass();

  /** Less than half of it. */
  abstract void letALittleTimePass();

  @Test
  void nothing_is_there_to_begin_with() {
    assertThat(one().get("never put")).isNull();
  }

  @Test
  void what_one_node_puts_the_other_gets() {
    one().put("put", "by one");
    assertThat(other().get("put")).isEqualTo("by one");

    other().put("put", "by the other");
    assertThat(one().get("put")).isEqualTo("by the other");
  }

  @Test
  void of_those_who_put_first_one_is_first() {
    assertThat(one().putIfAbsent("first", "one")).isNull();
    assertThat(other().putIfAbsent("first", "other")).isEqualTo("one");
    assertThat(other().get("first")).isEqualTo("one");
  }

  @Test
  void of_many_who_put_at_the_same_time_one_is_first() {
    AtomicInteger first = new AtomicInteger();
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i -> {
              if ((i % 2 == 0 ? one() : other()).putIfAbsent("race", "node " + i) == null) {
                first.incrementAndGet();
              }
            });

    assertThat(first).hasValue(1);
  }

  @Test
  void of_many_who_replace_the_same_value_one_does() {
    one().put("replaced", "old");
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i -> {
              if ((i % 2 == 0 ? one() : other()).replace("replaced", "old", "node " + i)) {
                done.incrementAndGet();
              }
            });

    assertThat(done).hasValue(1);
    assertThat(other().get("replaced")).startsWith("node ");
  }

  @Test
  void what_is_not_there_is_not_replaced() {
    assertThat(one().replace("absent", "old", "new")).isFalse();
    assertThat(one().get("absent")).isNull();
  }

  @Test
  void what_is_removed_is_gone_everywhere() {
    one().put("removed", "value");
    other().remove("removed");

    assertThat(one().get("removed")).isNull();
    assertThat(one().putIfAbsent("removed", "again")).isNull();
    one().remove("never put");
  }

  @Test
  void the_other_node_sees_everything() {
    one().put("a\nb", "line\nline");
    one().put("of all", "x".repeat(20_000));

    Map<String, String> all = other().all();

    assertThat(all).containsEntry("a\nb", "line\nline").containsKey("of all");
    assertThat(all.get("of all")).hasSize(20_000);
  }

  @Test
  void an_entry_is_forgotten_after_its_lifetime_and_can_be_put_again() {
    oneOfShortLife().put("old", "value");
    oneOfShortLife().put("old and put", "value");
    letTheLifetimePass();

    assertThat(otherOfShortLife().get("old")).isNull();
    assertThat(otherOfShortLife().all()).doesNotContainKey("old");
    assertThat(otherOfShortLife().replace("old", "value", "new")).isFalse();
    assertThat(otherOfShortLife().putIfAbsent("old", "new")).isNull();
    assertThat(oneOfShortLife().get("old")).isEqualTo("new");
    oneOfShortLife().put("old and put", "new");
    assertThat(otherOfShortLife().get("old and put")).isEqualTo("new");
  }

  /** A machine that stands still for a moment is given another chance. */
  @Test
  void a_changed_entry_lives_from_its_last_change() {
    assertThat(IntStream.rangeClosed(1, 5).anyMatch(this::outlives)).isTrue();
  }

  private boolean outlives(int attempt) {
    String changed = "changed " + attempt;
    String unchanged = "un" + changed;
    oneOfShortLife().put(changed, "value");
    oneOfShortLife().put(unchanged, "value");
    while (otherOfShortLife().get(unchanged) != null) {
      letALittleTimePass();
      if (!oneOfShortLife().replace(changed, "value", "value")) {
        return false;
      }
    }
    return otherOfShortLife().get(changed) != null;
  }

  @Test
  void a_changed_entry_is_forgotten_after_its_lifetime_as_well() {
    oneOfShortLife().put("put again", "value");
    oneOfShortLife().put("put again", "value");
    oneOfShortLife().put("replaced", "value");
    boolean unused = oneOfShortLife().replace("replaced", "value", "value");
    letTheLifetimePass();

    assertThat(otherOfShortLife().get("put again")).isNull();
    assertThat(otherOfShortLife().get("replaced")).isNull();
  }
}
