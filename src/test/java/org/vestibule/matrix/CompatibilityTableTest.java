package org.vestibule.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityTableTest {

  @TempDir private Path folder;

  private void report(String row, String server, String java, String tests) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve(row)).resolve("TEST-org.vestibule.PathIT.xml"),
        """
        <testsuite name="PathIT">
          <properties>
            <property name="server.version" value="%s"/>
            <property name="java.version" value="%s"/>
          </properties>
          %s
        </testsuite>
        """
            .formatted(server, java, tests));
  }

  private static String test(String name, String content) {
    return "<testcase name=\"%s\" classname=\"org.vestibule.container.PathIT\">%s</testcase>"
        .formatted(name, content);
  }

  @Test
  void a_server_is_a_row_and_what_was_not_run_or_failed_is_named() throws IOException {
    report("b", "Tomcat 11", "25.0.1", test("one_page()[1]", "") + test("one_page()[2]", ""));
    report(
        "a",
        "Jetty 12",
        "17.0.15",
        test("one_page(String)[1]", "<failure message=\"no\"/>")
            + test("one_page(String)[2]", "<error message=\"no\"/>")
            + test("a_socket", "<skipped message=\"it has no sockets\"/>"));

    String page = CompatibilityTable.page(CompatibilityTable.runs(folder));

    assertThat(page)
        .contains("| Jetty 12 | 17.0.15 | 2 | 2 | 1 |\n| Tomcat 11 | 25.0.1 | 2 | 0 | 0 |\n")
        .contains("## Left out\n\n- PathIT, a socket: it has no sockets (Jetty 12)\n")
        .endsWith("## Failed\n\n- PathIT, one page (Jetty 12)\n");
  }

  @Test
  void the_same_server_is_there_once_for_each_java_the_older_one_first() throws IOException {
    report("x", "Jetty 12", "25", test("one_page", ""));
    report("y", "Jetty 12", "9.0.4", test("one_page", ""));

    assertThat(CompatibilityTable.page(CompatibilityTable.runs(folder)))
        .containsSubsequence("| Jetty 12 | 9.0.4 |", "| Jetty 12 | 25 |")
        .contains("Nothing is left out.", "No test fails.");
  }

  @Test
  void a_server_in_which_nothing_was_run_is_no_row_but_a_mistake() throws IOException {
    report("x", "Jetty 12", "25", "");

    assertThatThrownBy(() -> CompatibilityTable.runs(folder))
        .isInstanceOf(IllegalStateException.class);
  }
}
