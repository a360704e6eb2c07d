package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.ConfigurationProblem.Mistake.ADAPTER_CHECK_KEPT;
import static org.vestibule.provider.ConfigurationProblem.Mistake.ADAPTER_FILE_MALFORMED;
import static org.vestibule.provider.ConfigurationProblem.Mistake.ADAPTER_FILE_UNUSED;
import static org.vestibule.provider.ConfigurationProblem.Mistake.ADAPTER_KEYS_UNUSED;
import static org.vestibule.provider.ConfigurationProblem.Mistake.ADAPTER_KEY_REFUSED;
import static org.vestibule.provider.ConfigurationProblem.Mistake.NEEDS_RESTART;
import static org.vestibule.provider.ConfigurationProblem.Mistake.PROVIDER_NOT_READY;
import static org.vestibule.provider.ConfigurationProblem.Mistake.SETTINGS_UNREADABLE;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.properties;
import static org.vestibule.provider.Configurations.without;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class ConfigurationProblemTest {

  /** Looks like a value that must not be seen and stands wherever a value can stand. */
  private static final String CANARY = "c4n4ry-7Fjfp0ZBr1KtDRbnfVdmIw";

  /** For each mistake a configuration that has it and no other. */
  private static final Map<Mistake, Map<String, String>> PROVOKED = new EnumMap<>(Mistake.class);

  @TempDir private static Path folder;

  @BeforeAll
  static void provoke_every_mistake() throws IOException {
    String text = Files.writeString(folder.resolve("text"), CANARY).toString();
    PROVOKED.put(Mistake.MISSING, without(least(), "oauth.client-id"));
    PROVOKED.put(Mistake.MALFORMED, least("oauth.clock-skew", "30s"));
    PROVOKED.put(Mistake.BOTH_VALUE_AND_FILE, least("oauth.client-secret-file", text));
    PROVOKED.put(
        Mistake.FILE_UNREADABLE,
        properties(
            "oauth.issuer", "https://server.example.com",
            "oauth.client-id", "s6BhdRkqt3",
            "oauth.client-secret-file", folder.resolve("missing").toString()));
    PROVOKED.put(Mistake.UNKNOWN_PRESET, least("oauth.preset", "gitea"));
    PROVOKED.put(Mistake.UNKNOWN_PROVIDER, least("oauth.default-provider", "corp"));
    PROVOKED.put(Mistake.IDS_COLLIDE, least("oauth.providers", "corp,corp-metadata"));
    PROVOKED.put(Mistake.NOT_HTTPS, least("oauth.issuer", "http://server.example.com"));
    PROVOKED.put(
        Mistake.RESERVED_PARAMETER, least("oauth.authorization-parameters", "state=" + CANARY));
    PROVOKED.put(Mistake.SECRET_NEEDED, without(least(), "oauth.client-secret"));
    PROVOKED.put(Mistake.SECRET_UNUSED, least("oauth.client-authentication", "none"));
    PROVOKED.put(Mistake.NO_ENDPOINT, without(least(), "oauth.issuer"));
    PROVOKED.put(Mistake.PATHS_COLLIDE, least("oauth.login-path", "/oauth/callback"));
    PROVOKED.put(Mistake.EVERYTHING_PUBLIC, least("oauth.public-paths", "/about,/*"));
    PROVOKED.put(
        Mistake.OPENID_NEEDS_ISSUER,
        without(
            least(
                "oauth.authorization-endpoint", "https://server.example.com/authorize",
                "oauth.token-endpoint", "https://server.example.com/token",
                "oauth.scope", "openid"),
            "oauth.issuer"));
    PROVOKED.put(Mistake.KEY_UNUSABLE, least("oauth.encryption-key-file", text));
    PROVOKED.put(
        Mistake.KEYS_NEEDED,
        least(
            "oauth.discovery", "off",
            "oauth.authorization-endpoint", "https://server.example.com/authorize",
            "oauth.token-endpoint", "https://server.example.com/token"));
    PROVOKED.put(
        Mistake.CHOICE_COLLIDES,
        least(
            "oauth.providers", "corp,partner",
            "oauth.choose-by", "host",
            "oauth.provider.corp.hosts", "portal.example.com",
            "oauth.provider.partner.hosts", "PORTAL.example.com"));
    PROVOKED.put(
        Mistake.CHOICE_IMPOSSIBLE,
        least("oauth.providers", "corp,partner", "oauth.choose-by", "path"));
    PROVOKED.put(Mistake.CACHE_UNUSABLE, least("oauth.metadata-cache-directory", text));
    PROVOKED.put(Mistake.LOGO_UNUSABLE, least("oauth.logo-file", text));
    PROVOKED.put(Mistake.CHOICE_UNUSED, least("oauth.email-domains", "example.com"));
    PROVOKED.put(Mistake.TRUST_STORE_UNUSABLE, least("oauth.tls-trust-store-file", text));
    PROVOKED.put(Mistake.EXPRESSION, least("oauth.audience", "${" + CANARY + "}"));
    PROVOKED.put(
        Mistake.PKCE_NEEDED,
        without(
            least(
                "oauth.client-authentication", "none",
                "oauth.pkce", "off",
                "oauth.encryption-key-file", key()),
            "oauth.client-secret"));
    PROVOKED.put(
        Mistake.CHECK_NEEDS_OPENID, least("oauth.scope", "profile", "oauth.max-age", "PT1H"));
    PROVOKED.put(
        Mistake.DUPLICATE_PARAMETER,
        least(
            "oauth.authorization-endpoint",
            "https://server.example.com/authorize?" + CANARY + "=1",
            "oauth.authorization-parameters",
            CANARY + "=1"));
    PROVOKED.put(Mistake.UNKNOWN_RULE, least("oauth.paths.1.role", CANARY));
    PROVOKED.put(
        Mistake.RULES_COLLIDE,
        least("oauth.paths.1.pattern", "/admin/*", "oauth.paths.7.pattern", "/admin/*"));
    PROVOKED.put(
        Mistake.CLIENT_KEY_UNUSABLE,
        without(least("oauth.client-key-file", "pom.xml"), "oauth.client-secret"));
    PROVOKED.put(Mistake.UNKNOWN_KEY, least("oauth.require-pcke", "true"));
    PROVOKED.put(
        Mistake.NO_SHARED_KEY,
        without(least("oauth.client-authentication", "none"), "oauth.client-secret"));
    PROVOKED.put(Mistake.PKCE_OFF, least("oauth.pkce", "off"));
    PROVOKED.put(Mistake.SAMPLE_SECRET, least("oauth.client-secret", "changeit"));
    PROVOKED.put(Mistake.PRESET_OVERRULED, least("oauth.preset", "google"));
    PROVOKED.put(
        Mistake.SHARED_REDIRECT_URI,
        least(
            "oauth.providers", "corp,plain",
            "oauth.provider.plain.discovery", "off",
            "oauth.provider.plain.scope", "read",
            "oauth.provider.plain.authorization-endpoint", "https://plain.example.com/authorize",
            "oauth.provider.plain.token-endpoint", "https://plain.example.com/token"));
    PROVOKED.put(
        Mistake.LOOPBACK_PROVIDER,
        least(
            "oauth.issuer", "http://localhost:9080/oidc",
            "oauth.public-url", "https://portal.example.com"));
    PROVOKED.put(
        Mistake.CALLBACK_ELSEWHERE,
        least("oauth.redirect-uri", "https://portal.example.com/redirect"));
    PROVOKED.put(Mistake.ID_TOKEN_IGNORED, least("oauth.id-token", "ignored"));
    String template = "https://server.example.com/{tenantid}/v2.0";
    PROVOKED.put(Mistake.TENANTS_NEEDED, least("oauth.issuer-template", template));
    PROVOKED.put(Mistake.TEMPLATE_NEEDED, least("oauth.allowed-tenants", "contoso"));
    PROVOKED.put(
        Mistake.TEMPLATE_UNUSABLE,
        least(
            "oauth.issuer-template", "https://server.example.com/common/v2.0",
            "oauth.allowed-tenants", "contoso"));
    PROVOKED.put(
        Mistake.ANY_TENANT, least("oauth.issuer-template", template, "oauth.allowed-tenants", "*"));
  }

  private static String key() throws IOException {
    return Files.writeString(
            folder.resolve("key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
        .toString();
  }

  @Test
  void there_is_no_mistake_that_no_test_provokes() {
    assertThat(PROVOKED.keySet())
        .isEqualTo(
            EnumSet.complementOf(
                EnumSet.of(
                    NEEDS_RESTART,
                    PROVIDER_NOT_READY,
                    SETTINGS_UNREADABLE,
                    ADAPTER_FILE_MALFORMED,
                    ADAPTER_KEY_REFUSED,
                    ADAPTER_CHECK_KEPT,
                    ADAPTER_FILE_UNUSED,
                    ADAPTER_KEYS_UNUSED)));
  }

  /**
   * But for those of a change, which {@code ReloadTest} provokes, and of adapters' files, which
   * {@code AdapterFilesTest} does.
   */
  @ParameterizedTest
  @EnumSource(
      value = Mistake.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"NEEDS_RESTART", "PROVIDER_NOT_READY", "SETTINGS_UNREADABLE", "ADAPTER_.*"})
  void a_mistake_is_told(Mistake mistake) {
    Configuration configuration = Configurations.read(PROVOKED.get(mistake));

    assertThat(mistakes(configuration)).containsExactly(mistake);
    assertThat(configuration.isUsable()).isEqualTo(mistake.isWarning());
    assertThat(configuration.problems().get(0).toString())
        .startsWith(mistake.code() + " oauth.")
        .contains(mistake.cause())
        .endsWith(mistake.remedy())
        .doesNotContain(CANARY);
  }

  @Test
  void what_does_not_have_to_be_mended_is_a_note() {
    assertThat(Mistake.values()).filteredOn(Mistake::isNote).allMatch(Mistake::isWarning);
    assertThat(Mistake.values())
        .filteredOn(Mistake::isNote)
        .containsExactly(Mistake.PRESET_OVERRULED, ADAPTER_FILE_UNUSED, ADAPTER_KEYS_UNUSED);
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  void a_mistake_reads_well(Mistake mistake) {
    assertThat(mistake.code()).matches(mistake.isWarning() ? "VEST31\\d\\d" : "VEST30\\d\\d");
    assertThat(mistake.cause()).matches("[a-z].*[^.]");
    assertThat(mistake.remedy()).matches("[A-Z].*");
  }

  /** CF-03, LG: wherever a secret is put by mistake, it is not printed. */
  @ParameterizedTest
  @EnumSource(Setting.class)
  void no_value_is_ever_told(Setting setting) {
    String key = Setting.PREFIX + setting.key();

    Stream.of(CANARY, "a=" + CANARY, CANARY + "=a", "http://" + CANARY, "${" + CANARY + "}")
        .map(value -> Configurations.read(least(key, value)))
        .forEach(
            configuration ->
                assertThat(configuration.problems().toString()).doesNotContain(CANARY));
  }

  @Test
  void the_text_of_a_configuration_has_no_secret() {
    Configuration configuration =
        Configurations.read(
            least(
                "oauth.client-secret", CANARY,
                "oauth.authorization-parameters", "a=" + CANARY,
                "oauth.token-parameters", "a=" + CANARY));

    assertThat(configuration.providers()).hasSize(1);
    assertThat(configuration.toString()).doesNotContain(CANARY);
  }
}
