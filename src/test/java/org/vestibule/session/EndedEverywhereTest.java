package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.RandomValues;
import org.vestibule.session.EndedEverywhere.Channel;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedState;
import org.vestibule.shared.SharedStateException;
import org.vestibule.shared.TwoNodes;
import org.vestibule.shared.Watched;
import org.vestibule.testing.MovableClock;

/** LO-09, on two nodes. */
class EndedEverywhereTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";
  private static final String JANE = "248289761001";
  private static final Duration LONGEST = Duration.ofHours(12);

  private final MovableClock clock = new MovableClock();
  private final TwoNodes engine = new TwoNodes();
  private final EndedEverywhere one = node(engine);
  private final EndedEverywhere other = node(engine);

  private EndedEverywhere node(SharedState cluster) {
    return new EndedEverywhere(clock, new RandomValues(new SecureRandom()), cluster, LONGEST);
  }

  private Instant before() {
    return clock.instant().minusSeconds(1);
  }

  private void end(EndedEverywhere node, Channel channel, String sid) {
    Instant now = clock.instant();
    node.sessions(channel).endSession(ISSUER, sid, Optional.of(JANE), now, now.minus(LONGEST));
  }

  private boolean isEnded(EndedEverywhere node, Channel channel, String sid) {
    return node.sessions(channel).contains(ISSUER, sid, JANE, before());
  }

  @Test
  void what_ends_on_one_node_has_ended_on_the_other_when_it_has_caught_up() {
    other.catchUp();
    end(one, Channel.BACK, SID);
    one.tell();
    assertThat(isEnded(other, Channel.BACK, SID)).isFalse();

    other.catchUp();

    assertThat(isEnded(other, Channel.BACK, SID)).isTrue();
    assertThat(isEnded(other, Channel.FRONT, SID)).isFalse();
    assertThat(isEnded(other, Channel.BACK, "another")).isFalse();
    assertThat(other.sessions(Channel.BACK).contains(ISSUER, null, JANE, before())).isTrue();
  }

  @Test
  void all_of_a_user_end_everywhere() {
    Instant now = clock.instant();
    one.sessions(Channel.BACK).endAllOf(ISSUER, JANE, now, now.minus(LONGEST));
    one.tell();
    other.catchUp();

    assertThat(isEnded(other, Channel.BACK, SID)).isTrue();
    assertThat(isEnded(other, Channel.BACK, "another")).isTrue();
    assertThat(other.sessions(Channel.BACK).contains(ISSUER, SID, "another", before())).isFalse();
  }

  @Test
  void the_front_channel_is_told_as_well() {
    other.catchUp();
    end(one, Channel.FRONT, SID);
    one.tell();
    other.catchUp();

    assertThat(isEnded(other, Channel.FRONT, SID)).isTrue();
    assertThat(isEnded(other, Channel.BACK, SID)).isFalse();
  }

  /** A session that begins after the end is another one. */
  @Test
  void whoever_signs_in_later_stays_signed_in_everywhere() {
    end(one, Channel.BACK, SID);
    one.tell();
    clock.advance(Duration.ofSeconds(10));
    other.catchUp();

    assertThat(other.sessions(Channel.BACK).contains(ISSUER, SID, JANE, clock.instant())).isFalse();
  }

  @Test
  void a_node_that_starts_again_knows_what_was_ended_before() {
    end(one, Channel.BACK, SID);
    one.tell();
    clock.advance(Duration.ofHours(11));

    EndedEverywhere restarted = node(engine);
    restarted.catchUp();

    assertThat(
            restarted
                .sessions(Channel.BACK)
                .contains(ISSUER, SID, JANE, clock.instant().minus(LONGEST)))
        .isTrue();
  }

  @Test
  void what_could_not_be_told_is_told_when_the_engine_is_back() {
    other.catchUp();
    engine.away(true);
    end(one, Channel.BACK, SID);
    assertThatThrownBy(one::tell).isInstanceOf(SharedStateException.class);
    assertThat(isEnded(one, Channel.BACK, SID)).isTrue();
    assertThatThrownBy(other::catchUp).isInstanceOf(SharedStateException.class);

    engine.away(false);
    one.catchUp();
    other.catchUp();

    assertThat(isEnded(other, Channel.BACK, SID)).isTrue();
  }

  /** Only the last minutes have what came through the front channel. */
  @Test
  void a_node_that_starts_knows_of_the_front_channel_what_was_ended_lately() {
    end(one, Channel.FRONT, SID);
    one.tell();

    EndedEverywhere started = node(engine);
    started.catchUp();

    assertThat(isEnded(started, Channel.FRONT, SID)).isTrue();
  }

  @Test
  void what_is_told_when_all_is_read_again_is_heard_as_well() {
    other.catchUp();
    clock.advance(Duration.ofMinutes(5));
    end(one, Channel.FRONT, SID);
    one.tell();
    other.catchUp();

    assertThat(isEnded(other, Channel.FRONT, SID)).isTrue();
  }

  /** By now sessions may last longer than they could at the start. */
  @Test
  void nothing_is_forgotten_because_others_tell_something() {
    Instant began = before();
    end(one, Channel.BACK, SID);
    clock.advance(LONGEST.plusHours(1));
    end(other, Channel.BACK, "another");
    other.tell();
    one.catchUp();

    assertThat(isEnded(one, Channel.BACK, "another")).isTrue();
    assertThat(one.sessions(Channel.BACK).contains(ISSUER, SID, JANE, began)).isTrue();
  }

  /** Two halves of a cluster that come together again keep the mark of one of them. */
  @Test
  void what_came_without_a_new_mark_is_heard_after_a_while() {
    other.catchUp();
    engine
        .map("ended", LONGEST)
        .put("key", "BACK\nSESSION\n" + clock.millis() + "\n" + ISSUER + "\n" + SID);
    other.catchUp();
    assertThat(isEnded(other, Channel.BACK, SID)).isFalse();

    clock.advance(Duration.ofMinutes(5));
    other.catchUp();

    assertThat(
            other
                .sessions(Channel.BACK)
                .contains(ISSUER, SID, JANE, clock.instant().minus(Duration.ofMinutes(6))))
        .isTrue();
  }

  /** Anybody can call the front channel. */
  @Test
  void made_up_ids_do_not_fill_the_engine() {
    makeUp(5_000);
    one.tell();

    assertThat(engine.map("ended", LONGEST).all()).isEmpty();
    assertThat(told()).as("and the mark").hasSize(2_000 + 1);
  }

  private void makeUp(int number) {
    Instant now = clock.instant();
    for (int i = 0; i < number; i++) {
      one.sessions(Channel.FRONT)
          .endSession(ISSUER, "made up " + i, Optional.empty(), now, now.minus(LONGEST));
    }
  }

  private Map<String, String> told() {
    return engine.map("ended-recently", LONGEST).all();
  }

  @Test
  void they_take_the_front_channel_away_for_ten_minutes_at_most() {
    makeUp(2_000);
    end(one, Channel.FRONT, SID);
    one.tell();
    other.catchUp();
    assertThat(isEnded(other, Channel.FRONT, SID)).isFalse();

    clock.advance(Duration.ofMinutes(10).plusMillis(1));
    end(one, Channel.FRONT, SID);
    one.tell();
    other.catchUp();

    assertThat(isEnded(other, Channel.FRONT, SID)).isTrue();
  }

  /** However long the engine is away. */
  @Test
  void no_more_waits_to_be_told_than_ten_thousand_ends() {
    Instant now = clock.instant();
    for (int i = 0; i <= 10_000; i++) {
      one.sessions(Channel.BACK).endAllOf(ISSUER, "user-" + i, now, now.minus(LONGEST));
    }
    one.tell();

    assertThat(engine.map("ended", LONGEST).all()).hasSize(10_000);
    assertThat(one.sessions(Channel.BACK).contains(ISSUER, SID, "user-10000", before())).isTrue();
  }

  /** All but the last word was told when the engine went. */
  @Test
  void a_mark_that_could_not_be_put_is_put_the_next_time() {
    AtomicInteger marks = new AtomicInteger();
    EndedEverywhere third =
        node(
            new SharedState() {
              @Override
              public SharedMap map(String name, Duration lifetime) {
                AtomicInteger puts = new AtomicInteger();
                return Watched.map(
                    engine.map(name, lifetime),
                    method -> {
                      if (name.equals("ended-recently")
                          && method.equals("put")
                          && puts.incrementAndGet() == 2
                          && marks.incrementAndGet() == 1) {
                        throw new SharedStateException("away", new IllegalStateException("away"));
                      }
                    });
              }
            });
    other.catchUp();
    end(third, Channel.BACK, SID);
    assertThatThrownBy(third::tell).isInstanceOf(SharedStateException.class);
    other.catchUp();
    assertThat(isEnded(other, Channel.BACK, SID)).isFalse();

    third.tell();
    other.catchUp();

    assertThat(isEnded(other, Channel.BACK, SID)).isTrue();
  }

  /** Strangers can fill the front channel while the engine is away. */
  @Test
  void what_strangers_say_leaves_room_for_what_providers_say() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 2_000; i++) {
        Instant now = clock.instant();
        one.sessions(Channel.FRONT)
            .endSession(
                ISSUER, "made-up-" + round + "-" + i, Optional.empty(), now, now.minus(LONGEST));
      }
      clock.advance(Duration.ofMinutes(10).plusMillis(1));
    }
    end(one, Channel.BACK, SID);
    one.tell();
    other.catchUp();

    assertThat(isEnded(other, Channel.BACK, SID)).isTrue();
  }

  @Test
  void whatever_stands_in_the_engine_harms_nobody() {
    for (String text :
        new String[] {
          "", "\n", "BACK", "BACK\n", "BACK\nSESSION\nx\ny\nz", "SIDE\nSESSION\n1\ny\nz"
        }) {
      engine.map("ended", LONGEST).put(text, text);
    }
    other.catchUp();

    assertThat(isEnded(other, Channel.BACK, SID)).isFalse();
  }

  @Test
  void a_node_that_is_alone_tells_nobody_and_waits_for_nobody() {
    EndedEverywhere alone = node(SharedState.ALONE);
    end(alone, Channel.BACK, SID);
    alone.tell();
    alone.catchUp();
    alone.awaitOthers();

    assertThat(isEnded(alone, Channel.BACK, SID)).isTrue();
    assertThat(alone.isAlone()).isTrue();
    assertThat(alone.isAway()).isFalse();
    assertThat(one.isAlone()).isFalse();
  }
}
