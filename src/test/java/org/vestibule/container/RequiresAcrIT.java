package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.time.Instant;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.acr.VaultServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** Step-up by annotation: on servlets, on resources of Jakarta REST, on beans. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RequiresAcrIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET).approving(User.JANE));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("paths.1.pattern", "/silver/*")
        .with("paths.1.acr-values", "silver")
        .war("acr")
        .addPackage(VaultServlet.class.getPackage());
  }

  @BeforeEach
  void askForNothing() {
    PROVIDER.idTokenClaims(claims -> {});
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static void give(String acr) {
    PROVIDER.idTokenClaims(claims -> claims.put("acr", acr));
  }

  private static RawResponse script(Visitor visitor, String path) {
    return visitor.request("GET", path).asFetch().header("Accept", "*/*").send();
  }

  private static void assertToldToStepUp(RawResponse answer, String what) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
    assertThat(answer.json()).containsEntry("error", "insufficient_user_authentication");
    assertThat(answer.header("WWW-Authenticate"))
        .contains("error=\"insufficient_user_authentication\"", what);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).doesNotContain(ProtectedServlet.CANARY, "It is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/vault",
        "/vault/1",
        "/bars.gold",
        "/deep/below/bars.gold",
        "/public/vault/1",
        "/treasure",
        "/treasure?wrapped",
        "/public/treasure",
        "/api/vault/gold"
      })
  void whoever_signed_in_otherwise_steps_up_and_comes_back(String path) {
    Visitor visitor = Visitor.signedInAt(deployment);
    String before = visitor.sessionId();

    RawResponse script = script(visitor, path);
    RawResponse challenge = visitor.get(path);
    give("gold");
    RawResponse page = visitor.browser().followAll(challenge);

    assertToldToStepUp(script, "acr_values=\"gold\"");
    assertSentToProvider(challenge, PROVIDER);
    assertThat(challenge.header("Location")).contains("acr_values=gold");
    assertThat(challenge.body()).isEmpty();
    assertThat(page.status()).isEqualTo(200);
    assertThat(visitor.sessionId()).isNotEqualTo(before);
    assertThat(visitor.get(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/vault", "/public/vault/1", "/public/treasure", "/api/vault/gold"})
  void a_stranger_is_asked_for_it_at_once(String path) {
    RawResponse challenge = Visitor.of(deployment).get(path);

    assertSentToProvider(challenge, PROVIDER);
  }

  @Test
  void what_is_beside_asks_for_nothing() {
    assertThat(Visitor.signedInAt(deployment).get("/api/whoami").status()).isEqualTo(200);
  }

  @Test
  void the_annotation_of_a_method_takes_the_place_of_that_of_its_class() {
    Visitor visitor = Visitor.signedInAt(deployment);
    RawResponse challenge = visitor.get("/api/vault/silver");
    give("silver");

    assertThat(visitor.browser().followAll(challenge).body()).isEqualTo(ProtectedServlet.CANARY);
    assertToldToStepUp(script(visitor, "/api/vault/gold"), "acr_values=\"gold\"");
  }

  @Test
  void a_bean_behind_a_resource_asks_for_a_newer_login() {
    PROVIDER.idTokenClaims(
        claims -> {
          claims.put("acr", "silver");
          claims.put("auth_time", Instant.now().minusSeconds(1_000).getEpochSecond());
        });
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse script = script(visitor, "/api/vault/through-a-bean");
    RawResponse challenge = visitor.get("/api/vault/through-a-bean");
    PROVIDER.idTokenClaims(
        claims -> {
          claims.put("acr", "silver");
          claims.put("auth_time", Instant.now().getEpochSecond());
        });

    assertToldToStepUp(script, "max_age=\"300\"");
    assertThat(challenge.header("Location")).contains("max_age=300");
    assertThat(visitor.browser().followAll(challenge).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_login_that_is_not_strong_enough_ends_on_a_page_and_not_in_a_loop() {
    Visitor visitor = Visitor.signedInAt(deployment);
    give("silver");

    for (String path : List.of("/vault", "/treasure", "/api/vault/gold")) {
      RawResponse page = visitor.browser().followAll(visitor.get(path));

      assertThat(page.status()).as(path).isEqualTo(403);
      assertNeutralPage(page);
    }
    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  void a_form_for_a_servlet_is_kept_until_the_user_is_back() {
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse page =
        visitor
            .request("POST", "/vault")
            .from(visitor.url("/vault"))
            .form(FormData.of("text", "gold bars"))
            .send();

    assertThat(page.status()).isEqualTo(401);
    assertThat(page.body()).contains("name=\"preserved\"");
  }

  @Test
  void a_form_that_was_read_already_leads_to_a_step_up_that_does_not_repeat_it() {
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse challenge = visitor.request("POST", "/treasure").send();
    RawResponse rest = visitor.request("POST", "/api/vault/gold").send();

    assertThat(challenge.status()).isEqualTo(303);
    assertThat(challenge.header("Location")).contains("acr_values=gold");
    assertThat(rest.status()).isEqualTo(303);
    assertThat(rest.header("Location")).contains("acr_values=gold");
  }

  @Test
  void what_was_sent_already_cannot_be_taken_back() {
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse page = visitor.get("/treasure?sent");

    assertThat(page.body()).doesNotContain(ProtectedServlet.CANARY);
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  @Test
  void an_annotation_and_a_rule_that_nobody_can_meet_both_are_no_loop() {
    RawResponse page = Visitor.signedInAt(deployment).get("/silver/vault");

    assertThat(page.status()).isEqualTo(500);
    assertNeutralPage(page);
    assertThat(Visitor.of(deployment).get("/silver/vault").status()).isEqualTo(500);
  }
}
