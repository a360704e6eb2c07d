package org.vestibule.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The page of the manual on where the tests were run: a row for each folder of reports. Needs
 * nothing but a JDK, so that {@code java} runs this file as it is.
 */
public final class CompatibilityTable {

  private static final String HEAD =
      """
      # Compatibility

      The tests of `src/test/java/org/vestibule/container`, in each server that can be had. Made by

          .ci/matrix

      which runs all of them and writes this page; `.ci/matrix liberty-ee11-java17` runs one row, and
      `.ci/matrix --list` names the rows. What a server has to be told and what stays different is on the
      page on [servers](servers.md). Tests with a browser, with Keycloak and of performance are no part of this.

      | server | Java | tests | failed | left out |
      |---|---|--:|--:|--:|
      """;

  private CompatibilityTable() {}

  /**
   * Writes the page; fails if a test did.
   *
   * @param arguments a folder of folders of reports, and the page
   */
  public static void main(String[] arguments) throws IOException {
    List<Run> runs = runs(Path.of(arguments[0]));
    Files.writeString(Path.of(arguments[1]), page(runs));
    if (runs.isEmpty() || runs.stream().anyMatch(run -> !run.failed().isEmpty())) {
      System.err.println("not all is well: see " + arguments[1]);
      System.exit(1);
    }
  }

  /** What was run in one server. */
  record Run(String server, String java, int tests, List<String> failed, List<String> leftOut) {}

  /** In the order of the table. */
  static List<Run> runs(Path folder) throws IOException {
    List<Run> runs = new ArrayList<>();
    try (Stream<Path> rows = Files.list(folder)) {
      for (Path row : rows.filter(Files::isDirectory).toList()) {
        runs.add(run(row));
      }
    }
    runs.sort(
        Comparator.comparing(Run::server).thenComparing(run -> Runtime.Version.parse(run.java())));
    return runs;
  }

  private static Run run(Path folder) throws IOException {
    String server = "";
    String java = "";
    int tests = 0;
    List<String> failed = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Path file : reports(folder)) {
      Element suite = parse(file);
      for (Element property : elements(suite, "property")) {
        String value = property.getAttribute("value");
        switch (property.getAttribute("name")) {
          case "server.version" -> server = value;
          case "java.version" -> java = value;
          default -> {}
        }
      }
      for (Element test : elements(suite, "testcase")) {
        tests++;
        if (has(test, "failure") || has(test, "error")) {
          failed.add(name(test));
        }
        for (Element skipped : elements(test, "skipped")) {
          leftOut.add(name(test) + ": " + skipped.getAttribute("message"));
        }
      }
    }
    if (tests == 0) {
      throw new IllegalStateException("no test was run: " + folder);
    }
    return new Run(server, java, tests, failed, leftOut);
  }

  private static List<Path> reports(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("TEST-.*[.]xml"))
          .sorted()
          .toList();
    }
  }

  private static Element parse(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Element> elements(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  private static boolean has(Element test, String name) {
    return test.getElementsByTagName(name).getLength() > 0;
  }

  /** A class and a sentence; of a parameterised test without its parameters. */
  private static String name(Element test) {
    String type = test.getAttribute("classname").replaceFirst(".*[.]", "");
    return type + ", " + test.getAttribute("name").replaceFirst("[({\\[].*", "").replace('_', ' ');
  }

  static String page(List<Run> runs) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Run run : runs) {
      page.append(
          "| %s | %s | %d | %d | %d |%n"
              .formatted(
                  run.server(),
                  run.java(),
                  run.tests() - run.leftOut().size(),
                  run.failed().size(),
                  run.leftOut().size()));
    }
    page.append(section("Left out", runs, Run::leftOut, "Nothing is left out."));
    page.append(section("Failed", runs, Run::failed, "No test fails."));
    return page.toString();
  }

  private interface Part {
    List<String> of(Run run);
  }

  /** Each test once, with where it is so. */
  private static String section(String title, List<Run> runs, Part part, String none) {
    Map<String, TreeSet<String>> wheres = new TreeMap<>();
    for (Run run : runs) {
      for (String test : part.of(run)) {
        wheres.computeIfAbsent(test, key -> new TreeSet<>()).add(run.server());
      }
    }
    String lines =
        wheres.entrySet().stream()
            .map(entry -> "- " + entry.getKey() + " (" + String.join("; ", entry.getValue()) + ")")
            .collect(Collectors.joining("\n"));
    return "\n## " + title + "\n\n" + (lines.isEmpty() ? none : lines) + "\n";
  }
}
