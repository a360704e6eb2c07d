package org.vestibule.catalogue;

import java.util.Arrays;
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

      This page is made from `src/test/resources/org/vestibule/catalogue`; a test fails when an id has neither a test that
      exists nor a reason why there is none.
      """;

  private CatalogueDocumentation() {}

  public static String page() {
    return HEAD
        + Arrays.stream(Group.values())
            .map(CatalogueDocumentation::section)
            .collect(Collectors.joining());
  }

  private static String section(Group group) {
    return """

        ## %s – %s

        | id | what is held | shown by |
        |---|---|---|
        %s
        """
        .formatted(
            group.name(),
            group.title,
            group.entries().stream()
                .map(CatalogueDocumentation::row)
                .collect(Collectors.joining("\n")));
  }

  private static String row(Entry entry) {
    return "| %s | %s | %s |".formatted(entry.id(), entry.requirement(), shownBy(entry));
  }

  private static String shownBy(Entry entry) {
    String tests =
        entry.tests().stream().map(test -> "`" + test + "`").collect(Collectors.joining("<br>"));
    if (entry.isOpen()) {
      return tests + "<br>*in part*".substring(tests.isEmpty() ? 4 : 0);
    }
    if (entry.exception().isEmpty()) {
      return tests;
    }
    return tests + (tests.isEmpty() ? "" : "<br>") + "no test: " + entry.exception();
  }
}
