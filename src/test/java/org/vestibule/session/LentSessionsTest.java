package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.session.SessionCodecTest.FULL;
import static org.vestibule.session.SessionCodecTest.assertSame;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.TwoNodes;

class LentSessionsTest {

  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());
  private static final String KEY = LentSessions.key(FULL);
  private static final Instant EXPIRY = Objects.requireNonNull(FULL.tokens().expiresAt());

  private final SharedMap map = new TwoNodes().map("lent", Duration.ofHours(1));
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
    assertThat(lent.get(KEY, CODEC)).isEmpty();
    lent.lend(KEY, FULL, CODEC);

    assertSame(lent.get(KEY, CODEC), FULL);
  }

  /** It is told to other nodes. */
  @Test
  void its_name_tells_nothing_of_the_session() {
    assertThat(KEY).hasSize(43).doesNotContain(FULL.csrfToken().value());
    assertThat(KEY).isNotEqualTo(LentSessions.key(signedInAnew()));
  }

  private static SignedIn signedInAnew() {
    return new SignedIn(
        FULL.identity(), null, FULL.tokens(), FULL.since().plusSeconds(60), Secret.of("anew"));
  }

  @Test
  void newer_tokens_take_the_place_of_older_ones_and_not_the_other_way_round() {
    lent.lend(KEY, FULL, CODEC);

    assertThat(lent.renew(KEY, later(), CODEC)).isEqualTo(Replacement.DONE);
    assertThat(lent.renew(KEY, later(), CODEC)).isEqualTo(Replacement.BY_ANOTHER);
    assertThat(lent.renew(KEY, FULL, CODEC)).isEqualTo(Replacement.BY_ANOTHER);
    lent.lend(KEY, FULL, CODEC);
    assertSame(lent.get(KEY, CODEC), later());
  }

  @Test
  void a_session_that_comes_with_newer_tokens_tells_them() {
    lent.lend(KEY, FULL, CODEC);
    lent.lend(KEY, later(), CODEC);

    assertSame(lent.get(KEY, CODEC), later());
  }

  /** In memory there are fractions of a second, which are not stored. */
  @Test
  void the_same_tokens_are_not_newer_for_a_fraction_of_a_second() {
    lent.lend(KEY, refreshed("SlAV32hkKG", EXPIRY.plusMillis(7)), CODEC);

    assertThat(lent.renew(KEY, refreshed("SlAV32hkKG", EXPIRY.plusMillis(8)), CODEC))
        .isEqualTo(Replacement.BY_ANOTHER);
    assertThat(lent.renew(KEY, refreshed("later", EXPIRY.plusMillis(3)), CODEC))
        .isEqualTo(Replacement.DONE);
  }

  @Test
  void tokens_of_unknown_lifetime_are_replaced_by_others() {
    lent.lend(KEY, refreshed("first", null), CODEC);

    assertThat(lent.renew(KEY, refreshed("second", null), CODEC)).isEqualTo(Replacement.DONE);
    assertThat(lent.renew(KEY, refreshed("second", null), CODEC)).isEqualTo(Replacement.BY_ANOTHER);
  }

  @Test
  void what_has_ended_is_given_back_once_and_takes_no_tokens() {
    lent.lend(KEY, FULL, CODEC);

    assertSame(lent.end(KEY, CODEC), FULL);
    assertThat(lent.end(KEY, CODEC)).isEmpty();
    assertThat(lent.get(KEY, CODEC)).isEmpty();
    assertThat(lent.renew(KEY, later(), CODEC)).isEqualTo(Replacement.ENDED);
    assertThat(map.all()).isEmpty();
  }

  /** Between the two steps of an end. */
  @Test
  void what_is_about_to_end_takes_no_tokens() {
    map.put(KEY, "over");

    assertThat(lent.get(KEY, CODEC)).isEmpty();
    assertThat(lent.renew(KEY, later(), CODEC)).isEqualTo(Replacement.ENDED);
  }

  @Test
  void after_a_new_login_of_the_same_user_tokens_of_the_one_before_are_not_taken() {
    lent.lend(KEY, FULL, CODEC);
    lent.follow(KEY, signedInAnew(), CODEC);

    assertThat(lent.renew(KEY, later(), CODEC)).isEqualTo(Replacement.BY_ANOTHER);
    assertSame(lent.get(KEY, CODEC), signedInAnew());
  }

  /** As of another key, which is no longer known. */
  @Test
  void what_cannot_be_read_is_over_until_it_is_lent_again() {
    map.put(KEY, "AAAA");
    assertThat(lent.get(KEY, CODEC)).isEmpty();
    assertThat(lent.renew(KEY, later(), CODEC)).isEqualTo(Replacement.ENDED);
    lent.lend(KEY, FULL, CODEC);

    assertSame(lent.get(KEY, CODEC), FULL);
  }
}
