package org.vestibule.catalogue;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page of the manual that the catalogue is for its readers. */
public final class CatalogueDocumentation {

  private static final String HEAD =
      """
      # The adversary

      What somebody may try who wants to get in, to be somebody else, to read along or to bring the application down, and
      the tests that try it. Whoever finds an attack that is missing here has found a gap: tell us, see SECURITY.md.

      An id stands for one attack or requirement and is never given twice. Names that end in `IT` are tests of the deployed
      application in a server, with a scripted provider and a browser that sends any bytes; the others run against the same
      provider without a server. A single one is run by its name:

          mvn test -Dtest=CallbackServletTest#of_thirty_at_once_one_gets_in
          mvn verify -DskipUnitTests -Dit.test=CallbackIT#of_thirty_responses_at_once_one_is_taken

      *Held* says that each test of the row was run and passed. Whoever doubts it has all of them run and the page written
      again from their reports, which fails when one was not run, was left out or failed:

          mvn verify
          mvn verify -Pbrowser,keycloak -DskipUnitTests -Dgroups=browser,keycloak
          java -cp target/test-classes org.vestibule.catalogue.CatalogueResults target/adversary.md \\
            target/surefire-reports target/failsafe-reports
          cmp target/adversary.md src/site/markdown/adversary.md

      This page is made from `src/test/resources/org/vestibule/catalogue`; a test fails when an id has neither a test that
      exists nor a reason why there is none.
      """;

  private CatalogueDocumentation() {}

  /** As it is when all is well. */
  public static String page() {
    return page(test -> Outcome.PASSED);
  }

  /** With what came out. */
  static String page(Function<String, Outcome> outcomes) {
    return HEAD
        + Arrays.stream(Group.values())
            .map(group -> section(group, outcomes))
            .collect(Collectors.joining());
  }

  private static String section(Group group, Function<String, Outcome> outcomes) {
    return """

        ## %s – %s

        | id | what is held | shown by | result |
        |---|---|---|---|
        %s
        """
        .formatted(
            group.name(),
            group.title,
            group.entries().stream()
                .map(
                    entry ->
                        "| %s | %s | %s | %s |"
                            .formatted(
                                entry.id(),
                                entry.requirement(),
                                shownBy(entry),
                                result(entry, outcomes)))
                .collect(Collectors.joining("\n")));
  }

  private static String shownBy(Entry entry) {
    String tests =
        entry.tests().stream().map(test -> "`" + test + "`").collect(Collectors.joining("<br>"));
    if (entry.exception().isEmpty()) {
      return tests;
    }
    return tests + (tests.isEmpty() ? "" : "<br>") + "no test: " + entry.exception();
  }

  private static String result(Entry entry, Function<String, Outcome> outcomes) {
    if (entry.tests().isEmpty()) {
      return "–";
    }
    Outcome worst = entry.tests().stream().map(outcomes).reduce(Outcome.PASSED, Outcome::and);
    return switch (worst) {
      case PASSED -> "held";
      case NOT_RUN -> "not run";
      case SKIPPED -> "left out";
      case FAILED -> "**failed**";
    };
  }
}
