package org.vestibule.showcase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.vestibule.testing.RawBrowser;

/**
 * The showcase as {@code mvn liberty:run} starts it: the server of {@code server.xml} and {@code
 * liberty/} with the WAR of the build, but in a directory and on a port of its own. Its logs stay
 * in {@code target/showcase/<name>} when it has ended.
 */
public final class ShowcaseServer implements AutoCloseable {

  private static final String SERVER = "vestibule";
  private static final int OK = 200;

  private final ServerProcess process;
  private final int port;

  private ShowcaseServer(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** With the demo authorization server. */
  static ShowcaseServer start(String name) {
    return start(name, ServerProcess.freePort(), Map.of());
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param name of its directory; two that run at once need two names
   * @param environment what it finds in its environment beside what every process does; no setting
   *     of the shell that runs the tests gets there
   */
  public static ShowcaseServer start(String name, int port, Map<String, String> environment) {
    Path target = property("war.file").getParent();
    Path userDirectory = target.resolve("showcase").resolve(name);
    install(userDirectory.resolve("servers").resolve(SERVER));
    ProcessBuilder builder = new ProcessBuilder(command(), "run", SERVER);
    builder.environment().keySet().removeIf(key -> key.matches("(OAUTH|SHOWCASE|WLP|LOG)_.*"));
    builder.environment().putAll(environment);
    builder.environment().put("WLP_USER_DIR", userDirectory.toString());
    builder.environment().put("HTTP_PORT", Integer.toString(port));
    ShowcaseServer server = new ShowcaseServer(ServerProcess.start(builder), port);
    try {
      server.process.await("the server has started", () -> server.process.hasSaid("CWWKF0011I"));
      server.process.await("the welcome page is served", server::serves);
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /**
   * The URL of a path.
   *
   * @param path from the application's root, with a slash
   */
  public String url(String path) {
    return origin() + "/vestibule" + path;
  }

  /** The URL of the server itself. */
  public String origin() {
    return "http://localhost:" + port;
  }

  /** What it has printed so far. */
  public List<String> console() {
    return process.console();
  }

  /**
   * Waits until it is so.
   *
   * @param what for the message of the failure
   */
  public void await(String what, BooleanSupplier condition) {
    process.await(what, condition);
  }

  @Override
  public void close() {
    process.close();
  }

  private boolean serves() {
    try {
      return new RawBrowser().get(url("/")).status() == OK;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static void install(Path serverDirectory) {
    Path project = property("project.basedir");
    try {
      delete(serverDirectory);
      copy(project.resolve("liberty"), serverDirectory);
      Files.copy(project.resolve("server.xml"), serverDirectory.resolve("server.xml"));
      Files.copy(property("war.file"), serverDirectory.resolve("apps").resolve("vestibule.war"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static String command() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return property("wlp.home")
        .resolve("bin")
        .resolve(windows ? "server.bat" : "server")
        .toString();
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new AssertionError("The build sets the system property " + name + ".");
    }
    return Path.of(value);
  }
}
