package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RecordedRequest;

/**
 * What breaks, while as many as {@code cluster.sessions} people are signed in and work, without
 * sticky sessions: nobody of them may be asked to sign in again, get what is somebody else's, or
 * lose a refresh token. The provider ends a grant whose refresh token is used twice.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Faults {

  /** Tokens that are refreshed as soon as that grace is over. */
  private static final long LIFETIME = 65;

  private static final String GRACE = "PT10S";
  private static final int SESSIONS = Integer.getInteger("cluster.sessions", 200);
  private static final Duration A_WHILE = Duration.ofSeconds(15);
  static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final int BAD_REQUEST = 400;
  private static final int OK = 200;

  private final AuthorizationServer provider =
      AuthorizationServer.start(
          options -> options.interactive().client(Cluster.CLIENT_ID, Cluster.CLIENT_SECRET));
  private final Engine engine;
  private final @Nullable Database database;
  private final Cluster cluster;
  private Tally tally = new Tally();

  Faults(Engine engine, @Nullable Database database) {
    this.database = database;
    Map<String, String> environment =
        database == null ? Map.of() : database.environment(database.port());
    this.engine = engine;
    provider.tokenResponse(response -> response.put("expires_in", LIFETIME));
    this.cluster =
        Cluster.start(engine, "faults-" + engine.directory(), 2, provider, with(environment));
  }

  private static Map<String, String> with(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("OAUTH_REFRESH_GRACE", GRACE);
    return all;
  }

  Cluster cluster() {
    return cluster;
  }

  Database database() {
    return Objects.requireNonNull(database);
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
  void count() {
    tally = new Tally();
    cluster.spread();
    healthy();
  }

  @AfterEach
  void healthy() {
    provider.on(Endpoint.TOKEN).always((request, regular) -> counted(regular.get(), request));
    provider.on(Endpoint.USERINFO).regular();
  }

  @Test
  void a_node_is_killed_and_comes_back() {
    during(
        "a node is killed (`kill -9`) and comes back",
        () -> {
          cluster.node(0).kill();
          pass(A_WHILE);
          cluster.restart(0);
        });
  }

  @Test
  void all_nodes_are_restarted_one_after_the_other_with_a_new_configuration() {
    cluster.set("OAUTH_LOGIN_TIMEOUT", "PT11M");
    during(
        "all nodes are restarted one after the other, with a new configuration",
        () -> {
          for (int i = 0; i < 2; i++) {
            cluster.balancer().remove(cluster.node(i).port());
            cluster.node(i).stop();
            cluster.restart(i);
            cluster.balancer().add(cluster.node(i).port());
          }
        });
  }

  @Test
  void the_provider_is_slow() {
    during(
        "the provider takes 3 s for a token response",
        () -> {
          provider
              .on(Endpoint.TOKEN)
              .always(
                  (request, regular) ->
                      counted(regular.get(), request).delayed(Duration.ofSeconds(3)));
          pass(A_WHILE);
          healthy();
        });
  }

  @Test
  void the_provider_fails_and_is_cut_off() {
    during(
        "the provider answers 503, then not at all",
        () -> {
          provider.on(Endpoint.TOKEN).always(Answer.error(503, "temporarily_unavailable"));
          pass(OUTAGE);
          provider.on(Endpoint.TOKEN).always(Answer.dropped());
          pass(OUTAGE);
          healthy();
        });
  }

  void during(String fault, Runnable event) {
    Crowd crowd = Crowd.signedIn(cluster, SESSIONS, tally);
    crowd.goOnDuring(event);
    Report.add(engine, fault, SESSIONS, tally);
    assertThat(tally.isClean()).as(tally.toString()).isTrue();
    assertThat(tally.requests.get()).isGreaterThan(SESSIONS);
  }

  static void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private Answer counted(Answer answer, RecordedRequest request) {
    if ("refresh_token".equals(request.form().get("grant_type"))) {
      if (answer.status() == OK) {
        tally.refreshes.incrementAndGet();
      } else if (answer.status() == BAD_REQUEST) {
        tally.burnt.incrementAndGet();
      }
    }
    return answer;
  }
}
