package org.vestibule.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The log files that the server under test has written to since these tests began, wherever below
 * the build directory it keeps them; none if it keeps them elsewhere.
 */
final class ServerLogs {

  private static final Instant BEGIN =
      ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
  private static final int DEEPEST = 12;

  private ServerLogs() {}

  /** What they say, one file after the other. */
  static String text() {
    StringBuilder text = new StringBuilder();
    for (Path file : files()) {
      try {
        text.append(Files.readString(file, ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  private static List<Path> files() {
    Path build = Path.of(System.getProperty("war.file")).getParent();
    try (Stream<Path> all =
        Files.find(
            build,
            DEEPEST,
            (path, attributes) ->
                attributes.isRegularFile()
                    && path.getFileName().toString().endsWith(".log")
                    && !attributes.lastModifiedTime().toInstant().isBefore(BEGIN))) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
