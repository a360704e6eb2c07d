package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.TokenServlet;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;

@ExtendWith(ArquillianExtension.class)
class RefreshIT {

  /** What was issued more recently than this is not refreshed before it has expired. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Within {@code refresh-lead}. */
  private static final long SOON = 55;

  private static final AtomicReference<String> ACCESS_TOKEN = new AtomicReference<>("");

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("read-timeout", "PT30S")
        .with("refresh-grace", GRACE.toString())
        .war("refresh");
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.on(Endpoint.TOKEN).regular();
    PROVIDER.idTokenClaims(claims -> {});
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_token_that_is_not_due_is_used_as_it_is() {
    Visitor visitor = signedIn(response -> {});

    assertThat(visitor.get("/token").body()).isEqualTo(visitor.get("/token").body());
    assertThat(refreshes()).isEmpty();
  }

  @Test
  void a_due_token_is_refreshed_once_however_many_requests_ask_for_it() {
    Visitor visitor = signedInWithAnExpiredToken();
    String before = newestToken();
    int asked = visitor.hits("token");
    Gate gate = PROVIDER.on(Endpoint.TOKEN).gate();

    CompletableFuture<List<RawResponse>> first = Parallel.begin(3, () -> visitor.get("/token"));
    gate.awaitArrival();
    Waiting.until("three requests ask for the token", () -> visitor.hits("token") == asked + 3);
    CompletableFuture<List<RawResponse>> others = Parallel.begin(197, () -> visitor.get("/token"));
    gate.open();

    assertThat(Stream.of(first, others).flatMap(answers -> answers.join().stream()))
        .extracting(RawResponse::body)
        .hasSize(200)
        .containsOnly(newestToken())
        .doesNotContain(before);
    assertThat(refreshes()).hasSize(1);
  }

  @Test
  void a_token_that_was_just_issued_is_used_although_it_expires_soon() {
    Visitor visitor = signedIn(expiringIn(SOON));

    assertThat(visitor.get("/token").body()).isEqualTo(newestToken());
    assertThat(refreshes()).isEmpty();
  }

  @Test
  void the_application_can_refresh_before_it_is_due_and_hears_of_it() {
    Visitor visitor = signedIn(response -> {});
    String before = visitor.get("/token").body();

    String after = refresh(visitor);

    assertThat(after).startsWith("token ").isNotEqualTo(before);
    assertThat(visitor.get("/token").body()).isEqualTo(after);
    assertThat(refreshes()).hasSize(1);
    assertThat(visitor.events()).contains("TokensRefreshed default j.doe");
  }

  @Test
  void each_refresh_uses_the_newest_refresh_token() {
    Visitor visitor = signedIn(response -> {});

    for (int i = 0; i < 3; i++) {
      assertThat(refresh(visitor)).startsWith("token ");
    }

    assertThat(refreshes())
        .hasSize(3)
        .extracting(request -> request.form().get("refresh_token"))
        .doesNotHaveDuplicates();
    assertThat(refreshes()).extracting(request -> request.form().has("scope")).containsOnly(false);
  }

  @Test
  void a_refresh_token_that_is_not_renewed_is_kept() {
    Visitor visitor = signedIn(response -> {});
    String refreshToken = "tGzv3JOkF0XG5Qx2TlKWIA";
    issuing(response -> response.put("refresh_token", refreshToken));
    refresh(visitor);
    PROVIDER.forgetRequests();
    PROVIDER
        .on(Endpoint.TOKEN)
        .always(
            Answer.json(
                200, Map.of("access_token", "2YotnFZFEjr1zCsicMWpAA", "token_type", "Bearer")));

    refresh(visitor);
    refresh(visitor);

    assertThat(refreshes())
        .hasSize(2)
        .extracting(request -> request.form().get("refresh_token"))
        .containsOnly(refreshToken);
    assertThat(visitor.get("/token").body())
        .isEqualTo("token " + TokenServlet.fingerprint("2YotnFZFEjr1zCsicMWpAA"));
  }

  @Test
  void requests_that_do_not_ask_for_the_token_refresh_nothing() {
    Visitor visitor = signedInWithAnExpiredToken();

    visitor.get(Visitor.PROTECTED);
    visitor.get("/static/page.txt");
    visitor.get("/whoami");
    visitor.get("/oauth/session");

    assertThat(refreshes()).isEmpty();
  }

