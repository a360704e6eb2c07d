package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.provider;
import static org.vestibule.provider.Configurations.read;
import static org.vestibule.provider.Configurations.without;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class SecretsTest {

  private static final Map<String, String> NO_SECRET =
      without(Configurations.LEAST, "oauth.client-secret");

  @TempDir private Path folder;

  private String file(String content, Charset charset) throws IOException {
    return Files.writeString(folder.resolve("secret"), content, charset).toString();
  }

  private static String secret(Configuration configuration) {
    return provider(configuration)
        .client()
        .credentials()
        .clientSecret()
        .map(Secret::value)
        .orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gX1fBat3bV",
        "p$x-12345",
        "a$$b-12345",
        "a\\$b-12345",
        "a\\,b-12345",
        "a\\\\b-12345",
        "a,b,c-12345",
        "%7B-12345",
        "  blanks around  ",
        "$-12345",
        "12345-$",
        "{$x}-12345",
        "a:b+c/d=e&f",
        "\u00e4\u00f6\u00fc-12345",
        "#!12345"
      })
  void a_secret_is_taken_as_it_stands_from_everywhere(String secret) throws IOException {
    Map<String, String> inFile = new HashMap<>(NO_SECRET);
    inFile.put("oauth.client-secret-file", file(secret, UTF_8));

    assertThat(secret(read(least("oauth.client-secret", secret)))).isEqualTo(secret);
    assertThat(secret(read(NO_SECRET, Map.of("OAUTH_CLIENT_SECRET", secret)))).isEqualTo(secret);
    assertThat(secret(read(inFile))).isEqualTo(secret);
  }

  @Test
  void an_expression_in_a_setting_is_one_but_not_in_a_file() throws IOException {
    assertThat(
            secret(
                read(least("oauth.client-secret", "${vault}", "vault", "7Fjfp0ZBr1KtDRbnfVdmIw"))))
        .isEqualTo("7Fjfp0ZBr1KtDRbnfVdmIw");
    assertThat(secret(read(least("oauth.client-secret", "\\${vault}")))).isEqualTo("${vault}");

    Map<String, String> inFile = new HashMap<>(NO_SECRET);
    inFile.put("oauth.client-secret-file", file("${vault}", UTF_8));
    assertThat(secret(read(inFile))).isEqualTo("${vault}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${vault}", "a${vault}", "${vault}a", "$${vault}", "${", "a${b", "${}"})
  void a_secret_with_an_expression_that_cannot_be_resolved_is_an_error(String secret) {
    Configuration configuration = read(least("oauth.client-secret", secret));

    assertThat(mistakes(configuration)).containsExactly(Mistake.EXPRESSION);
    assertThat(configuration.problems().toString()).doesNotContain("vault", "a$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", ""})
  void one_line_end_at_the_end_of_a_file_does_not_count(String lineEnd) throws IOException {
    Map<String, String> properties = new HashMap<>(NO_SECRET);
    properties.put("oauth.client-secret-file", file("gX1fBat3bV " + lineEnd, UTF_8));

    assertThat(secret(read(properties))).isEqualTo("gX1fBat3bV ");
  }

  @Test
  void a_byte_order_mark_does_not_count() throws IOException {
    Map<String, String> properties = new HashMap<>(NO_SECRET);
    properties.put("oauth.client-secret-file", file("\uFEFFgX1fBat3bV", UTF_8));

    assertThat(secret(read(properties))).isEqualTo("gX1fBat3bV");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gX1fBat3bV\n\n", "gX1f\nBat3bV", "gX1fBat3bV\0"})
  void a_file_with_more_than_a_secret_is_an_error(String content) throws IOException {
    Map<String, String> properties = new HashMap<>(NO_SECRET);
    properties.put("oauth.client-secret-file", file(content, UTF_8));

    assertThat(mistakes(read(properties))).containsExactly(Mistake.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \n"})
  void an_empty_file_is_an_error(String content) throws IOException {
    Map<String, String> properties = new HashMap<>(NO_SECRET);
    properties.put("oauth.client-secret-file", file(content, UTF_8));

    assertThat(mistakes(read(properties))).containsExactly(Mistake.MISSING);
  }

  @Test
  void a_file_that_is_no_text_is_an_error() throws IOException {
    Map<String, String> properties = new HashMap<>(NO_SECRET);
    properties.put("oauth.client-secret-file", file("\u00e4\u00f6\u00fc", ISO_8859_1));

    assertThat(mistakes(read(properties))).containsExactly(Mistake.MALFORMED);
  }

  @Test
  void a_file_that_is_too_long_for_a_secret_is_an_error() throws IOException {
    Map<String, String> properties = new HashMap<>(NO_SECRET);
    properties.put("oauth.client-secret-file", file("a".repeat(70_000), UTF_8));

    assertThat(mistakes(read(properties))).containsExactly(Mistake.MALFORMED);
  }

  @Test
  void a_providers_own_file_goes_before_a_shared_secret() throws IOException {
    assertThat(
            secret(
                read(
                    least(
                        "oauth.providers",
                        "corp",
                        "oauth.provider.corp.client-secret-file",
                        file("own-secret", UTF_8)))))
        .isEqualTo("own-secret");
  }

  @Test
  void a_public_client_has_to_say_that_it_is_one() {
    assertThat(mistakes(read(NO_SECRET))).containsExactly(Mistake.SECRET_NEEDED);

    Map<String, String> said = new HashMap<>(NO_SECRET);
    said.put("oauth.client-authentication", "none");
    assertThat(mistakes(read(said))).containsExactly(Mistake.NO_SHARED_KEY);
  }

  @Test
  void an_empty_secret_is_not_replaced_by_one_that_is_farther_away() {
    Map<String, String> properties =
        least("oauth.providers", "corp", "oauth.provider.corp.client-secret", "");

    Configuration configuration = read(properties);

    assertThat(mistakes(configuration)).containsExactly(Mistake.SECRET_NEEDED);
    assertThat(configuration.problems().get(0).toString())
        .contains("oauth.provider.corp.client-secret", "it is there, but empty");
  }

  @Test
  void a_public_client_can_empty_the_shared_secret() {
    Map<String, String> properties =
        least(
            "oauth.providers", "corp,app",
            "oauth.provider.app.client-authentication", "none",
            "oauth.provider.app.client-secret", "");

    assertThat(read(properties).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"changeit", "changeme", "password", "secret", "1234567", "s6BhdRkqt3"})
  void a_weak_secret_is_warned_of(String secret) {
    assertThat(mistakes(read(least("oauth.client-secret", secret))))
        .containsExactly(Mistake.SAMPLE_SECRET);
  }

  @Test
  void an_encryption_key_is_32_bytes_in_base64() throws IOException {
    String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    assertThat(
            read(least("oauth.encryption-key-file", file(key + "\n", UTF_8)))
                .application()
                .session()
                .encryptionKey())
        .contains(Secret.of(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAECAwQFBgcICQoLDA0ODw==",
        "not-base64!",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ=="
      })
  void another_length_is_no_key(String key) throws IOException {
    assertThat(mistakes(read(least("oauth.encryption-key-file", file(key, UTF_8)))))
        .containsExactly(Mistake.KEY_UNUSABLE);
  }

  @Test
  void a_previous_key_without_a_key_is_an_error() throws IOException {
    String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    assertThat(mistakes(read(least("oauth.encryption-key-previous-file", file(key, UTF_8)))))
        .containsExactly(Mistake.MISSING);
  }
}
