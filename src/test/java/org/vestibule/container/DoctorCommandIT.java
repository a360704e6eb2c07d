package org.vestibule.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vestibule.provider.Json;
import org.vestibule.testing.AuthorizationServer;

/** The doctor's archive, started as a process of its own. */
class DoctorCommandIT {

  private static final Path ARCHIVE = Path.of(System.getProperty("doctor.jar"));

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private Ended run(String... words) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    ARCHIVE.toString()),
                Arrays.stream(words))
            .toList();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // Java says what it takes from there, among what the doctor says
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    int code = process.waitFor();
    return new Ended(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private String settings(AuthorizationServer server, String secret) throws IOException {
    return Files.writeString(
            folder.resolve("settings.properties"),
            """
            oauth.issuer=%s
            oauth.client-id=%s
            oauth.client-secret=%s
            oauth.public-url=https://portal.example.com
            """
                .formatted(server.issuer(), Application.CLIENT_ID, secret))
        .toString();
  }

  private static AuthorizationServer server() {
    return AuthorizationServer.start(
        c ->
            c.client(
                Application.CLIENT_ID,
                Application.CLIENT_SECRET,
                "https://portal.example.com/oauth/callback"));
  }

  @Test
  void a_good_file_is_zero_and_has_a_report() throws IOException, InterruptedException {
    try (AuthorizationServer server = server()) {
      Ended ended = run(settings(server, Application.CLIENT_SECRET));

      assertThat(ended.out()).contains("0 errors").doesNotContain(Application.CLIENT_SECRET);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
    }
  }

  @Test
  void a_bad_file_is_one_and_tells_why() throws IOException, InterruptedException {
    try (AuthorizationServer server = server()) {
      Ended ended = run("--json", settings(server, "gX1fBat3bV-wrong"));

      assertThat(ended.code()).isOne();
      assertThat(Json.read(ended.out())).containsEntry("severity", "error");
      assertThat(ended.out()).contains("VEST2008").doesNotContain("gX1fBat3bV-wrong");
    }
  }

  @Test
  void no_file_is_two() throws IOException, InterruptedException {
    assertThat(run(folder.resolve("missing").toString()).code()).isEqualTo(2);
    assertThat(run().code()).isEqualTo(2);
  }

  @Test
  void it_has_what_it_needs_and_nothing_of_the_web() throws IOException {
    try (JarFile archive = new JarFile(ARCHIVE.toFile())) {
      assertThat(archive.stream().map(Object::toString))
          .contains(
              "org/vestibule/command/DoctorCommand.class",
              "META-INF/vestibule/presets/keycloak.properties",
              "META-INF/services/jakarta.json.spi.JsonProvider")
          .noneMatch(name -> name.startsWith("org/vestibule/web/"))
          .noneMatch(name -> name.endsWith("module-info.class"));
    }
  }
}
