package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.Waiting;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.testing.MovableClock;

class LastGoodTest {

  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger readings = new AtomicInteger();
  private volatile boolean down;
  private final LastGood<String> value = new LastGood<>(clock, FRESH, this::read);

  private String read() {
    int number = readings.incrementAndGet();
    if (down) {
      throw new LoginException(ProviderTrouble.UNREACHABLE, "reading " + number);
    }
    return "value " + number;
  }

  @Test
  void a_value_is_read_when_it_is_first_asked_for() {
    assertThat(readings).hasValue(0);
    assertThat(value.get()).isEqualTo("value 1");
  }

  @Test
  void a_value_is_used_while_it_is_fresh_and_then_read_again() {
    value.get();
    clock.advance(FRESH.minus(MOMENT));
    assertThat(value.get()).isEqualTo("value 1");
    clock.advance(MOMENT);
    assertThat(value.get()).isEqualTo("value 2");
  }

  /** As a machine starts whose clock was ahead. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void a_clock_that_is_set_back_keeps_nobody_from_reading() {
    down = true;
    assertFails(ProviderTrouble.UNREACHABLE, value::get);
    down = false;
    clock.advance(Duration.ofHours(-2));

    assertThat(value.get()).isEqualTo("value 2");
    clock.advance(Duration.ofHours(-2));
    assertThat(value.get()).as("nobody knows how old").isEqualTo("value 3");
  }

  /** JW-07. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void the_last_good_value_goes_on_for_a_day() {
    value.get();
    down = true;
    clock.advance(Duration.ofDays(1).minus(MOMENT));
    assertThat(value.get()).isEqualTo("value 1");
    clock.advance(MOMENT);
    assertFails(ProviderTrouble.UNREACHABLE, value::get);
  }

  /** DS-05. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void an_outage_causes_no_storm_and_passes() {
    down = true;
    for (int i = 0; i < 1_000; i++) {
      assertFails(ProviderTrouble.UNREACHABLE, value::get);
    }
    assertThat(readings).hasValue(1);

    down = false;
    clock.advance(LastGood.FLOOR.minus(MOMENT));
    assertFails(ProviderTrouble.UNREACHABLE, value::get);
    clock.advance(MOMENT);
    assertThat(value.get()).isEqualTo("value 2");
  }

  @Test
  void an_outage_behind_a_good_value_causes_no_storm_either() {
    value.get();
    down = true;
    clock.advance(FRESH);

    IntStream.range(0, 1_000).forEach(i -> assertThat(value.get()).isEqualTo("value 1"));
    assertThat(readings).hasValue(2);
  }

  /** JW-06: a provider may change its keys a moment after they were read. */
  @Test
  void a_newer_value_can_be_had_at_once_but_not_again_and_again() {
    String first = value.get();
    String second = value.newerThan(first);
    assertThat(second).isEqualTo("value 2");

    for (int i = 0; i < 1_000; i++) {
      assertThat(value.newerThan(second)).isEqualTo("value 2");
    }
    clock.advance(LastGood.FLOOR);
    assertThat(value.newerThan(second)).isEqualTo("value 3");
  }

  @Test
  void who_holds_an_old_value_is_given_the_newer_one_that_is_there() {
    String first = value.get();
    value.newerThan(first);

    assertThat(value.newerThan(first)).isEqualTo("value 2");
    assertThat(readings).hasValue(2);
  }

  @Test
  void when_a_newer_value_cannot_be_had_the_old_one_stays() {
    String first = value.get();
    down = true;

    assertThat(value.newerThan(first)).isEqualTo("value 1");
    assertThat(value.get()).isEqualTo("value 1");
  }

  /** Single flight. */
  @Test
  void while_one_reads_the_first_value_all_others_wait_for_it() {
    Staged staged = new Staged(clock);
    List<CompletableFuture<String>> all =
        Stream.generate(() -> Waiting.start(staged.value::get)).limit(3).toList();
    staged.awaitReader();
    assertThat(all).noneMatch(CompletableFuture::isDone);
    staged.letRead(1);

    assertThat(all).extracting(CompletableFuture::join).containsOnly("value 1");
    assertThat(staged.readings).hasValue(1);
  }

  @Test
  void while_one_reads_again_the_others_go_on_with_what_there_is() {
    Staged staged = new Staged(clock);
    staged.letRead(1);
    staged.value.get();
    clock.advance(FRESH);
    CompletableFuture<String> reader = CompletableFuture.supplyAsync(staged.value::get);
    staged.awaitReader();

    assertThat(staged.value.get()).isEqualTo("value 1");
    staged.letRead(1);
    assertThat(reader.join()).isEqualTo("value 2");
  }

  /** Two logins a moment after the provider changed its keys: both must succeed. */
  @Test
  void who_lacks_something_waits_for_the_one_who_reads() {
    Staged staged = new Staged(clock);
    staged.letRead(1);
    String first = staged.value.get();
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(() -> staged.value.newerThan(first));
    staged.awaitReader();
    CompletableFuture<String> second = Waiting.start(() -> staged.value.newerThan(first));
    staged.letRead(1);

    assertThat(reader.join()).isEqualTo("value 2");
    assertThat(second.join()).isEqualTo("value 2");
    assertThat(staged.readings).hasValue(2);
  }

  /** Reads when the test lets it. */
  private static final class Staged {

    final AtomicInteger readings = new AtomicInteger();
    final LastGood<String> value;
    private final Semaphore permits = new Semaphore(0);
    private volatile CountDownLatch arrival = new CountDownLatch(1);

    Staged(MovableClock clock) {
      value = new LastGood<>(clock, FRESH, this::read);
    }

    private String read() {
      int number = readings.incrementAndGet();
      if (!permits.tryAcquire()) {
        arrival.countDown();
        permits.acquireUninterruptibly();
      }
      return "value " + number;
    }

    void letRead(int times) {
      permits.release(times);
    }

    void awaitReader() {
      try {
        assertThat(arrival.await(10, TimeUnit.SECONDS)).isTrue();
        arrival = new CountDownLatch(1);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
