package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;
import org.vestibule.testing.User;

/** What becomes of a session when its user, its tokens or its strength change. */
@ExtendWith(ArquillianExtension.class)
class SessionLifeIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("read-timeout", "PT30S")
        .with("paths.1.pattern", "/protected/vault/*")
        .with("paths.1.acr-values", "gold")
        .war("life");
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.approving(User.JANE);
    PROVIDER.on(Endpoint.TOKEN).regular();
    PROVIDER.on(Endpoint.REVOCATION).regular();
    PROVIDER.idTokenClaims(claims -> {});
    PROVIDER.tokenResponse(response -> {});
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static String csrfToken(Visitor visitor) {
    return String.valueOf(visitor.session().get("csrf_token"));
  }

  // Changes of privilege

  @Test
  void each_login_and_each_step_up_has_a_session_id_and_a_csrf_token_of_its_own() {
    Visitor visitor = Visitor.signedInAt(deployment);
    List<String> ids = new ArrayList<>(List.of(visitor.sessionId()));
    List<String> tokens = new ArrayList<>(List.of(csrfToken(visitor)));

    visitor.browser().followAll(visitor.get("/oauth/login"));
    ids.add(visitor.sessionId());
    tokens.add(csrfToken(visitor));
    RawResponse challenge = visitor.get("/protected/vault/x");
    PROVIDER.idTokenClaims(claims -> claims.put("acr", "gold"));
    Visitor before = visitor.copy();
    RawResponse vault = visitor.browser().followAll(challenge);
    ids.add(visitor.sessionId());
    tokens.add(csrfToken(visitor));

    assertThat(vault.body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(tokens).hasSize(3).doesNotHaveDuplicates();
    assertThat(before.isSignedIn()).as("by the session id from before the step-up").isFalse();
  }

  // Two people

  @Test
  void of_two_who_signed_in_side_by_side_the_last_is_there_alone() {
    Visitor visitor = Visitor.of(deployment);
    String jane = visitor.callback();
    PROVIDER.approving(User.named("mallory").with("groups", List.of("staff")));
    String mallory = visitor.callback();
    assertThat(visitor.pendingLogins()).hasSize(2);

    visitor.browser().followAll(visitor.browser().get(mallory));
    visitor.get("/public/basket?put=apples");
    assertThat(visitor.lines("/whoami"))
        .containsEntry("principal", "mallory")
        .containsEntry("caller.sub", "mallory");
    String session = visitor.sessionId();
    visitor.browser().followAll(visitor.browser().get(jane));

    assertThat(visitor.lines("/whoami"))
        .containsEntry("principal", "j.doe")
        .containsEntry("caller.roles", "");
    assertThat(visitor.get("/public/basket").body()).isEqualTo("basket=\n");
    assertThat(visitor.sessionId()).isNotEqualTo(session);
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  /** SE-02: somebody signed in, and brought the session's cookie into another one's browser. */
  @Test
  void what_somebody_prepared_in_a_session_is_not_there_after_the_login_of_another() {
    PROVIDER.approving(User.named("mallory"));
    Visitor mallory = Visitor.signedInAt(deployment);
    mallory.get("/public/basket?put=poison");
    String trap = mallory.contextPath() + "/protected/trap";
    String pending =
        mallory.browser().follow(mallory.get("/oauth/login?return=" + trap)).location();
    String prepared = mallory.sessionId();
    PROVIDER.approving(User.JANE);
    Visitor jane = Visitor.of(deployment);
    jane.browser()
        .cookies()
        .put(mallory.browser().cookies().named(Visitor.SESSION_COOKIE).orElseThrow());

    RawResponse page =
        jane.browser()
            .followAll(jane.get("/oauth/login?return=" + jane.contextPath() + Visitor.PROTECTED));

    assertThat(page.url()).isEqualTo(jane.url(Visitor.PROTECTED));
    assertThat(jane.sessionId()).isNotEqualTo(prepared);
    assertThat(jane.get("/public/basket").body()).isEqualTo("basket=\n");
    assertThat(mallory.copy().isSignedIn()).as("by the id that they know").isFalse();
    jane.browser().get(pending);
    assertThat(jane.lines("/whoami"))
        .as("nor by a response of theirs")
        .containsEntry("principal", "j.doe");
  }

  // Refresh

  /** Signed in with an access token that has to be refreshed when it is next asked for. */
  private Visitor signedInWithAnExpiredToken(AtomicReference<String> refreshToken) {
    PROVIDER.tokenResponse(response -> response.put("expires_in", 0));
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.tokenResponse(
        response -> refreshToken.set(String.valueOf(response.get("refresh_token"))));
    PROVIDER.forgetRequests();
    return visitor;
  }

  @Test
  void a_logout_while_the_tokens_are_refreshed_is_not_undone() {
    AtomicReference<String> renewed = new AtomicReference<>("");
    Visitor visitor = signedInWithAnExpiredToken(renewed);
    Visitor tab = visitor.copy();
    Visitor otherTab = visitor.copy();
    // The logout revokes the old tokens; here the refresh is quicker at the provider.
    PROVIDER.on(Endpoint.REVOCATION).always(Answer.empty(200));
    Gate gate = PROVIDER.on(Endpoint.TOKEN).gate();

    CompletableFuture<List<RawResponse>> asked = Parallel.begin(1, () -> tab.get("/token"));
    gate.awaitArrival();
    otherTab.browser().submit(otherTab.get("/oauth/logout"));
    gate.open();

    assertThat(asked.join())
        .singleElement()
        .extracting(RawResponse::body)
        .asString()
        .startsWith("unavailable, login required: true");
    for (Visitor everybody : List.of(tab, otherTab, visitor)) {
      assertThat(everybody.isSignedIn()).isFalse();
      assertSentToProvider(everybody.get(Visitor.PROTECTED), PROVIDER);
    }
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
    Waiting.until("what the refresh brought is revoked", () -> revoked().contains(renewed.get()));
  }

  private static List<String> revoked() {
    return PROVIDER.requests(Endpoint.REVOCATION).stream()
        .map(RecordedRequest::form)
        .map(form -> String.valueOf(form.get("token")))
        .toList();
  }

  @Test
  void a_refresh_that_fails_for_good_asks_for_a_new_login_once_however_many_wait_for_it() {
    Visitor visitor = signedInWithAnExpiredToken(new AtomicReference<>(""));
    PROVIDER.on(Endpoint.TOKEN).always(Answer.error(400, "invalid_grant"));
    int before = Collections.frequency(visitor.events(), "LoggedOut default j.doe REFRESH_REFUSED");

    List<RawResponse> answers = Parallel.begin(10, () -> visitor.get("/token")).join();

    assertThat(answers).extracting(RawResponse::body).noneMatch(body -> body.startsWith("token "));
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
    assertThat(Collections.frequency(visitor.events(), "LoggedOut default j.doe REFRESH_REFUSED"))
        .isEqualTo(before + 1);
    assertThat(visitor.isSignedIn()).isFalse();
    PROVIDER.on(Endpoint.TOKEN).regular();
    RawResponse page = visitor.browser().followAll(visitor.get("/token"));
    assertThat(page.body()).startsWith("token ");
  }
}
