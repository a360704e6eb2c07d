package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vestibule.failover.probe.TokenServlet;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;

/** What the nodes know together, beyond the sessions: who refreshes, and who was signed out. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Sharing {

  private static final int AT_ONCE = 50;
  private static final int BAD_REQUEST = 400;
  private static final int FOUND = 302;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private static final long AN_HOUR = 3600;

  private final AtomicReference<String> newest = new AtomicReference<>("");
  private final AuthorizationServer provider =
      AuthorizationServer.start(
          options -> options.interactive().client(Cluster.CLIENT_ID, Cluster.CLIENT_SECRET));
  private final @Nullable Database database;
  private final Cluster cluster;

  Sharing(Engine engine, @Nullable Database database) {
    this.database = database;
    Map<String, String> environment =
        database == null ? Map.of() : database.environment(database.port());
    this.cluster = Cluster.start(engine, "sharing-" + engine.directory(), 2, provider, environment);
  }

  @AfterAll
  void stop() {
    cluster.close();
    provider.close();
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void both_nodes_serve() {
    cluster.spread();
    provider.on(Endpoint.TOKEN).regular();
    issuing(AN_HOUR);
    provider.forgetRequests();
  }

  @Test
  void tokens_are_refreshed_once_however_many_requests_ask_both_nodes_for_them() {
    User alice = signedInWithAnExpiredToken();

    List<String> answers = atOnce(AT_ONCE, () -> alice.get("/token").body());

    assertThat(answers).hasSize(AT_ONCE);
    assertThat(answers).allMatch(answer -> answer.startsWith("alice "));
    assertThat(answers).allMatch(answer -> answer.endsWith(" " + fingerprintOfNewest()));
    assertThat(answers.stream().map(answer -> answer.split(" ")[1]).distinct())
        .as("both nodes answered")
        .hasSize(2);
    assertThat(refreshes()).hasSize(1);
    assertThat(alice.get("/token").body()).endsWith(" " + fingerprintOfNewest());
  }

  @Test
  void a_node_that_is_killed_while_it_refreshes_is_no_reason_to_sign_in_again() {
    User alice = signedInWithAnExpiredToken();
    CompletableFuture<Object> arrived = new CompletableFuture<>();
    CompletableFuture<Object> killed = new CompletableFuture<>();
    provider
        .on(Endpoint.TOKEN)
        .once(
            (request, regular) -> {
              arrived.complete(request);
              killed.join();
              return Answer.dropped();
            });
    cluster.only(0);
    CompletableFuture<Boolean> cut = CompletableFuture.supplyAsync(() -> isCut(alice));
    arrived.join();

    cluster.node(0).kill();
    killed.complete(true);
    assertThat(cut.join()).isTrue();
    cluster.only(1);
    String answer = untilThereIsAToken(alice);

    assertThat(answer).endsWith(" " + fingerprintOfNewest());
    assertThat(provider.requests(Endpoint.AUTHORIZATION)).hasSize(1);
    cluster.restart(0);
  }

  @Test
  void a_sign_out_at_the_provider_that_one_node_hears_of_ends_the_session_on_the_other() {
    provider.idTokenClaims(claims -> claims.put("sid", "08a5019c-17e1-4977-8f42-65a12843ea02"));
    User alice = new User(cluster, "alice");
    User bob = new User(cluster, "bob");
    assertThat(alice.signIn().body()).startsWith("alice ");
    provider.idTokenClaims(claims -> {});
    assertThat(bob.signIn().body()).startsWith("bob ");

    assertThat(backChannelLogout(0, "08a5019c-17e1-4977-8f42-65a12843ea02").status())
        .isEqualTo(200);

    cluster.only(1);
    assertThat(alice.get("/page").status()).isEqualTo(FOUND);
    assertThat(bob.get("/page").body()).startsWith("bob ");
  }

  @Test
  void a_sign_out_at_the_provider_is_known_after_the_node_that_heard_of_it_was_restarted() {
    provider.idTokenClaims(claims -> claims.put("sid", "7d9a1c3e"));
    User alice = new User(cluster, "alice");
    assertThat(alice.signIn().body()).startsWith("alice ");
    provider.idTokenClaims(claims -> {});
    assertThat(backChannelLogout(0, "7d9a1c3e").status()).isEqualTo(200);

    cluster.node(0).kill();
    cluster.restart(0);

    cluster.only(0);
    assertThat(alice.browser().copy().get(cluster.url("/page")).status()).isEqualTo(FOUND);
    cluster.only(1);
    assertThat(alice.get("/page").status()).isEqualTo(FOUND);
  }

  /** As an administrator stops it: servers may say then that the sessions that they have end. */
  @Test
  void a_node_that_is_stopped_ends_no_session_and_no_work_of_its_user_at_the_other_one() {
    User alice = signedInWithAnExpiredToken();
    User bob = new User(cluster, "bob");
    assertThat(bob.signIn().body()).startsWith("bob ");
    provider.forgetRequests();
    cluster.only(1);
    assertThat(alice.get("/work?begin=there").body()).isEqualTo("begun");
    cluster.only(0);
    assertThat(alice.get("/work?begin=here").body()).isEqualTo("begun");
    assertThat(bob.get("/work?ask=here").body()).isEqualTo(fingerprintOfNewest());
    assertThat(refreshes()).as("outside of alice's requests").hasSize(1);

    cluster.node(0).stop();

    cluster.only(1);
    assertThat(bob.get("/work?ask=there").body()).isEqualTo(fingerprintOfNewest());
    assertThat(alice.get("/page").body()).startsWith("alice ");
    assertThat(alice.get("/token").body()).endsWith(" " + fingerprintOfNewest());
    assertThat(refreshes()).hasSize(1);
    assertThat(provider.requests(Endpoint.AUTHORIZATION)).isEmpty();
    cluster.restart(0);
  }

  private RawResponse backChannelLogout(int node, String sid) {
    String token = provider.logoutToken(Cluster.CLIENT_ID, claims -> claims.put("sid", sid));
    cluster.only(node);
    return new RawBrowser()
        .post(cluster.url("/oauth/backchannel-logout"), FormData.of("logout_token", token));
  }

  private User signedInWithAnExpiredToken() {
    issuing(A_MOMENT.toSeconds());
    User alice = new User(cluster, "alice");
    assertThat(alice.signIn().body()).startsWith("alice ");
    issuing(AN_HOUR);
    Faults.pass(A_MOMENT.multipliedBy(2));
    return alice;
  }

  private void issuing(long lifetime) {
    provider.tokenResponse(
        response -> {
          response.put("expires_in", lifetime);
          newest.set(String.valueOf(response.get("access_token")));
        });
  }

  private String fingerprintOfNewest() {
    return TokenServlet.fingerprint(newest.get());
  }

  private List<RecordedRequest> refreshes() {
    return provider.requests(Endpoint.TOKEN).stream()
        .filter(request -> "refresh_token".equals(request.form().get("grant_type")))
        .toList();
  }

  private static boolean isCut(User user) {
    try {
      return user.get("/token").status() >= BAD_REQUEST;
    } catch (RuntimeException cut) {
      return true;
    }
  }

  /** For the lease of a node that has gone, at most. */
  private static String untilThereIsAToken(User user) {
    String answer = "";
    for (int i = 0; i < 60 && !answer.matches("alice \\d+ [0-9a-f]{64}"); i++) {
      answer = user.get("/token").body();
      Faults.pass(A_MOMENT);
    }
    return answer;
  }

  private static List<String> atOnce(int times, Supplier<String> call) {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        answers.add(CompletableFuture.supplyAsync(call, threads));
      }
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }
  }
}
