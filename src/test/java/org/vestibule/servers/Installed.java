package org.vestibule.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawBrowser;

/** What the build has put in place, and what the machine has to bring along. */
final class Installed {

  private static final int OK = 200;

  private Installed() {}

  /** The directory of a server below {@code target/servers}. */
  static Path directory(String server) {
    return property("servers.home").resolve(server);
  }

  /** The directory of a server below {@code src/test/servers}. */
  static Path setUp(String server) {
    return project().resolve("src/test/servers").resolve(server);
  }

  /** The project. */
  static Path project() {
    return property("project.basedir");
  }

  /** Where that server's output goes. */
  static Path log(String server) {
    return property("servers.home").resolve(server + ".log");
  }

  /** A Java program with the libraries of a module of {@code src/test/servers}. */
  static ProcessBuilder java(String server, String mainClass) {
    Path home = directory(server);
    String classPath = home.resolve("classes") + ":" + home.resolve("lib") + "/*";
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx160m",
        "-cp",
        classPath,
        mainClass);
  }

  /** The version of a library of a module of {@code src/test/servers}. */
  static String versionOfLibrary(String server, String library) {
    Pattern name = Pattern.compile(Pattern.quote(library) + "-(\\d.*)\\.jar");
    try (Stream<Path> libraries = Files.list(directory(server).resolve("lib"))) {
      return libraries
          .map(file -> name.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(match -> match.group(1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no library " + library));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The version of a Debian package.
   *
   * @throws AssertionError if the machine does not have it
   */
  static String versionOfPackage(String debianPackage) {
    try {
      Process query =
          new ProcessBuilder("dpkg-query", "-W", "-f", "${Version}", debianPackage).start();
      String version = new String(query.getInputStream().readAllBytes(), UTF_8).strip();
      if (query.waitFor() == 0 && !version.isEmpty()) {
        return version;
      }
    } catch (IOException e) {
      throw new AssertionError("these tests need Debian's " + debianPackage, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("missing: apt-get install " + debianPackage);
  }

  /** Starts it and waits until it serves a page; nothing is left of it if it does not get there. */
  static ServerProcess start(String server, ProcessBuilder command, String page) {
    ServerProcess process = ServerProcess.start(command, log(server));
    try {
      process.await(server + " serves " + page, () -> serves(page));
      return process;
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }

  private static boolean serves(String page) {
    try {
      return new RawBrowser().get(page).status() == OK;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new AssertionError("The build sets the system property " + name + ".");
    }
    return Path.of(value);
  }
}
