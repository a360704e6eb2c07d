package org.vestibule.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueResultsTest {

  private static final String TEST = "CallbackIT.of_thirty_responses_at_once_one_is_taken";
  private static final String ID = "CB-04";

  @TempDir private Path folder;

  /** A run in which all passed but for what the change makes of it. */
  private Reports run(UnaryOperator<String> change) throws IOException {
    String cases =
        Arrays.stream(Group.values())
            .flatMap(group -> group.entries().stream())
            .flatMap(entry -> entry.tests().stream())
            .distinct()
            .map(test -> test.split("[.]"))
            .map(test -> testcase(test[0], test[1], ""))
            .collect(Collectors.joining());
    Path file = folder.resolve("TEST-org.vestibule.AllOfThem.xml");
    Files.writeString(file, change.apply("<testsuite>" + cases + "</testsuite>"));
    return Reports.in(List.of(folder));
  }

  private static String testcase(String type, String method, String inside) {
    return "<testcase classname='org.vestibule.x.%s' name='%s(String)[1]'>%s</testcase>"
        .formatted(type, method, inside);
  }

  /** One more invocation of the test, with this inside. */
  private Reports runWith(String inside) throws IOException {
    String[] test = TEST.split("[.]");
    return run(
        all -> all.replace("</testsuite>", testcase(test[0], test[1], inside) + "</testsuite>"));
  }

  private static String row(Reports reports) {
    return CatalogueDocumentation.page(reports::of)
        .lines()
        .filter(line -> line.startsWith("| " + ID))
        .collect(Collectors.joining());
  }

  @Test
  void when_all_were_run_and_passed_the_page_is_as_it_was() throws IOException {
    Reports reports = run(all -> all);

    assertThat(CatalogueResults.gaps(reports)).isEmpty();
    assertThat(CatalogueDocumentation.page(reports::of)).isEqualTo(CatalogueDocumentation.page());
    assertThat(row(reports)).endsWith("| held |");
  }

  @Test
  void a_test_that_failed_once_failed() throws IOException {
    Reports reports = runWith("<failure message='no'>at</failure>");

    assertThat(CatalogueResults.gaps(reports)).containsExactly(ID + " " + TEST + ": FAILED");
    assertThat(row(reports)).endsWith("| **failed** |");
    assertThat(row(runWith("<error/>"))).endsWith("| **failed** |");
  }

  @Test
  void a_test_that_was_left_out_was_not_passed() throws IOException {
    Reports reports = runWith("<skipped message='no'/>");

    assertThat(CatalogueResults.gaps(reports)).containsExactly(ID + " " + TEST + ": SKIPPED");
    assertThat(row(reports)).endsWith("| left out |");
  }

  @Test
  void a_test_that_nobody_ran_was_not_passed() throws IOException {
    Reports reports = run(all -> all.replace(TEST.split("[.]")[1], "another"));

    assertThat(CatalogueResults.gaps(reports)).containsExactly(ID + " " + TEST + ": NOT_RUN");
    assertThat(row(reports)).endsWith("| not run |");
  }
}
