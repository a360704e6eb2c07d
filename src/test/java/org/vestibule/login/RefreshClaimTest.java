package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.session.LikeKeycloak;
import org.vestibule.session.SessionCodec;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.TwoNodes;
import org.vestibule.shared.Watched;
import org.vestibule.testing.MovableClock;

/** What one node tells the others of a refresh, for how long, and what becomes of it on the way. */
class RefreshClaimTest {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration BACK_OFF = Duration.ofSeconds(10);

  private final SessionCodec codec = new SessionCodec(Optional.empty());
  private final MovableClock clock = new MovableClock();
  private final TwoNodes engine = new TwoNodes();
  private final SharedMap map = engine.map("refresh", Duration.ofMinutes(15));
  private final SignedIn old = LikeKeycloak.signedIn();
  private final AtomicInteger requests = new AtomicInteger();

  private SignedIn refresh(Supplier<SignedIn> provider) {
    return refresh(map, provider);
  }

  private SignedIn refresh(SharedMap shared, Supplier<SignedIn> provider) {
    return refresh(old, shared, provider);
  }

  private SignedIn refresh(SignedIn held, SharedMap shared, Supplier<SignedIn> provider) {
    return refresh(new SharedRefresh(clock, shared, () -> false), held, provider);
  }

  private SignedIn refresh(SharedRefresh node, SignedIn held, Supplier<SignedIn> provider) {
    return node.once(
        held,
        codec,
        LEASE,
        BACK_OFF,
        asked -> {
          requests.incrementAndGet();
          return provider.get();
        });
  }

  private SignedIn brings(String accessToken) {
    return old.with(new Tokens(Secret.of(accessToken), null, null, null, Scope.NONE));
  }

  private static SignedIn fails(ProviderTrouble trouble) {
    throw new LoginException(trouble);
  }

  private ProviderTrouble trouble(Supplier<SignedIn> provider) {
    LoginException e = catchThrowableOfType(LoginException.class, () -> refresh(provider));
    return (ProviderTrouble) e.failure();
  }

  private void assertBrought(SignedIn signedIn, String accessToken) {
    assertThat(signedIn.tokens().accessToken()).isEqualTo(Secret.of(accessToken));
  }

  /** Sessions can be replicated that much later. */
  @Test
  void what_was_brought_is_kept_for_ten_minutes() {
    refresh(() -> brings("first"));
    clock.advance(GRACE.minusMillis(1));
    assertBrought(refresh(() -> brings("second")), "first");
    assertThat(requests).hasValue(1);

    clock.advance(Duration.ofMillis(1));
    assertBrought(refresh(() -> brings("second")), "second");
  }

  /** Some providers renew nothing but the refresh token. */
  @Test
  void with_another_refresh_token_it_is_another_refresh() {
    Tokens tokens = old.tokens();
    SignedIn rotated =
        old.with(
            new Tokens(
                tokens.accessToken(),
                tokens.expiresAt(),
                Secret.of("rotated"),
                tokens.idToken(),
                tokens.scope()));
    refresh(() -> brings("first"));

    assertBrought(refresh(rotated, map, () -> brings("second")), "second");
  }

  @Test
  void a_refusal_is_kept_as_long_as_what_was_brought() {
    assertThat(trouble(() -> fails(ProviderTrouble.REFRESH_REFUSED)))
        .isEqualTo(ProviderTrouble.REFRESH_REFUSED);
    clock.advance(GRACE.minusMillis(1));

    assertThat(trouble(() -> brings("second"))).isEqualTo(ProviderTrouble.REFRESH_REFUSED);
    assertThat(requests).hasValue(1);
  }

  @Test
  void after_trouble_nobody_asks_until_the_back_off_is_over() {
    assertThat(trouble(() -> fails(ProviderTrouble.TIMEOUT))).isEqualTo(ProviderTrouble.TIMEOUT);
    clock.advance(BACK_OFF.minusMillis(1));
    assertThat(trouble(() -> brings("second"))).isEqualTo(ProviderTrouble.UNREACHABLE);
    assertThat(requests).hasValue(1);

    clock.advance(Duration.ofMillis(1));
    assertBrought(refresh(() -> brings("second")), "second");
  }

  /** Nobody knows what became of the tokens, but whoever waits must not wait for nothing. */
  @Test
  void the_claim_of_whoever_fails_unexpectedly_is_withdrawn() {
    IllegalStateException unexpected = new IllegalStateException("unexpected");

    assertThatThrownBy(
            () ->
                refresh(
                    () -> {
                      throw unexpected;
                    }))
        .isSameAs(unexpected);
    assertThat(map.all()).isEmpty();
    assertBrought(refresh(() -> brings("second")), "second");
  }

