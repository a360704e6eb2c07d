package org.vestibule.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.MovableClock;

/** It does what the engines do, for one node. */
class OwnMemoryTest extends SharedMapContract {

  private final MovableClock clock = new MovableClock();
  private final OwnMemory map = new OwnMemory(clock, Duration.ofHours(1));
  private final OwnMemory shortLived = new OwnMemory(clock, Duration.ofSeconds(1));

  @Override
  SharedMap one() {
    return map;
  }

  @Override
  SharedMap other() {
    return map;
  }

  @Override
  SharedMap oneOfShortLife() {
    return shortLived;
  }

  @Override
  SharedMap otherOfShortLife() {
    return shortLived;
  }

  @Override
  void letTheLifetimePass() {
    clock.advance(Duration.ofSeconds(2));
  }

  @Override
  void letALittleTimePass() {
    clock.advance(Duration.ofMillis(100));
  }

  @Test
  void what_is_over_does_not_stay_in_memory() {
    for (int i = 0; i < 100; i++) {
      shortLived.put("key " + i, "value");
    }
    clock.advance(Duration.ofMinutes(2));
    shortLived.putIfAbsent("another", "value");

    assertThat(shortLived.size()).isEqualTo(1);
  }
}
