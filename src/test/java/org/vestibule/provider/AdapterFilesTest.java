package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.config;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.properties;
import static org.vestibule.provider.Configurations.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.provider.AdapterFile.Format;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** An application that comes with the file of an adapter, and what is set beside it. */
class AdapterFilesTest {

  private static final String SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";

  private static final String KEYCLOAK_JSON =
      """
      {
        "realm": "main",
        "auth-server-url": "https://login.example.com/",
        "ssl-required": "external",
        "resource": "portal",
        "credentials": {"secret": "7Fjfp0ZBr1KtDRbnfVdmIw"},
        "use-resource-role-mappings": true,
        "principal-attribute": "preferred_username",
        "confidential-port": 0
      }
      """;

  private static final String OIDC_JSON =
      """
      {
        "provider-url": "https://op.example.com",
        "client-id": "shop",
        "public-client": true
      }
      """;

  private static AdapterFile keycloak(String json) {
    return AdapterFile.of(Format.KEYCLOAK, json.getBytes(UTF_8));
  }

  private static AdapterFile oidc(String json) {
    return AdapterFile.of(Format.OIDC, json.getBytes(UTF_8));
  }

  private static Configuration read(Map<String, String> properties, AdapterFile... files) {
    return SettingsReader.read(
        config(properties, Map.of()), AdapterFilesTest.class.getClassLoader(), List.of(files));
  }

  @Test
  void a_file_alone_is_a_whole_configuration() {
    Configuration configuration = read(Map.of(), keycloak(KEYCLOAK_JSON));

    ProviderSettings provider = provider(configuration);
    assertThat(provider.id()).isEqualTo("default");
    assertThat(provider.endpoints().issuer()).contains("https://login.example.com/realms/main");
    assertThat(provider.endpoints().discovery()).isTrue();
    assertThat(provider.client().credentials().clientId()).isEqualTo("portal");
    assertThat(provider.client().credentials().clientSecret()).contains(Secret.of(SECRET));
    assertThat(provider.request().scope().tokens()).containsExactly("openid");
    assertThat(provider.caller().nameClaims()).containsExactly("preferred_username", "sub");
    assertThat(provider.caller().rolesClaims()).containsExactly("resource_access/portal/roles");
    assertThat(mistakes(configuration)).containsExactly(Mistake.ADAPTER_KEYS_UNUSED);
  }

  @Test
  void so_is_that_of_a_public_client() {
    Configuration configuration = read(Map.of(), oidc(OIDC_JSON));

    assertThat(provider(configuration).client().authentication())
        .contains(ClientAuthenticationMethod.NONE);
    assertThat(mistakes(configuration)).containsExactly(Mistake.NO_SHARED_KEY);
  }

  @Test
  void the_report_says_which_file_and_key_a_setting_is_from_and_no_secret() {
    Configuration configuration = read(Map.of(), keycloak(KEYCLOAK_JSON));

    assertThat(configuration.settingsInEffect())
        .extracting(SettingInEffect::toString)
        .contains(
            "oauth.client-id=portal [from WEB-INF/keycloak.json: resource]",
            "oauth.client-secret=*** [from WEB-INF/keycloak.json: credentials.secret]",
            "oauth.scope=openid [from WEB-INF/keycloak.json]");
    assertThat(configuration.toString()).doesNotContain(SECRET);
  }

  @Test
  void settings_go_before_the_file() {
    Configuration configuration =
        read(
            properties(
                "oauth.client-id", "portal",
                "oauth.provider.default.name-claim", "email",
                "oauth.roles-claim", "groups"),
            keycloak(KEYCLOAK_JSON));

    ProviderSettings provider = provider(configuration);
    assertThat(provider.client().credentials().clientId()).isEqualTo("portal");
    assertThat(provider.client().credentials().clientSecret()).contains(Secret.of(SECRET));
    assertThat(provider.caller().nameClaims()).containsExactly("email");
    assertThat(provider.caller().rolesClaims()).containsExactly("groups");
  }

  @Test
  void the_file_goes_before_a_preset_without_address() {
    Configuration configuration =
        read(properties("oauth.preset", "keycloak"), keycloak(KEYCLOAK_JSON));

    assertThat(provider(configuration).caller().rolesClaims())
        .containsExactly("resource_access/portal/roles");
    assertThat(provider(configuration).displayName()).isEqualTo("Keycloak");
  }

  @Test
  void a_secret_that_is_set_takes_the_place_of_the_files() {
    Configuration configuration =
        read(properties("oauth.client-secret", "gX1fBat3bVX"), keycloak(KEYCLOAK_JSON));

    assertThat(provider(configuration).client().credentials().clientSecret())
        .contains(Secret.of("gX1fBat3bVX"));
  }

  @Test
  void the_same_issuer_may_be_set_as_well() {
    Configuration configuration =
        read(
            properties("oauth.issuer", "https://login.example.com/realms/main"),
            keycloak(KEYCLOAK_JSON));

    assertThat(provider(configuration).client().credentials().clientId()).isEqualTo("portal");
  }

  static List<Map<String, String>> others() {
    return List.of(
        Configurations.least(),
        Configurations.least("oauth.providers", "corp"),
        properties(
            "oauth.authorization-endpoint", "https://server.example.com/authorize",
            "oauth.token-endpoint", "https://server.example.com/token",
            "oauth.client-id", "s6BhdRkqt3",
            "oauth.client-secret", "gX1fBat3bV"),
        properties(
            "oauth.preset", "github",
            "oauth.client-id", "s6BhdRkqt3",
            "oauth.client-secret", "gX1fBat3bV"));
  }

