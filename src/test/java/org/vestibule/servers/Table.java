package org.vestibule.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was seen in this run, for people: {@code target/authorization-servers.md}. */
final class Table {

  private final List<String> lines = new ArrayList<>();

  Table() {
    add(
        "server",
        "version",
        "client authentication",
        "PKCE",
        "`iss`",
        "identity from",
        "refresh",
        "logout",
        "start");
    add("---", "---", "---", "---", "---", "---", "---", "---", "--:");
  }

  /**
   * @param millis how long it took to start
   */
  void add(Product product, String version, Facts facts, long millis) {
    add(
        product.title(),
        version,
        facts.authentication(),
        facts.pkce(),
        facts.iss(),
        facts.identity(),
        facts.refresh(),
        facts.logout(),
        "%.1f s".formatted(millis / 1000.0));
  }

  void write() {
    Path file =
        Path.of(System.getProperty("servers.home")).resolveSibling("authorization-servers.md");
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }
}
