package org.vestibule.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.provider.Json;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;

class DoctorCommandTest {

  private static final String SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... words) {
    return new DoctorCommand(
            environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(List.of(words));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static AuthorizationServer server() {
    return AuthorizationServer.start(
        c -> c.client("portal", SECRET, "https://portal.example.com/app/oauth/callback"));
  }

  private static String settings(AuthorizationServer server) {
    return """
    oauth.issuer=%s
    oauth.client-id=portal
    oauth.client-secret=%s
    oauth.public-url=https://portal.example.com
    """
        .formatted(server.issuer(), SECRET);
  }

  @Test
  void what_is_right_is_told_and_is_zero() throws IOException {
    try (AuthorizationServer server = server()) {
      String file = file("settings.properties", settings(server));

      assertThat(run(Map.of(), "--context-path=/app", file)).isZero();

      assertThat(out.toString(UTF_8))
          .contains("0 errors", server.issuer(), "https://portal.example.com/app/oauth/callback")
          .contains("Set by " + file, "oauth.client-id=portal")
          .doesNotContain(SECRET);
      assertThat(server.requests()).isNotEmpty();
      assertThat(err.size()).isZero();
    }
  }

  @Test
  void what_is_wrong_is_told_and_is_one() throws IOException {
    try (AuthorizationServer server = server()) {
      String wrong = settings(server).replace(SECRET, "gX1fBat3bV-wrong");

      assertThat(run(Map.of(), file("settings.properties", wrong))).isOne();

      assertThat(out.toString(UTF_8)).contains("VEST2008").doesNotContain("gX1fBat3bV-wrong");
    }
  }

  @Test
  void the_environment_goes_before_the_file() throws IOException {
    try (AuthorizationServer server = server()) {
      String file = file("settings.properties", settings(server));

      assertThat(run(Map.of("OAUTH_CLIENT_SECRET", "gX1fBat3bV-wrong"), file)).isOne();

      assertThat(out.toString(UTF_8))
          .contains("Set by environment", "oauth.client-secret=***")
          .doesNotContain(SECRET, "gX1fBat3bV-wrong");
    }
  }

  @Test
  void json_is_json() throws IOException {
    try (AuthorizationServer server = server()) {
      run(Map.of(), file("settings.properties", settings(server)), "--json");

      assertThat(Json.read(out.toString(UTF_8).strip()))
          .containsKeys("severity", "findings", "providers")
          .containsEntry("examined", true);
    }
  }

  @Test
  void settings_can_be_looked_at_alone() throws IOException {
    try (AuthorizationServer server = server()) {
      String file = file("settings.properties", settings(server));

      assertThat(run(Map.of(), "--settings", file)).isZero();
      assertThat(server.requests(Endpoint.OPENID_CONFIGURATION)).isEmpty();
    }
  }

  @Test
  void the_file_of_another_client_is_read_as_the_application_would() throws IOException {
    try (AuthorizationServer server = server()) {
      String file =
          file(
              "oidc.json",
              "{\"provider-url\":\"%s\",\"client-id\":\"portal\",\"credentials\":{\"secret\":\"%s\"}}"
                  .formatted(server.issuer(), SECRET));

      assertThat(
              run(
                  Map.of("OAUTH_PUBLIC_URL", "https://portal.example.com"),
                  "--context-path=/app",
                  file))
          .isZero();
      assertThat(out.toString(UTF_8)).contains("WEB-INF/oidc.json: provider-url");
    }
  }

  @Test
  void a_file_that_is_not_there_is_two() {
    assertThat(run(Map.of(), folder.resolve("missing").toString())).isEqualTo(2);
    assertThat(run(Map.of(), folder.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("cannot be read");
    assertThat(out.size()).isZero();
  }

  @Test
  void a_file_that_is_no_properties_is_two() throws IOException {
    assertThat(run(Map.of(), file("broken.properties", "a=\\u00zz"))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"''", "a b", "--jsn a", "--context-path=app a", "--context-path=/a//b a"})
  void who_calls_it_wrongly_is_told_how(String words) {
    assertThat(run(Map.of(), words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("usage: ");
  }

  @Test
  void who_asks_for_help_is_helped() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("usage: ");
  }
}