  @Test
  void a_refused_refresh_ends_the_session_and_the_next_page_is_challenged() {
    Visitor visitor = signedInWithAnExpiredToken();
    PROVIDER.on(Endpoint.TOKEN).always(Answer.error(400, "invalid_grant"));

    RawResponse answer = visitor.get("/token");

    assertThat(answer.body()).startsWith("unavailable, login required: true, VEST2011");
    assertThat(visitor.isSignedIn()).isFalse();
    assertSentToProvider(visitor.get(Visitor.PROTECTED), PROVIDER);
    assertThat(visitor.request("GET", Visitor.PROTECTED).asFetch().send().status()).isEqualTo(401);
    assertThat(refreshes()).hasSize(1);
    assertThat(visitor.events()).contains("LoggedOut default j.doe REFRESH_REFUSED");
  }

  @Test
  void while_the_provider_is_down_a_valid_token_is_used_on() {
    Visitor visitor = signedIn(expiringIn(SOON));
    PROVIDER.on(Endpoint.TOKEN).always(Answer.dropped());
    waitFor(GRACE);

    for (int i = 0; i < 5; i++) {
      assertThat(visitor.get("/token").body()).isEqualTo(newestToken());
    }

    assertThat(refreshes()).as("a provider in trouble is left alone").hasSize(1);
    assertThat(visitor.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void an_expired_token_is_not_given_out_while_the_provider_is_down_but_the_session_stays() {
    Visitor visitor = signedInWithAnExpiredToken();
    PROVIDER.on(Endpoint.TOKEN).always(Answer.error(503, "temporarily_unavailable"));

    assertThat(visitor.get("/token").body())
        .startsWith("unavailable, login required: false, VEST2006");
    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  void a_refreshed_id_token_of_somebody_else_ends_the_session() {
    Visitor visitor = signedInWithAnExpiredToken();
    PROVIDER.idTokenClaims(claims -> claims.put("sub", "mallory"));

    assertThat(visitor.get("/token").body())
        .startsWith("unavailable, login required: true, VEST1217");
    assertThat(visitor.isSignedIn()).isFalse();
  }

  @Test
  void without_a_refresh_token_the_access_token_is_used_until_it_expires() {
    Visitor visitor = signedIn(response -> response.remove("refresh_token"));

    assertThat(visitor.get("/token").body()).startsWith("token ");
    assertThat(refresh(visitor)).startsWith("unavailable, login required: true, VEST4011");
    assertThat(visitor.isSignedIn()).isTrue();
    assertThat(refreshes()).isEmpty();
  }

  private Visitor signedInWithAnExpiredToken() {
    Visitor visitor = signedIn(expiringIn(1));
    waitFor(Duration.ofSeconds(1));
    return visitor;
  }

  private static void waitFor(Duration time) {
    Instant end = Instant.now().plus(time);
    Waiting.until(time + " have gone by", () -> !Instant.now().isBefore(end));
  }

  /** Signed in with tokens that were changed; later ones are as they come. */
  private Visitor signedIn(Consumer<Map<String, Object>> change) {
    issuing(change);
    Visitor visitor = Visitor.signedInAt(deployment);
    issuing(response -> {});
    PROVIDER.forgetRequests();
    return visitor;
  }

  private static void issuing(Consumer<Map<String, Object>> change) {
    PROVIDER.tokenResponse(
        response -> {
          change.accept(response);
          ACCESS_TOKEN.set(String.valueOf(response.get("access_token")));
        });
  }

  private static Consumer<Map<String, Object>> expiringIn(long seconds) {
    return response -> response.put("expires_in", seconds);
  }

  /** What the application says about the token that was issued last. */
  private static String newestToken() {
    return "token " + TokenServlet.fingerprint(ACCESS_TOKEN.get());
  }

  private static String refresh(Visitor visitor) {
    return visitor.request("POST", "/token").send().body();
  }

  private static List<RecordedRequest> refreshes() {
    return PROVIDER.requests(Endpoint.TOKEN);
  }
}
