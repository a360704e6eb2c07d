package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RecordedRequest;

/**
 * As many as {@code cluster.sessions} people are signed in and work, the same ones through all
 * tests of a class, while something breaks: nobody of them may be asked to sign in again, get what
 * is somebody else's, or lose a refresh token. The provider ends a grant whose refresh token is
 * used twice.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
abstract class UnderLoad {

  /** Tokens that are refreshed as soon as that grace is over. */
  private static final long LIFETIME = 65;

  private static final String GRACE = "PT10S";
  private static final int SESSIONS = Integer.getInteger("cluster.sessions", 200);
  private static final int BAD_REQUEST = 400;
  private static final int OK = 200;

  private final AuthorizationServer provider =
      AuthorizationServer.start(
          options -> options.interactive().client(Cluster.CLIENT_ID, Cluster.CLIENT_SECRET));
  private final Engine engine;
  private final @Nullable Database database;
  private final @Nullable Network network;
  private final Cluster cluster;
  private volatile Tally tally = new Tally();
  private @Nullable Crowd crowd;

  /**
   * @param name of a directory for what the nodes leave behind
   * @param size how many nodes
   * @param database closed in the end; null if the engine needs none
   * @param network closed in the end; null if all nodes are on this machine
   */
  UnderLoad(
      Engine engine,
      String name,
      int size,
      @Nullable Database database,
      @Nullable Network network) {
    this.engine = engine;
    this.database = database;
    this.network = network;
    Map<String, String> environment = new HashMap<>(Map.of("OAUTH_REFRESH_GRACE", GRACE));
    if (database != null) {
      environment.putAll(database.environment(database.port()));
    }
    provider.tokenResponse(response -> response.put("expires_in", LIFETIME));
    try {
      this.cluster = Cluster.start(engine, name, size, provider, environment, network);
    } catch (RuntimeException | Error e) {
      stopWhatTheyNeed();
      throw e;
    }
  }

  Cluster cluster() {
    return cluster;
  }

  Database database() {
    return Objects.requireNonNull(database);
  }

  Network network() {
    return Objects.requireNonNull(network);
  }

  AuthorizationServer provider() {
    return provider;
  }

  Crowd crowd() {
    return Objects.requireNonNull(crowd);
  }

  @AfterAll
  void stop() {
    cluster.close();
    stopWhatTheyNeed();
  }

  private void stopWhatTheyNeed() {
    provider.close();
    if (database != null) {
      database.close();
    }
  }

  /** Once: they are to come through all of it. */
  @BeforeAll
  void sign_in() {
    healthy();
    crowd = Crowd.signedIn(cluster, SESSIONS);
  }

  @BeforeEach
  void count() {
    tally = new Tally();
    crowd().countIn(tally);
    cluster.spread();
    healthy();
  }

  @AfterEach
  void healthy() {
    provider.on(Endpoint.TOKEN).always((request, regular) -> counted(regular.get(), request));
    provider.on(Endpoint.USERINFO).regular();
  }

  /** After all that the others have done to them. */
  @Test
  @Order(Integer.MAX_VALUE)
  void everybody_still_has_tokens() {
    crowd().allAskForTokens();
    report("nothing more; all ask for their tokens");
  }

  void during(String fault, Runnable event) {
    crowd().goOnDuring(event);
    report(fault);
  }

  private void report(String fault) {
    provider.forgetRequests();
    Report.add(engine, fault, SESSIONS, tally);
    assertThat(tally.isClean()).as(tally.toString()).isTrue();
    assertThat(tally.requests.get()).isGreaterThanOrEqualTo(SESSIONS);
  }

  static void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  Answer counted(Answer answer, RecordedRequest request) {
    if (isRefresh(request)) {
      if (answer.status() == OK) {
        tally.refreshes.incrementAndGet();
      } else if (answer.status() == BAD_REQUEST) {
        tally.burnt.incrementAndGet();
      }
    }
    return answer;
  }

  static boolean isRefresh(RecordedRequest request) {
    return "refresh_token".equals(request.form().get("grant_type"));
  }
}
