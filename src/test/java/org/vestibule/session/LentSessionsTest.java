package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.session.SessionCodecTest.FULL;
import static org.vestibule.session.SessionCodecTest.assertSame;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedStateException;
import org.vestibule.shared.TwoNodes;
import org.vestibule.shared.Watched;

class LentSessionsTest {

  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());
  private final String key = LentSessions.key(FULL);
  private static final Instant EXPIRY = Objects.requireNonNull(FULL.tokens().expiresAt());

  private final TwoNodes engine = new TwoNodes();
  private final SharedMap map = engine.map("lent", Duration.ofHours(1));
  private final LentSessions lent = new LentSessions(map);

  private static SignedIn refreshed(String accessToken, @Nullable Instant expiry) {
    return FULL.with(
        new Tokens(
            Secret.of(accessToken),
            expiry,
            FULL.tokens().refreshToken(),
            FULL.tokens().idToken(),
            FULL.tokens().scope()));
  }

  private static SignedIn later() {
    return refreshed("later", EXPIRY.plusSeconds(3600));
  }

  @Test
  void what_is_lent_is_there() {
    assertThat(lent.get(key, CODEC)).isEmpty();
    lent.lend(key, FULL, CODEC);

    assertSame(lent.get(key, CODEC), FULL);
  }

  /** It is told to other nodes. */
  @Test
  void its_name_tells_nothing_of_the_session() {
    assertThat(key).hasSize(43).doesNotContain(FULL.csrfToken().value());
    assertThat(key).isNotEqualTo(LentSessions.key(signedInAnew()));
  }

  private static SignedIn signedInAnew() {
    return new SignedIn(
        FULL.identity(), null, FULL.tokens(), FULL.since().plusSeconds(60), Secret.of("anew"));
  }

  @Test
  void newer_tokens_take_the_place_of_older_ones_and_not_the_other_way_round() {
    lent.lend(key, FULL, CODEC);

    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.DONE);
    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.BY_ANOTHER);
    assertThat(lent.renew(key, FULL, CODEC)).isEqualTo(Replacement.BY_ANOTHER);
    lent.lend(key, FULL, CODEC);
    assertSame(lent.get(key, CODEC), later());
  }

  /** As it was when a request on another node began. */
  @Test
  void a_session_that_has_ended_is_not_lent_again() {
    lent.lend(key, FULL, CODEC);
    assertSame(lent.end(key, CODEC), FULL);
    lent.lend(key, FULL, CODEC);
    lent.lend(key, later(), CODEC);

    assertThat(lent.get(key, CODEC)).isEmpty();
    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.ENDED);
  }

  @Test
  void what_ends_while_the_engine_is_away_has_ended_when_it_is_back() {
    LentSessions other = new LentSessions(map);
    lent.lend(key, FULL, CODEC);
    engine.away(true);
    assertThatThrownBy(() -> lent.end(key, CODEC)).isInstanceOf(SharedStateException.class);
    assertThatThrownBy(lent::catchUp).isInstanceOf(SharedStateException.class);
    engine.away(false);

    assertThat(lent.get(key, CODEC)).as("here at once").isEmpty();
    lent.catchUp();
    assertThat(other.get(key, CODEC)).isEmpty();
    lent.follow(key, signedInAnew(), CODEC);
    lent.catchUp();
    assertSame(lent.get(key, CODEC), signedInAnew());
  }

  @Test
  void who_signs_in_anew_in_time_goes_on_being_lent() {
    lent.lend(key, FULL, CODEC);
    engine.away(true);
    assertThatThrownBy(() -> lent.end(key, CODEC)).isInstanceOf(SharedStateException.class);
    engine.away(false);
    lent.follow(key, signedInAnew(), CODEC);
    lent.catchUp();

    assertSame(lent.get(key, CODEC), signedInAnew());
  }

  @Test
  void a_session_that_comes_with_newer_tokens_tells_them() {
    lent.lend(key, FULL, CODEC);
    lent.lend(key, later(), CODEC);

    assertSame(lent.get(key, CODEC), later());
  }

  /** In memory there are fractions of a second, which are not stored. */
  @Test
  void the_same_tokens_are_not_newer_for_a_fraction_of_a_second() {
    lent.lend(key, refreshed("SlAV32hkKG", EXPIRY.plusMillis(7)), CODEC);

    assertThat(lent.renew(key, refreshed("SlAV32hkKG", EXPIRY.plusMillis(8)), CODEC))
        .isEqualTo(Replacement.BY_ANOTHER);
    assertThat(lent.renew(key, refreshed("later", EXPIRY.plusMillis(3)), CODEC))
        .isEqualTo(Replacement.DONE);
  }

  @Test
  void tokens_of_unknown_lifetime_are_replaced_by_others() {
    lent.lend(key, refreshed("first", null), CODEC);

    assertThat(lent.renew(key, refreshed("second", null), CODEC)).isEqualTo(Replacement.DONE);
    assertThat(lent.renew(key, refreshed("second", null), CODEC)).isEqualTo(Replacement.BY_ANOTHER);
  }

  @Test
  void what_has_ended_is_given_back_once_and_takes_no_tokens() {
    lent.lend(key, FULL, CODEC);

    assertSame(lent.end(key, CODEC), FULL);
    assertThat(lent.end(key, CODEC)).isEmpty();
    assertThat(lent.get(key, CODEC)).isEmpty();
    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.ENDED);
    assertThat(map.all().values()).as("no token stays").containsOnly("over");
  }

  /** Between the two steps of an end. */
  @Test
  void what_is_about_to_end_takes_no_tokens() {
    map.put(key, "over");

    assertThat(lent.get(key, CODEC)).isEmpty();
    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.ENDED);
  }

  @Test
  void after_a_new_login_of_the_same_user_tokens_of_the_one_before_are_not_taken() {
    lent.lend(key, FULL, CODEC);
    lent.follow(key, signedInAnew(), CODEC);

    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.BY_ANOTHER);
    assertSame(lent.get(key, CODEC), signedInAnew());
  }

  /** Some providers renew nothing but the refresh token. */
  @Test
  void another_refresh_token_is_news_as_well() {
    lent.lend(key, FULL, CODEC);
    Tokens tokens = FULL.tokens();
    SignedIn rotated =
        FULL.with(
            new Tokens(
                tokens.accessToken(),
                tokens.expiresAt(),
                Secret.of("rotated"),
                tokens.idToken(),
                tokens.scope()));

    assertThat(lent.renew(key, rotated, CODEC)).isEqualTo(Replacement.DONE);
    assertSame(lent.get(key, CODEC), rotated);
  }

  /** The same map, where this happens just before the first replacement. */
  private LentSessions overtakenBy(Runnable another) {
    AtomicBoolean once = new AtomicBoolean(true);
    return new LentSessions(
        Watched.map(
            map,
            method -> {
              if (method.equals("replace") && once.getAndSet(false)) {
                another.run();
              }
            }));
  }

  @Test
  void of_sessions_that_come_with_newer_tokens_at_the_same_time_the_newest_stay() {
    SignedIn newest = refreshed("newest", EXPIRY.plusSeconds(7200));
    lent.lend(key, FULL, CODEC);
    overtakenBy(() -> lent.lend(key, later(), CODEC)).lend(key, newest, CODEC);
    assertSame(lent.get(key, CODEC), newest);

    lent.follow(key, FULL, CODEC);
    overtakenBy(() -> lent.lend(key, newest, CODEC)).lend(key, later(), CODEC);
    assertSame(lent.get(key, CODEC), newest);
  }

  @Test
  void a_session_that_ends_while_it_is_lent_or_renewed_has_ended() {
    lent.lend(key, FULL, CODEC);
    Replacement renewal = overtakenBy(() -> lent.end(key, CODEC)).renew(key, later(), CODEC);

    assertThat(renewal).isEqualTo(Replacement.ENDED);
    assertThat(map.all().values()).as("no token stays").containsOnly("over");
  }

  @Test
  void of_tokens_that_came_while_a_session_ends_the_newest_are_given_back() {
    lent.lend(key, FULL, CODEC);

    assertSame(overtakenBy(() -> lent.lend(key, later(), CODEC)).end(key, CODEC), later());
    assertThat(map.all().values()).as("no token stays").containsOnly("over");
  }

  /** JSR 107 counts from the creation, which to put something in place of another is not. */
  @Test
  void after_a_new_login_a_session_is_lent_for_as_long_as_at_first() {
    List<String> used = new ArrayList<>();
    lent.lend(key, FULL, CODEC);
    new LentSessions(Watched.map(map, used::add)).follow(key, signedInAnew(), CODEC);

    assertThat(used).containsExactly("remove", "put");
  }

  /** As of another key, which is no longer known. */
  @Test
  void what_cannot_be_read_is_over_until_it_is_lent_again() {
    map.put(key, "AAAA");
    assertThat(lent.get(key, CODEC)).isEmpty();
    assertThat(lent.renew(key, later(), CODEC)).isEqualTo(Replacement.ENDED);
    lent.lend(key, FULL, CODEC);

    assertSame(lent.get(key, CODEC), FULL);
  }
}
