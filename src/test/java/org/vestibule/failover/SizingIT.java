package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vestibule.testing.AuthorizationServer;

/**
 * What a signed-in user costs two nodes and what their sessions are kept in: memory and processor
 * time, which a busy machine changes little. Measures and reports: {@code
 * target/cluster-sizing.md}.
 */
@Tag("cluster")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SizingIT {

  /**
   * As many as Open Liberty keeps in a node beside the engine, so that what grows is the engine.
   */
  private static final int WARM_UP = 1_000;

  private static final int WARM_UP_ROUNDS = 2;
  private static final int USERS = 1_000;
  private static final int ROUNDS = 5;
  private static final long MILLION = 1_000_000;
  private static final String HEAD =
      "| sessions in | users | bytes per session, all copies | ms per login | ms per request | memory"
          + " | cores for logins | cores for requests |\n|---|--:|--:|--:|--:|--:|--:|--:|\n";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          options -> options.interactive().client(Cluster.CLIENT_ID, Cluster.CLIENT_SECRET));

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @ParameterizedTest
  @EnumSource
  void memory_and_processor_time(Engine engine) throws IOException {
    Database database = engine == Engine.POSTGRESQL ? Database.start() : null;
    Map<String, String> environment = new HashMap<>(Map.of("COMPILER", "-Dcompiler=both"));
    if (database != null) {
      environment.putAll(database.environment(database.port()));
    }
    String name = "sizing-" + engine.directory();
    try (Cluster cluster = Cluster.start(engine, name, 2, PROVIDER, environment)) {
      SizingModel measured = measure(new Costs(cluster, database), cluster);
      write(measured.row(engine.title(), MILLION));
      assertThat(measured.sessionBytes()).isPositive();
    } finally {
      if (database != null) {
        database.close();
      }
    }
  }

  private static SizingModel measure(Costs costs, Cluster cluster) {
    work(signIn(cluster, WARM_UP), WARM_UP_ROUNDS);
    PROVIDER.forgetRequests();
    long bytes = costs.bytes();
    double processor = costs.millis();
    List<User> users = signIn(cluster, USERS);
    double login = (costs.millis() - processor) / USERS;
    double session = (costs.bytes() - bytes) / (double) USERS;
    processor = costs.millis();
    work(users, ROUNDS);
    double request = (costs.millis() - processor) / (USERS * ROUNDS);
    PROVIDER.forgetRequests();
    return new SizingModel(session, login, request);
  }

  private static void work(List<User> users, int rounds) {
    for (int round = 0; round < rounds; round++) {
      users.forEach(user -> assertThat(user.get("/page").body()).startsWith(user.name() + " "));
    }
  }

  private static List<User> signIn(Cluster cluster, int count) {
    List<User> users = new ArrayList<>();
    IntStream.range(0, count)
        .mapToObj(i -> new User(cluster, "user" + i))
        .forEach(
            user -> {
              assertThat(user.signIn().body()).startsWith(user.name() + " ");
              users.add(user);
            });
    return users;
  }

  /** What it all takes. */
  private record Costs(Cluster cluster, @Nullable Database database) {

    /** On the heaps of the nodes, or on the disk of the database. */
    long bytes() {
      return database == null
          ? cluster.node(0).liveHeap() + cluster.node(1).liveHeap()
          : database.bytes();
    }

    double millis() {
      Duration nodes = cluster.node(0).processorTime().plus(cluster.node(1).processorTime());
      Duration all = database == null ? nodes : nodes.plus(database.processorTime());
      return all.toNanos() / 1e6;
    }
  }

  private static void write(String row) throws IOException {
    Path file = Built.path("cluster.home").resolveSibling("cluster-sizing.md");
    Files.writeString(
        file,
        Files.exists(file) ? row : HEAD + row,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