  @Test
  void what_the_provider_said_counts_even_if_no_other_node_can_be_told() {
    assertBrought(
        refresh(
            () -> {
              engine.away(true);
              return brings("first");
            }),
        "first");
    engine.away(false);
    clock.advance(LEASE);
    assertThat(
            trouble(
                () -> {
                  engine.away(true);
                  return fails(ProviderTrouble.REFRESH_REFUSED);
                }))
        .isEqualTo(ProviderTrouble.REFRESH_REFUSED);
    engine.away(false);
    clock.advance(LEASE);
    assertThatThrownBy(
            () ->
                refresh(
                    () -> {
                      engine.away(true);
                      throw new IllegalStateException("unexpected");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unexpected");
  }

  private SharedRefresh thatTellsNobody() {
    SharedRefresh node = new SharedRefresh(clock, map, () -> false);
    assertBrought(
        refresh(
            node,
            old,
            () -> {
              engine.away(true);
              return brings("first");
            }),
        "first");
    engine.away(false);
    return node;
  }

  /** Here those who hold the old tokens find it, and nobody else can. */
  @Test
  void what_could_not_be_told_is_given_to_who_comes_to_the_same_node() {
    SharedRefresh node = thatTellsNobody();
    clock.advance(LEASE.plus(GRACE));

    assertBrought(refresh(node, old, () -> brings("second")), "first");
  }

  @Test
  void what_could_not_be_told_is_told_later_and_once() {
    SharedRefresh node = thatTellsNobody();
    clock.advance(LEASE.plus(GRACE));
    node.catchUp();

    assertBrought(refresh(() -> brings("second")), "first");
    clock.advance(GRACE);
    node.catchUp();
    assertBrought(refresh(() -> brings("second")), "second");
  }

  @Test
  void what_could_not_be_told_for_half_a_day_is_forgotten() {
    SharedRefresh node = thatTellsNobody();
    clock.advance(Duration.ofHours(12));
    node.catchUp();

    assertBrought(refresh(node, old, () -> brings("second")), "second");
  }

  private SignedIn brings(String accessToken, Duration lifetime) {
    Instant expiry = clock.instant().plus(lifetime);
    return old.with(new Tokens(Secret.of(accessToken), expiry, null, null, Scope.NONE));
  }

  /** Without rotation, by a provider that has one access token at a time. */
  @Test
  void a_provider_that_gives_out_the_same_tokens_is_asked_again_when_they_expire() {
    Duration lifetime = Duration.ofMinutes(1);
    SignedIn same = brings("same", lifetime);
    refresh(same, map, () -> same);
    clock.advance(lifetime);

    assertBrought(refresh(same, map, () -> brings("next", lifetime)), "next");
    assertThat(requests).hasValue(2);
  }

  /** The first one has not expired, and its refresh token is used up. */
  @Test
  void of_two_refreshes_after_each_other_the_later_one_counts() {
    SignedIn first = brings("first", Duration.ofMinutes(5));
    refresh(() -> first);
    clock.advance(Duration.ofMinutes(4));
    refresh(first, map, () -> brings("second", Duration.ofMinutes(5)));

    assertBrought(refresh(() -> brings("third")), "second");
    assertThat(requests).hasValue(2);
  }

  @Test
  void a_provider_that_goes_round_in_circles_takes_nobody_along() {
    Tokens tokens = old.tokens();
    Instant now = clock.instant();
    SignedIn again =
        old.with(
            new Tokens(tokens.accessToken(), now, tokens.refreshToken(), null, tokens.scope()));
    SignedIn first = brings("first", Duration.ZERO);
    refresh(() -> first);
    refresh(first, map, () -> again);

    assertThat(trouble(() -> brings("third"))).isEqualTo(ProviderTrouble.TIMEOUT);
    assertThat(requests).hasValue(2);
  }

  private void claimedByAnother() {
    refresh(() -> brings("first"));
    String key = map.all().keySet().iterator().next();
    map.put(key, "c" + clock.instant().plus(LEASE).toEpochMilli() + ":");
  }

  @Test
  void whoever_is_interrupted_while_another_node_refreshes_waits_no_longer() {
    claimedByAnother();
    Thread.currentThread().interrupt();

    ProviderTrouble trouble = trouble(() -> brings("second"));

    assertThat(Thread.interrupted()).as("and stays interrupted").isTrue();
    assertThat(trouble).isEqualTo(ProviderTrouble.UNREACHABLE);
    assertThat(requests).hasValue(1);
  }

  @Test
  void of_two_nodes_that_take_a_claim_over_one_asks_the_provider() {
    claimedByAnother();
    clock.advance(LEASE);
    AtomicBoolean overtaken = new AtomicBoolean();
    SharedMap contested =
        Watched.map(
            map,
            method -> {
              if (method.equals("replace") && !overtaken.getAndSet(true)) {
                refresh(() -> brings("theirs"));
              }
            });

    assertBrought(refresh(contested, () -> brings("ours")), "theirs");
    assertThat(requests).hasValue(2);
  }
}
