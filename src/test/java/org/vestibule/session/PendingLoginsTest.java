package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.PendingAuthorization;

class PendingLoginsTest {

  private static final Seal SEAL = seal("7Fjfp0ZBr1KtDRbnfVdmIw");
  private static final PendingAuthorization PENDING = pending("xyz");
  private static final String ID = PendingLogins.id(Secret.of("xyz"));

  private final PendingLogins logins = new PendingLogins(SEAL, "/app", new SpentStates());

  private static Seal seal(String secret) {
    return Seal.of(new SecureRandom(), "pending-login", List.of(Secret.of(secret)));
  }

  private static PendingAuthorization pending(String state) {
    return new PendingAuthorization(
        "corp",
        "Kq3Zr0aT",
        Optional.of("https://server.example.com"),
        true,
        Secret.of(state),
        Optional.of(Secret.of("n-0S6_WzA2Mj")),
        Optional.empty(),
        URI.create("https://client.example.com/cb"),
        Scope.parse("openid"),
        "/account?tab=1",
        Instant.parse("2026-01-01T00:00:00Z"),
        AuthenticationRequirement.NONE,
        false);
  }

  @Test
  void a_pending_login_comes_back_from_its_cookie() {
    assertThat(logins.open(ID, logins.seal(PENDING))).contains(PENDING);
  }

  @Test
  void any_node_with_the_same_secret_can_open_it() {
    PendingLogins otherNode =
        new PendingLogins(seal("7Fjfp0ZBr1KtDRbnfVdmIw"), "/app", new SpentStates());

    assertThat(otherNode.open(ID, logins.seal(PENDING))).contains(PENDING);
  }

  @Test
  void a_cookie_of_another_login_application_or_key_is_none() {
    String value = logins.seal(PENDING);

    assertThat(logins.open(PendingLogins.id(Secret.of("other")), value)).isEmpty();
    assertThat(new PendingLogins(SEAL, "/other", new SpentStates()).open(ID, value)).isEmpty();
    assertThat(new PendingLogins(seal("another secret"), "/app", new SpentStates()).open(ID, value))
        .isEmpty();
    assertThat(logins.open(ID, "forged")).isEmpty();
    assertThat(logins.open(ID, "")).isEmpty();
  }

  /** The context and the id cannot be shifted into each other. */
  @Test
  void a_seal_of_another_kind_is_no_pending_login() {
    assertThat(logins.open(ID, SEAL.sealText("p=corp", "/app\n" + ID))).isEmpty();
  }

  @Test
  void the_id_is_short_and_says_nothing_about_the_state() {
    assertThat(ID).matches("[A-Za-z0-9_-]{22}").isEqualTo("Ngi8oeROpsTSaOttsCJgJp");
    assertThat(PendingLogins.id(Secret.of("xyZ"))).isNotEqualTo(ID);
  }

  /** CB-03. */
  @Test
  void a_pending_login_is_taken_once() {
    assertThat(logins.take(ID)).isTrue();
    assertThat(logins.take(ID)).isFalse();
    assertThat(logins.take(PendingLogins.id(Secret.of("other")))).isTrue();
  }
}
