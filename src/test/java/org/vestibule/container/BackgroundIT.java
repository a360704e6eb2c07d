package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.work.BeginServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.Gate;
import org.vestibule.testing.RawResponse;

/** Work that goes on outside of requests, with the access token of the user it was begun for. */
@ExtendWith(ArquillianExtension.class)
class BackgroundIT {

  private static final String OVER = "unavailable, login required: true, VEST4010";

  /** Payara closes the connections of a session that ends, as section 7.2 wants of an own login. */
  private static final String CLOSED = "closed 1008";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("session-idle", "PT20S")
        .with("read-timeout", "PT30S")
        .war("background")
        .addPackage(BeginServlet.class.getPackage());
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.on(Endpoint.TOKEN).regular();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "platform", "own"})
  void a_job_goes_on_with_a_token_that_it_refreshes_and_the_next_request_has_it(String thread) {
    Visitor visitor = signedInWithAnExpiredToken("job in a thread of " + thread);

    String token = ask("job in a thread of " + thread, thread);

    assertThat(token).startsWith("token ");
    assertThat(visitor.get("/token").body()).isEqualTo(token);
    assertThat(refreshes()).hasSize(1);
    assertThat(visitor.events()).contains("TokensRefreshed default j.doe");
    assertThat(visitor.request("POST", "/token").send().body()).startsWith("token ");
    assertThat(refreshes()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void requests_and_jobs_that_ask_at_the_same_time_share_one_refresh() {
    Visitor visitor = signedInWithAnExpiredToken("crowd");
    Gate gate = PROVIDER.on(Endpoint.TOKEN).gate();

    CompletableFuture<List<RawResponse>> requests = Parallel.begin(25, () -> visitor.get("/token"));
    CompletableFuture<List<String>> jobs = Parallel.begin(25, () -> ask("crowd", "own"));
    gate.awaitArrival();
    gate.open();

    assertThat(Stream.concat(requests.join().stream().map(RawResponse::body), jobs.join().stream()))
        .hasSize(50)
        .containsOnly(visitor.get("/token").body());
    assertThat(refreshes()).hasSize(1);
  }

  @Test
  void a_job_ends_with_the_session_it_was_begun_in() {
    Visitor visitor = signedInWithAnExpiredToken("left");
    assertThat(ask("left", "own")).startsWith("token ");
    int asked = refreshes().size();
    signOut(visitor);

    assertThat(ask("left", "own")).startsWith(OVER);
    assertThat(refreshes()).hasSize(asked);
  }

  /** Asking is no use of the session: a job is not the user. */
  @Test
  void a_job_keeps_no_session_that_its_user_does_not_use() {
    Visitor visitor = signedInWithAnExpiredToken("idle");
    Instant idle = Instant.now().plusSeconds(20);

    Waiting.until(
        "the idle time is over, while a job asks",
        () -> ask("idle", "own").startsWith(OVER) || Instant.now().isAfter(idle.plusSeconds(2)));

    assertThat(visitor.session()).contains(entry("authenticated", false));
    Waiting.until("the job is over", () -> ask("idle", "own").startsWith(OVER));
  }

  @Test
  void a_websocket_has_a_token_for_as_long_as_its_user_is_signed_in() throws Exception {
    Visitor visitor = signedInWithAnExpiredToken("socket");
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    WebSocket socket = open(visitor, answers);

    socket.sendText("token?", true);
    String first = answers.poll(1, TimeUnit.MINUTES);
    assertThat(first).startsWith("token ").isEqualTo(visitor.get("/token").body());
    assertThat(refreshes()).hasSize(1);
    visitor.request("POST", "/token").send();
    socket.sendText("token?", true);
    assertThat(answers.poll(1, TimeUnit.MINUTES))
        .isNotEqualTo(first)
        .isEqualTo(visitor.get("/token").body());
    signOut(visitor);
    socket.sendText("token?", true);
    assertThat(answers.poll(1, TimeUnit.MINUTES)).matches("(?s)" + OVER + ".*|" + CLOSED);
    socket.abort();
  }

  private WebSocket open(Visitor visitor, BlockingQueue<String> answers) {
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answers.add(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            answers.add("closed " + status);
            return WebSocket.Listener.super.onClose(socket, status, reason);
          }
        };
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Cookie", "JSESSIONID=" + visitor.sessionId())
        .buildAsync(URI.create(("" + deployment).replace("http:", "ws:") + "long"), listener)
        .join();
  }

  private static void signOut(Visitor visitor) {
    visitor
        .browser()
        .post(
            visitor.url("/oauth/logout"),
            FormData.of("csrf_token", String.valueOf(visitor.session().get("csrf_token"))));
  }

  /** What a job says, which nobody's request has let go on. */
  private String ask(String job, String thread) {
    return Visitor.of(deployment)
        .get("/public/job?job=" + job.replace(' ', '+') + "&in=" + thread)
        .body();
  }

  /** A job was begun, and the token that it began with is of no use any more. */
  private Visitor signedInWithAnExpiredToken(String job) {
    PROVIDER.tokenResponse(response -> response.put("expires_in", 1));
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.tokenResponse(response -> {});
    Instant expired = Instant.now().plus(Duration.ofSeconds(1));
    assertThat(visitor.get("/begin?job=" + job.replace(' ', '+')).body()).isEqualTo("begun");
    PROVIDER.forgetRequests();
    Waiting.until("the token has expired", () -> Instant.now().isAfter(expired));
    return visitor;
  }

  private static List<String> refreshes() {
    return PROVIDER.requests(Endpoint.TOKEN).stream()
        .map(request -> String.valueOf(request.form().get("refresh_token")))
        .toList();
  }
}
