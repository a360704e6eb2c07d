package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokensTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEAD = Duration.ofSeconds(60);
  private static final Scope SCOPE = Scope.parse("openid");

  private static Tokens tokens(
      String access, @Nullable Instant expiry, @Nullable String refresh, @Nullable String id) {
    return new Tokens(
        Secret.of(access),
        expiry,
        refresh == null ? null : Secret.of(refresh),
        id == null ? null : Secret.of(id),
        SCOPE);
  }

  @Test
  void a_token_is_due_shortly_before_it_expires() {
    Tokens tokens = tokens("a", NOW, null, null);

    assertThat(tokens.isDue(NOW.minusSeconds(61), LEAD)).isFalse();
    assertThat(tokens.isDue(NOW.minusSeconds(60), LEAD)).isTrue();
    assertThat(tokens.isExpired(NOW.minusSeconds(1))).isFalse();
    assertThat(tokens.isExpired(NOW)).isTrue();
  }

  @Test
  void a_token_of_unknown_lifetime_is_never_due() {
    Tokens tokens = tokens("a", null, "r", null);

    assertThat(tokens.isDue(NOW, LEAD)).isFalse();
    assertThat(tokens.isExpired(Instant.MAX)).isFalse();
  }

  /** RF-02. */
  @Test
  void a_refresh_keeps_what_was_not_renewed() {
    Tokens old = tokens("a1", NOW, "r1", "i1");

    assertThat(old.refreshedWith(tokens("a2", NOW.plusSeconds(1), null, null)))
        .isEqualTo(tokens("a2", NOW.plusSeconds(1), "r1", "i1"));
    assertThat(old.refreshedWith(tokens("a2", null, "r2", "i2")))
        .isEqualTo(tokens("a2", null, "r2", "i2"));
  }

  @Test
  void equal_scopes_are_one_in_memory() {
    Scope known = Scope.parse("openid");
    Tokens issued = tokens("a", NOW, "r", "i").sharing(known);

    assertThat(issued.scope()).isSameAs(known);
    assertThat(issued.sharing(Scope.parse("openid email"))).isSameAs(issued);
    assertThat(issued.refreshedWith(tokens("b", NOW, null, null)).scope()).isSameAs(known);
  }

  @Test
  void an_id_token_can_be_left_out() {
    assertThat(tokens("a", NOW, "r", "i").withoutIdToken()).isEqualTo(tokens("a", NOW, "r", null));
  }

  @Test
  void a_session_gets_new_tokens_and_stays_whose_it_was() {
    SignedIn before =
        new SignedIn(
            new Identity("corp", "", "1", "jane", Set.of(), "{}"),
            new Authentication("08a5019c-17e1-4977-8f42-65a12843ea02", null, NOW),
            tokens("a1", NOW, "r1", null),
            NOW,
            Secret.of("csrf"));

    SignedIn after = before.with(tokens("a2", NOW, "r2", null));

    assertThat(after.identity()).isSameAs(before.identity());
    assertThat(after.authentication()).isSameAs(before.authentication());
    assertThat(after.since()).isEqualTo(before.since());
    assertThat(after.csrfToken()).isEqualTo(before.csrfToken());
    assertThat(after.tokens()).isEqualTo(tokens("a2", NOW, "r2", null));
  }
}
