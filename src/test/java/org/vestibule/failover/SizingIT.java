package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vestibule.testing.AuthorizationServer;

/**
 * What a signed-in user costs two nodes and the engine behind them: memory and processor time,
 * which a busy machine changes little. Measures and reports: {@code target/cluster-sizing.md}.
 */
@Tag("cluster")
class SizingIT {

  private static final int WARM_UP = 500;
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
      signIn(cluster, WARM_UP);
      long heap = heap(cluster);
      long stored = database == null ? 0 : database.bytes();
      double processor = millis(cluster);
      List<User> users = signIn(cluster, USERS);
      double login = (millis(cluster) - processor) / USERS;
      double bytes =
          (database == null ? heap(cluster) - heap : database.bytes() - stored) / (double) USERS;
      processor = millis(cluster);
      for (int round = 0; round < ROUNDS; round++) {
        users.forEach(user -> assertThat(user.get("/page").body()).startsWith(user.name() + " "));
      }
      double request = (millis(cluster) - processor) / (USERS * ROUNDS);
      write(new SizingModel(bytes, login, request).row(engine.title(), MILLION));
      assertThat(bytes).isPositive();
    } finally {
      if (database != null) {
        database.close();
      }
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

  private static long heap(Cluster cluster) {
    return cluster.node(0).liveHeap() + cluster.node(1).liveHeap();
  }

  private static double millis(Cluster cluster) {
    return cluster.node(0).processorTime().plus(cluster.node(1).processorTime()).toNanos() / 1e6;
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
