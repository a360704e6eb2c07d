package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.RawResponse;

/** What a Keycloak says of sessions that it began: who may what, how strongly, and until when. */
@Tag("keycloak")
class KeycloakSessionIT {

  private static final Pattern FRAME = Pattern.compile("<iframe[^>]*src=\"([^\"]*)\"");

  private static KeycloakServer keycloak;
  private static ShowcaseServer server;

  private KeycloakVisitor alice;

  @BeforeAll
  static void start() {
    int port = ServerProcess.freePort();
    keycloak = KeycloakServer.start("http://localhost:" + port + "/vestibule");
    server =
        ShowcaseServer.start(
            "keycloak-session",
            port,
            Map.of(
                "OAUTH_ISSUER",
                keycloak.issuer(),
                "OAUTH_CLIENT_ID",
                KeycloakServer.CLIENT_ID,
                "OAUTH_CLIENT_SECRET",
                KeycloakServer.CLIENT_SECRET,
                "OAUTH_PATHS_1_PATTERN",
                "/showcase/api",
                "OAUTH_PATHS_1_ACR_VALUES",
                "gold"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @BeforeEach
  void alice_signs_in() {
    alice = new KeycloakVisitor(keycloak, server);
    alice.signIn("/account/", "alice");
    assertThat(alice.session()).containsEntry("authenticated", true);
  }

  @Test
  void roles_of_the_realm_and_of_the_client_count() {
    assertThat((Collection<?>) alice.session().get("roles"))
        .map(Object::toString)
        .contains("editors", "readers", "clerks");
  }

  @Test
  void whoever_is_signed_out_by_an_administrator_is_a_stranger_at_the_next_request() {
    KeycloakVisitor elsewhere = new KeycloakVisitor(keycloak, server);
    elsewhere.signIn("/account/", "bob");

    keycloak.admin().signOutAlice();

    assertThat(alice.session()).containsEntry("authenticated", false);
    assertThat(alice.open("/account/").form().fields().has("password")).isTrue();
    assertThat(elsewhere.session()).containsEntry("authenticated", true);
  }

  @Test
  void a_frame_of_keycloaks_logout_page_signs_out_here() {
    keycloak.admin().signOutThroughBrowsers(true);
    try {
      RawResponse question =
          alice
              .browser()
              .get(keycloak.issuer() + "/protocol/openid-connect/logout?client_id=neighbour");
      RawResponse page = alice.browser().followAll(alice.browser().submit(question));
      String frame =
          FRAME
              .matcher(page.body())
              .results()
              .map((MatchResult found) -> found.group(1).replace("&amp;", "&"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(page.body()));

      assertThat(frame).startsWith(server.url("/oauth/frontchannel-logout?"));
      assertThat(alice.session()).containsEntry("authenticated", true);
      RawResponse framed = alice.browser().request("GET", frame).from(page.url()).send();
      assertThat(framed.status()).isEqualTo(200);
      assertThat(alice.session()).containsEntry("authenticated", false);
    } finally {
      keycloak.admin().signOutThroughBrowsers(false);
    }
  }

  /** Without such a flow Keycloak asks for the password again and does not call that gold. */
  @Test
  void a_page_that_asks_for_gold_gets_it_where_keycloak_can() {
    RawResponse cannot = stepUp();
    assertThat(cannot.status()).as(cannot.body()).isEqualTo(403);
    assertThat(cannot.url()).startsWith(server.url("/oauth/callback"));
    assertThat(cannot.body()).doesNotContain("alice@example.com");
    assertThat(alice.session()).containsEntry("authenticated", true);

    keycloak.admin().addStepUp();
    RawResponse silver = stepUp();
    assertThat(silver.form().fields().has("password")).as(silver.body()).isTrue();
    RawResponse page =
        alice.browser().followAll(alice.browser().submit(silver, "password", "alice"));
    assertThat(page.url()).isEqualTo(server.url("/showcase/api"));
    assertThat(page.json()).containsEntry("status", 200L);
    assertThat((Map<?, ?>) alice.session().get("claims")).extracting("acr").isEqualTo("gold");
  }

  private RawResponse stepUp() {
    RawResponse password = alice.open("/showcase/api");
    assertThat(password.url()).startsWith(keycloak.issuer());
    assertThat(password.form().fields().has("password")).as(password.body()).isTrue();
    return alice.browser().followAll(alice.browser().submit(password, "password", "alice"));
  }
}
