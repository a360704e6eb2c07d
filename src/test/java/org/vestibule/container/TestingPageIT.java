package org.vestibule.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.PreconditionViolationException;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawBrowser;

/**
 * The manual's page about testing, followed by somebody who has the archive and nothing else of
 * ours: its example is compiled and run in a virtual machine of its own.
 */
@ExtendWith(ArquillianExtension.class)
class TestingPageIT {

  private static final Path PAGE =
      Path.of(System.getProperty("project.basedir"), "src", "site", "markdown", "testing.md");
  private static final File ARCHIVE = new File(System.getProperty("tests.jar"));
  private static final Pattern CODE = Pattern.compile("(?s)```(\\w+)\n(.*?)```");

  /** The application knows it already when the example starts another one in its place. */
  private static final AuthorizationServer BEFORE = AuthorizationServer.start(c -> {});

  @ArquillianResource private URL deployment;
  @TempDir private Path folder;

  @Deployment(testable = false)
  static WebArchive application() {
    return Packaging.withLibrary("shop", Packaging.at(BEFORE));
  }

  private static String code(String language) throws IOException {
    List<String> blocks =
        CODE.matcher(Files.readString(PAGE, UTF_8))
            .results()
            .filter(found -> found.group(1).equals(language))
            .map((MatchResult found) -> found.group(2))
            .toList();
    assertThat(blocks).as(language).hasSize(1);
    return blocks.get(0);
  }

  private String classPath() {
    return Stream.concat(
            Stream.of(folder.toFile(), ARCHIVE, Application.libraries()[1]),
            Stream.of(
                    Test.class,
                    JupiterTestEngine.class,
                    PreconditionViolationException.class,
                    TestEngine.class,
                    Launcher.class,
                    AssertionFailedError.class,
                    Assertions.class,
                    ByteBuddy.class)
                .map(Application::jarOf))
        .map(File::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void compile() throws IOException {
    Path source = folder.resolve("HostileProviderTest.java");
    Files.writeString(source, code("java"), UTF_8);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int refused =
        compiler.run(null, null, null, "-Xlint:-classfile", "-cp", classPath(), source.toString());
    assertThat(refused).as("errors of the compiler").isZero();
    try (var starter = OneTestClass.class.getResourceAsStream("OneTestClass.class")) {
      Path there = folder.resolve(OneTestClass.class.getName().replace('.', '/') + ".class");
      Files.createDirectories(there.getParent());
      Files.write(there, starter.readAllBytes());
    }
  }

  private String run() throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dapplication=" + deployment,
                "-Dprovider.port=" + BEFORE.port(),
                "-cp",
                classPath(),
                OneTestClass.class.getName(),
                "HostileProviderTest")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    process.waitFor();
    return Files.readString(said, UTF_8);
  }

  @Test
  void the_example_of_the_page_compiles_and_passes_with_the_archive_alone()
      throws IOException, InterruptedException {
    compile();
    assertSentToProvider(new RawBrowser().get(Packaging.orders(deployment, "shop")), BEFORE);
    BEFORE.close();

    int tests = code("java").split("@Test\n", -1).length - 1;
    assertThat(run()).endsWith("%1$d of %1$d%n".formatted(tests));
  }

  @Test
  void the_archive_has_the_kit_and_its_lists_and_no_test_of_ours() throws IOException {
    try (JarFile archive = new JarFile(ARCHIVE)) {
      assertThat(archive.stream().map(Object::toString).filter(name -> !name.endsWith("/")))
          .contains(
              "org/vestibule/testing/AuthorizationServer.class",
              "org/vestibule/testing/RawBrowser.class",
              "org/vestibule/testing/TestCertificates.class",
              "org/vestibule/testing/path-variants.txt",
              "org/vestibule/testing/return-urls.txt",
              "META-INF/LICENSE")
          .allMatch(
              name -> name.startsWith("org/vestibule/testing/") || name.startsWith("META-INF/"))
          .noneMatch(name -> name.endsWith("Test.class"));
    }
  }
}
