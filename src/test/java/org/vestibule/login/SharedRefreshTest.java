package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.vestibule.Provoked.assertFails;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.Waiting;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.SessionCodec;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedStateException;
import org.vestibule.shared.TwoNodes;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;

/** Two nodes refresh the tokens of one session; the provider rotates refresh tokens. */
class SharedRefreshTest {

  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());

  private final TestClient client = TestClient.openId();
  private final TwoNodes engine = new TwoNodes();
  private final SharedMap map = engine.map("refresh", Duration.ofMinutes(15));
  private final AtomicBoolean recovering = new AtomicBoolean();
  private final TokenRefresh one = new TokenRefresh(client.clock(), map, recovering::get);
  private final TokenRefresh other = new TokenRefresh(client.clock(), map, recovering::get);
  private final SignedIn jane = client.signedIn();

  SharedRefreshTest() {
    client.server().forgetRequests();
    client.clock().advance(Duration.ofMinutes(59));
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private SignedIn refresh(TokenRefresh node) {
    return node.refresh(client.provider(), jane, CODEC);
  }

  private static void assertSame(SignedIn one, SignedIn other) {
    assertThat(one.tokens().accessToken()).isEqualTo(other.tokens().accessToken());
    assertThat(one.tokens().refreshToken()).isEqualTo(other.tokens().refreshToken());
  }

  private int requests() {
    return client.server().requests(Endpoint.TOKEN).size();
  }

  @Test
  void a_node_that_comes_later_is_given_what_the_first_one_got() {
    SignedIn renewed = refresh(one);

    SignedIn later = refresh(other);
    assertSame(later, renewed);
    assertThat(later.tokens().accessToken()).isNotEqualTo(jane.tokens().accessToken());
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void of_many_requests_on_both_nodes_at_the_same_time_one_reaches_the_provider() {
    Gate gate = client.server().on(Endpoint.TOKEN).gate();
    List<CompletableFuture<SignedIn>> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.add(Waiting.start(() -> refresh(one)));
      all.add(Waiting.start(() -> refresh(other)));
    }
    gate.open();

    Set<Secret> tokens =
        all.stream()
            .map(CompletableFuture::join)
            .map(signedIn -> signedIn.tokens().accessToken())
            .collect(Collectors.toSet());
    assertThat(tokens).hasSize(1).doesNotContain(jane.tokens().accessToken());
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void the_next_refresh_is_another_one() {
    SignedIn renewed = refresh(one);
    SignedIn again = other.refresh(client.provider(), renewed, CODEC);

    assertThat(again.tokens()).isNotEqualTo(renewed.tokens());
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void a_refusal_counts_for_both() {
    client.server().endAllGrants();

    assertFails(ProviderTrouble.REFRESH_REFUSED, () -> refresh(one));
    assertFails(ProviderTrouble.REFRESH_REFUSED, () -> refresh(other));
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void after_an_outage_nobody_asks_for_a_while_and_then_one_does() {
    client.server().on(Endpoint.TOKEN).once(Answer.empty(503));

    assertNotForGood(one);
    assertNotForGood(other);
    assertThat(requests()).isEqualTo(1);

    client.clock().advance(Duration.ofSeconds(10));
    assertThat(refresh(other).tokens()).isNotEqualTo(jane.tokens());
    assertThat(requests()).isEqualTo(2);
  }

  private void assertNotForGood(TokenRefresh node) {
    LoginException e = catchThrowableOfType(LoginException.class, () -> refresh(node));
    assertThat(TokenRefresh.isForGood(e)).isFalse();
  }

  /** As if a node had been killed between its claim and the answer. */
  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void the_claim_of_a_node_that_died_is_taken_over_when_its_lease_is_over() {
    refresh(one);
    String key = map.all().keySet().iterator().next();
    map.put(key, "c" + client.clock().millis() + ":");
    client.server().forgetRequests();

    assertFails(ProviderTrouble.REFRESH_REFUSED, () -> refresh(other));
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.REFRESH_REFUSED)
  void what_nobody_of_us_has_written_is_replaced() {
    refresh(one);
    String key = map.all().keySet().iterator().next();
    for (String text : List.of("", "d", "d:", "dx:abc", "x5:abc", "5:abc")) {
      map.put(key, text);
      client.server().forgetRequests();
      TokenRefresh fresh = new TokenRefresh(client.clock(), map, recovering::get);

      assertFails(ProviderTrouble.REFRESH_REFUSED, () -> refresh(fresh));
      assertThat(requests()).isEqualTo(1);
    }
  }

  /** The tokens may be those that another node has used up. */
  @Test
  @Provokes(trouble = ProviderTrouble.SHARED_STATE)
  void while_the_engine_is_away_nothing_is_refreshed_and_nobody_is_signed_out() {
    engine.away(true);

    LoginException e = assertFails(ProviderTrouble.SHARED_STATE, () -> refresh(one));
    assertThat(TokenRefresh.isForGood(e)).isFalse();
    assertThat(requests()).isZero();

    engine.away(false);
    client.clock().advance(Duration.ofSeconds(10));
    assertThat(refresh(one).tokens()).isNotEqualTo(jane.tokens());
  }

  /** The session is in the same engine, and was not written either. */
  private SignedIn refreshWhileTheEngineGoesAway() {
    client
        .server()
        .on(Endpoint.TOKEN)
        .once(
            (request, regular) -> {
              engine.away(true);
              return regular.get();
            });
    return refresh(one);
  }

  @Test
  void what_a_refresh_brought_while_the_engine_went_away_is_told_when_it_is_back() {
    SignedIn renewed = refreshWhileTheEngineGoesAway();
    assertThatThrownBy(one::catchUp).isInstanceOf(SharedStateException.class);
    engine.away(false);
    client.clock().advance(Duration.ofMinutes(5));
    one.catchUp();
    client.clock().advance(Duration.ofMinutes(10).minusMillis(1));

    assertSame(refresh(other), renewed);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.SHARED_STATE)
  void after_an_outage_nothing_is_refreshed_before_all_nodes_have_told_what_they_know() {
    recovering.set(true);
    LoginException e = assertFails(ProviderTrouble.SHARED_STATE, () -> refresh(other));
    assertThat(TokenRefresh.isForGood(e)).isFalse();
    assertThat(requests()).isZero();

    recovering.set(false);
    client.clock().advance(Duration.ofSeconds(10));
    assertThat(refresh(other).tokens()).isNotEqualTo(jane.tokens());
  }

  /** A session that was not written can be that old. */
  @Test
  void what_an_earlier_refresh_brought_and_has_expired_is_refreshed_in_its_turn() {
    client.server().tokenResponse(response -> response.put("expires_in", 60));
    SignedIn first = refresh(one);
    client.clock().advance(Duration.ofSeconds(61));
    SignedIn second = refresh(other);

    assertThat(second.tokens().refreshToken()).isNotEqualTo(first.tokens().refreshToken());
    assertThat(second.tokens().isExpired(client.clock().instant())).isFalse();
    TokenRefresh third = new TokenRefresh(client.clock(), map, recovering::get);
    assertSame(refresh(third), second);
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.SHARED_STATE)
  void what_a_node_cannot_read_is_no_reason_to_ask_again() {
    refresh(one);
    map.all()
        .keySet()
        .forEach(
            key ->
                map.put(
                    key, "d" + client.clock().instant().plusSeconds(60).toEpochMilli() + ":AAAA"));

    assertFails(ProviderTrouble.SHARED_STATE, () -> refresh(other));
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.SHARED_STATE)
  void what_is_damaged_is_no_reason_either() {
    refresh(one);
    long soon = client.clock().instant().plusSeconds(60).toEpochMilli();
    map.all().keySet().forEach(key -> map.put(key, "d" + soon + ":?"));

    assertFails(ProviderTrouble.SHARED_STATE, () -> refresh(other));
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void no_token_stands_in_a_key() {
    refresh(one);

    assertThat(map.all().keySet()).allMatch(key -> key.matches("[A-Za-z0-9_-]{43}"));
  }
}
