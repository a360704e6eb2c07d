package org.vestibule.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The page again, from the reports of a run. Needs a JDK and the compiled tests. */
public final class CatalogueResults {

  private CatalogueResults() {}

  /**
   * Writes the page with what came out, and fails if a test of it was not run, was left out or
   * failed.
   *
   * @param arguments where to write the page, and the folders of reports
   */
  public static void main(String[] arguments) throws IOException {
    Reports reports = Reports.in(Arrays.stream(arguments).skip(1).map(Path::of).toList());
    Files.writeString(Path.of(arguments[0]), CatalogueDocumentation.page(reports::of));
    List<String> gaps = gaps(reports);
    gaps.forEach(System.err::println);
    if (!gaps.isEmpty()) {
      System.exit(1);
    }
  }

  /** What the page says of a test that did not pass, each once. */
  static List<String> gaps(Reports reports) {
    TreeSet<String> gaps = new TreeSet<>();
    for (Group group : Group.values()) {
      for (Entry entry : group.entries()) {
        for (String test : entry.tests()) {
          if (reports.of(test) != Outcome.PASSED) {
            gaps.add(entry.id() + " " + test + ": " + reports.of(test));
          }
        }
      }
    }
    return List.copyOf(gaps);
  }
}
