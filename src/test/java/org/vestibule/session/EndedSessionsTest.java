package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** LO-09, LO-13. */
class EndedSessionsTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";
  private static final String JANE = "248289761001";
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration LONGEST = Duration.ofHours(12);

  private final EndedSessions ended = new EndedSessions();

  private void endSession() {
    ended.endSession(ISSUER, SID, Optional.of(JANE), NOON, NOON.minus(LONGEST));
  }

  private void endAll() {
    ended.endAllOf(ISSUER, JANE, NOON, NOON.minus(LONGEST));
  }

  private static Instant before() {
    return NOON.minusSeconds(1);
  }

  @Test
  void nobodys_session_was_ended_to_begin_with() {
    assertThat(ended.contains(ISSUER, SID, JANE, before())).isFalse();
  }

  @Test
  void a_session_is_ended_and_the_others_of_its_user_are_not() {
    endSession();

    assertThat(ended.contains(ISSUER, SID, JANE, before())).isTrue();
    assertThat(ended.contains(ISSUER, "another", JANE, before())).isFalse();
  }

  /** One that does not know its own sid may be the one, and is rather ended than not. */
  @Test
  void of_sessions_without_an_identifier_all_of_the_user_are() {
    endSession();

    assertThat(ended.contains(ISSUER, null, JANE, before())).isTrue();
    assertThat(ended.contains(ISSUER, null, "another", before())).isFalse();
  }

  @Test
  void all_of_a_user_are_ended_and_nobody_elses() {
    endAll();

    assertThat(ended.contains(ISSUER, SID, JANE, before())).isTrue();
    assertThat(ended.contains(ISSUER, null, JANE, before())).isTrue();
    assertThat(ended.contains(ISSUER, SID, "another", before())).isFalse();
  }

  @Test
  void users_and_sessions_of_another_issuer_are_others() {
    endSession();
    endAll();

    assertThat(ended.contains("https://other.example.com", SID, JANE, before())).isFalse();
  }

  @Test
  void whoever_signs_in_later_is_not_affected() {
    endSession();
    endAll();

    assertThat(ended.contains(ISSUER, SID, JANE, NOON)).isTrue();
    assertThat(ended.contains(ISSUER, SID, JANE, NOON.plusMillis(1))).isFalse();
    assertThat(ended.contains(ISSUER, null, JANE, NOON.plusMillis(1))).isFalse();
  }

  @Test
  void of_two_logouts_the_later_counts_whichever_came_first() {
    endAll();
    ended.endAllOf(ISSUER, JANE, NOON.minusSeconds(60), NOON.plusSeconds(1).minus(LONGEST));

    assertThat(ended.contains(ISSUER, null, JANE, NOON)).isTrue();
    ended.endAllOf(ISSUER, JANE, NOON.plusSeconds(60), NOON.plusSeconds(60).minus(LONGEST));
    assertThat(ended.contains(ISSUER, null, JANE, NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void an_entry_is_kept_for_as_long_as_a_session_can_last() {
    endAll();
    ended.endAllOf(ISSUER, "another", NOON, NOON.minusMillis(1));
    assertThat(ended.contains(ISSUER, null, JANE, before())).isTrue();

    ended.endAllOf(ISSUER, "a third", NOON.plus(LONGEST), NOON);
    assertThat(ended.contains(ISSUER, null, JANE, before())).isFalse();
    assertThat(ended.size()).isEqualTo(1);
  }

  @Test
  void an_older_entry_that_is_forgotten_takes_no_later_one_along() {
    endAll();
    ended.endAllOf(ISSUER, JANE, NOON.plusSeconds(60), NOON.plusSeconds(60).minus(LONGEST));
    ended.endAllOf(ISSUER, "another", NOON.plus(LONGEST), NOON);

    assertThat(ended.contains(ISSUER, null, JANE, NOON)).isTrue();
  }

  @Test
  void what_is_kept_is_bounded_and_the_oldest_is_forgotten() {
    endAll();
    for (int i = 0; i < EndedSessions.CAPACITY; i++) {
      ended.endAllOf(ISSUER, "user-" + i, NOON, NOON.minus(LONGEST));
    }

    assertThat(ended.size()).isEqualTo(EndedSessions.CAPACITY);
    assertThat(ended.contains(ISSUER, null, JANE, before())).isFalse();
    assertThat(ended.contains(ISSUER, null, "user-0", before())).isTrue();
  }

  /** Where everybody's tenant is accepted, everybody can name one. */
  @Test
  void issuers_without_number_take_no_more_room() {
    for (int i = 0; i < 2 * EndedSessions.CAPACITY; i++) {
      ended.endSession(ISSUER + "/" + i, SID, Optional.empty(), NOON, NOON.minus(LONGEST));
    }

    assertThat(ended.size()).isEqualTo(EndedSessions.CAPACITY);
    assertThat(ended.mapped()).isEqualTo(EndedSessions.CAPACITY);
    assertThat(ended.contains(ISSUER + "/0", SID, JANE, before())).isFalse();
    String last = ISSUER + "/" + (2 * EndedSessions.CAPACITY - 1);
    assertThat(ended.contains(last, SID, JANE, before())).isTrue();
  }

  @Test
  void nothing_is_left_of_what_is_forgotten() {
    endSession();
    endAll();
    assertThat(ended.mapped()).isEqualTo(3);
    ended.endAllOf(ISSUER, "another", NOON.plus(LONGEST), NOON);

    assertThat(ended.mapped()).isEqualTo(1);
  }
}
