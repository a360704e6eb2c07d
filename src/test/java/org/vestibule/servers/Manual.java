package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The manual's page about the servers, which has to tell what was really set and seen. */
final class Manual {

  private static final String PREFIX = "oauth.";

  private final List<String> lines;

  Manual() {
    try {
      lines =
          Files.readAllLines(
              Installed.project().resolve("src/site/markdown/authorization-servers.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertTells(Product product, Facts facts) {
    String row = String.join("", lines.stream().filter(isRowOf(product)).toList());
    assertThat(row)
        .contains(
            facts.authentication(),
            facts.pkce(),
            facts.iss(),
            facts.identity(),
            facts.refresh(),
            facts.logout());
  }

  private static Predicate<String> isRowOf(Product product) {
    return line -> line.startsWith("| " + product.title() + " |");
  }

  /** Addresses and the client are everybody's own; everything else is as it was set. */
  void assertTells(Product product, Map<String, String> settings) {
    Map<String, String> told = new TreeMap<>();
    int begin = lines.indexOf("### " + product.title());
    assertThat(begin).as("a section about %s", product.title()).isNotNegative();
    for (String line : lines.subList(begin + 1, lines.size())) {
      if (line.startsWith("###")) {
        break;
      }
      if (line.startsWith(PREFIX)) {
        String[] setting = line.substring(PREFIX.length()).split("=", 2);
        told.put(setting[0], common(setting[0], setting[1]));
      }
    }
    Map<String, String> set = new TreeMap<>();
    settings.forEach((name, value) -> set.put(name, common(name, value)));
    assertThat(told).isEqualTo(set);
  }

  private static String common(String name, String value) {
    return value.startsWith("http") || name.startsWith("client-") ? "" : value;
  }
}
