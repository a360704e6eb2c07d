package org.vestibule.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          Path.of(System.getProperty("war.file")).getParent(),
          Set.of(),
          DEEPEST,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".log")
                  && !attributes.lastModifiedTime().toInstant().isBefore(BEGIN)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            /** A server that runs makes files and deletes them meanwhile. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
