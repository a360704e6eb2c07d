package org.vestibule.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets Jazzer look for bytes that break a promise, for a bounded time each. What it finds is in
 * {@code target/fuzz/<target>}: with the fault mended it belongs among the seeds.
 */
class FuzzingTest {

  private static final String SECONDS = System.getProperty("fuzz.seconds", "60");

  @ParameterizedTest
  @EnumSource
  @Timeout(3_600)
  void nothing_breaks_a_promise(Target target) throws IOException, InterruptedException {
    Path work =
        Files.createDirectories(Path.of("target", "fuzz", target.folder()).toAbsolutePath());
    Path corpus = Files.createDirectories(work.resolve("corpus"));
    Path log = work.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-Dtarget=" + target,
                "-Djava.util.logging.config.file=" + quiet(work),
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--instrumentation_includes=org.vestibule.**:com.nimbusds.jose.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + SECONDS,
                "-timeout=30",
                "-max_len=4096",
                "-print_final_stats=1",
                corpus.toString(),
                Path.of("src/test/resources/org/vestibule/fuzz", target.folder()).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(jazzer.waitFor()).as(end(log)).isZero();
  }

  private static Path quiet(Path work) throws IOException {
    return Files.writeString(work.resolve("logging.properties"), ".level = OFF\n");
  }

  /** Surefire has it in a jar of its own. */
  private static String classPath() {
    return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
        .orElseGet(() -> System.getProperty("java.class.path"));
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