  /** Neither a secret nor a way of one provider gets to another. */
  @ParameterizedTest
  @MethodSource("others")
  void nothing_of_a_file_is_mixed_with_another_provider(Map<String, String> properties) {
    Configuration configuration = read(properties, keycloak(KEYCLOAK_JSON));

    assertThat(configuration.providers()).isEqualTo(Configurations.read(properties).providers());
    assertThat(configuration.isUsable()).isTrue();
    assertThat(mistakes(configuration)).contains(Mistake.ADAPTER_FILE_UNUSED);
    assertThat(configuration.problems())
        .filteredOn(problem -> problem.mistake() == Mistake.ADAPTER_FILE_UNUSED)
        .extracting(ConfigurationProblem::toString)
        .singleElement()
        .asString()
        .startsWith("VEST3152 oauth.")
        .contains("(WEB-INF/keycloak.json)");
    assertThat(mistakes(configuration)).doesNotContain(Mistake.ADAPTER_KEYS_UNUSED);
  }

  @Test
  void another_issuer_without_a_client_of_its_own_does_not_get_the_files() {
    Configuration configuration =
        read(properties("oauth.issuer", "https://server.example.com"), keycloak(KEYCLOAK_JSON));

    assertThat(mistakes(configuration)).contains(Mistake.MISSING, Mistake.ADAPTER_FILE_UNUSED);
  }

  static List<Map<String, String>> otherClients() {
    return List.of(
        properties("oauth.client-id", "s6BhdRkqt3"),
        properties(
            "oauth.issuer", "https://login.example.com/realms/main",
            "oauth.client-id", "s6BhdRkqt3"));
  }

  @ParameterizedTest
  @MethodSource("otherClients")
  void another_client_does_not_get_the_files_secret(Map<String, String> properties) {
    Configuration configuration = read(properties, keycloak(KEYCLOAK_JSON));

    assertThat(mistakes(configuration))
        .contains(Mistake.ADAPTER_FILE_UNUSED, Mistake.SECRET_NEEDED);
    assertThat(configuration.isUsable()).isFalse();
  }

  @Test
  void of_two_files_that_of_the_newer_client_counts() {
    Configuration configuration = read(Map.of(), oidc(OIDC_JSON), keycloak(KEYCLOAK_JSON));

    assertThat(provider(configuration).endpoints().issuer()).contains("https://op.example.com");
    assertThat(configuration.problems())
        .extracting(ConfigurationProblem::toString)
        .anyMatch(line -> line.startsWith("VEST3152 * [from WEB-INF/keycloak.json]"));
  }

  @Test
  void a_check_that_the_file_wants_to_leave_out_is_made_and_told() {
    Configuration configuration =
        read(
            Map.of(),
            keycloak(KEYCLOAK_JSON.replace("\"external\"", "\"none\", \"bearer-only\": true")));

    assertThat(configuration.isUsable()).isFalse();
    assertThat(mistakes(configuration))
        .containsExactlyInAnyOrder(
            Mistake.ADAPTER_CHECK_KEPT, Mistake.ADAPTER_KEY_REFUSED, Mistake.ADAPTER_KEYS_UNUSED);
  }

  @Test
  void plain_http_is_refused_whatever_the_file_says() {
    Configuration configuration =
        read(
            Map.of(),
            keycloak(KEYCLOAK_JSON.replace("external", "none").replace("https:", "http:")));

    assertThat(mistakes(configuration)).contains(Mistake.NOT_HTTPS);
    assertThat(configuration.problems())
        .filteredOn(problem -> problem.mistake() == Mistake.NOT_HTTPS)
        .extracting(ConfigurationProblem::source)
        .containsExactly("WEB-INF/keycloak.json: auth-server-url");
  }

  @Test
  void an_expression_that_cannot_be_resolved_is_told_once() {
    Configuration configuration =
        read(Map.of(), keycloak(KEYCLOAK_JSON.replace(SECRET, "${env.MISSING}")));

    assertThat(configuration.problems())
        .filteredOn(ConfigurationProblem::isError)
        .extracting(ConfigurationProblem::mistake)
        .containsExactly(Mistake.EXPRESSION);
  }

  @Test
  void a_broken_file_closes_the_application() {
    Configuration configuration = read(Map.of(), keycloak("{"));

    assertThat(mistakes(configuration)).contains(Mistake.ADAPTER_FILE_MALFORMED);
    assertThat(configuration.isUsable()).isFalse();
  }

  @Test
  void without_a_file_nothing_changes() {
    assertThat(mistakes(read(Map.of()))).doesNotContain(Mistake.ADAPTER_FILE_MALFORMED);
    assertThat(read(Configurations.LEAST)).isEqualTo(Configurations.read(Configurations.LEAST));
  }

  @Test
  void files_are_found_in_the_application() {
    List<AdapterFile> files =
        AdapterFile.in(
            path ->
                path.equals("/WEB-INF/keycloak.json")
                    ? new ByteArrayInputStream(KEYCLOAK_JSON.getBytes(UTF_8))
                    : null);

    assertThat(files).hasSize(1);
    assertThat(files.get(0)).hasToString("WEB-INF/keycloak.json");
    assertThat(provider(read(Map.of(), files.get(0))).endpoints().issuer())
        .isEqualTo(Optional.of("https://login.example.com/realms/main"));
  }

  @Test
  void a_file_that_cannot_be_read_is_a_broken_one() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };

    List<AdapterFile> files = AdapterFile.in(path -> path.contains("oidc") ? failing : null);

    assertThat(mistakes(read(Map.of(), files.get(0)))).contains(Mistake.ADAPTER_FILE_MALFORMED);
  }
}
