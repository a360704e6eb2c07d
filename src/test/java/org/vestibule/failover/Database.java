package org.vestibule.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vestibule.showcase.ServerProcess;

/**
 * The machine's PostgreSQL, with a database of its own in a temporary directory and on a free port
 * of the loopback interface. What it has stored is there again when it is started again.
 */
final class Database implements AutoCloseable {

  private static final String USER = "vestibule";
  private static final String OWNER = "postgres";

  private final Path directory;
  private final int port = ServerProcess.freePort();
  private @Nullable ServerProcess process;

  private Database(Path directory) {
    this.directory = directory;
  }

  static Database start() {
    try {
      Path directory = Files.createTempDirectory("vestibule-sessions");
      if (isRoot()) {
        Files.setOwner(
            directory,
            directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER));
      }
      Database database = new Database(directory);
      database.initialize();
      database.resume();
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What nodes find in their environment. */
  Map<String, String> environment(int byWayOfPort) {
    return Map.of(
        "DATABASE_PORT",
        Integer.toString(byWayOfPort),
        "DATABASE_NAME",
        "postgres",
        "DATABASE_USER",
        USER,
        "DATABASE_PASSWORD",
        USER);
  }

  int port() {
    return port;
  }

  /** What the tables take on its disk, without what is there no more. */
  long bytes() {
    String total =
        "select sum(pg_total_relation_size(oid)) from pg_class where relkind='r' and relname in"
            + " ('sessions', 'vestibule_shared')";
    try {
      Process query =
          command(
                  "psql",
                  "-h",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(port),
                  "-U",
                  USER,
                  "-qAt",
                  "-c",
                  "vacuum full",
                  "-c",
                  total,
                  "postgres")
              .start();
      return Long.parseLong(new String(query.getInputStream().readAllBytes(), UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processor time that it has used, without that of its processes that have ended. */
  Duration processorTime() {
    return running().processorTime();
  }

  /** Starts it where it was. */
  void resume() {
    process =
        ServerProcess.start(
            command(
                "postgres",
                "-D",
                directory.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    process.await(
        "the database serves",
        () -> running().hasSaid("database system is ready to accept connections"));
  }

  /** In the middle of whatever it does. */
  void kill() {
    running().kill();
    process = null;
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
    Built.delete(directory);
  }

  private void initialize() throws IOException {
    Process process =
        command("initdb", "-D", directory.toString(), "-U", USER, "-A", "trust", "-N")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError(output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** PostgreSQL does not run as root. */
  private static ProcessBuilder command(String program, String... arguments) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--clear-groups"));
    }
    words.add(programs().resolve(program).toString());
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words).directory(new File("/"));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Path programs() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.exists(bin.resolve("postgres")))
          .findFirst()
          .orElseThrow(() -> new AssertionError("missing: apt-get install postgresql"));
    } catch (IOException e) {
      throw new AssertionError("missing: apt-get install postgresql", e);
    }
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException("the database does not run");
    }
    return process;
  }
}
