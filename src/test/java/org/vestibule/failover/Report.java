package org.vestibule.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What was counted in this run, for people: {@code target/cluster-faults.md}. Rows are added, so
 * that the runs of several engines make one table.
 */
final class Report {

  private static final String HEAD =
      "| sessions in | what happens | sessions | requests | sent again | logins meanwhile | refreshes"
          + " | logins begun again | asked to sign in | somebody else's | refresh tokens burnt |\n"
          + "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

  private Report() {}

  static synchronized void add(Engine engine, String fault, int sessions, Tally tally) {
    String row =
        "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |\n"
            .formatted(
                engine.title(),
                fault,
                sessions,
                tally.requests,
                tally.repeated,
                tally.logins,
                tally.refreshes,
                tally.begunAgain,
                tally.askedAgain,
                tally.foreign,
                tally.burnt);
    Path file = Built.path("cluster.home").resolveSibling("cluster-faults.md");
    try {
      Files.writeString(
          file,
          Files.exists(file) ? row : HEAD + row,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
