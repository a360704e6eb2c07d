package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.VerifiedLogoutToken;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.provider.Provider;

/** Whose keys and rules a logout token is held to. */
class BackChannelLogoutTest {

  private static final String JANE = "248289761001";

  private final TestClient client = TestClient.openId();

  @AfterEach
  void stop() {
    client.close();
  }

  private Secret tokenFor(String audience) {
    return Secret.of(client.server().logoutToken(audience, claims -> claims.put("sub", JANE)));
  }

  /** Another application of ours at the same provider. */
  private Provider clientOf(String clientId) {
    return new Provider(
        client.clock(),
        TestClient.settings("issuer", client.server().issuer(), "client-id", clientId),
        CredentialsSource.NONE);
  }

  @Test
  void the_issuer_says_whose_it_is() {
    try (TestClient other = TestClient.openId()) {
      VerifiedLogoutToken judged =
          BackChannelLogout.judge(
              List.of(other.provider(), client.provider()), tokenFor(TestClient.ID));

      assertThat(judged.issuer()).isEqualTo(client.server().issuer());
      assertThat(judged.subject()).contains(JANE);
    }
  }

  @Test
  void of_two_clients_of_an_issuer_it_is_the_one_that_it_is_meant_for() {
    List<Provider> both = List.of(clientOf("another"), client.provider());

    assertThat(BackChannelLogout.judge(both, tokenFor(TestClient.ID)).subject()).contains(JANE);
    assertThat(BackChannelLogout.judge(both, tokenFor("another")).subject()).contains(JANE);
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_AUDIENCE)
  void one_that_is_meant_for_nobody_here_is_refused_by_the_rules_of_its_issuer() {
    assertFails(
        Violation.LOGOUT_TOKEN_AUDIENCE,
        () -> BackChannelLogout.judge(List.of(client.provider()), tokenFor("somebody else")));
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_ISSUER)
  void one_of_nobody_that_is_configured_is_refused_unread() {
    try (TestClient other = TestClient.openId()) {
      assertThat(
              assertFails(
                  Violation.LOGOUT_TOKEN_ISSUER,
                  () ->
                      BackChannelLogout.judge(List.of(other.provider()), tokenFor(TestClient.ID))))
          .hasMessageContaining("it says \"" + client.server().issuer() + "\"");
    }
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_SIGNATURE)
  void what_is_no_token_is_not_signed() {
    assertFails(
        Violation.LOGOUT_TOKEN_SIGNATURE,
        () -> BackChannelLogout.judge(List.of(client.provider()), Secret.of("a.b.c")));
  }
}
