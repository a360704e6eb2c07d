package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vestibule.provider.Configurations.config;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.properties;
import static org.vestibule.provider.Configurations.provider;
import static org.vestibule.provider.Configurations.read;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class PresetsTest {

  private static final String FOLDER = "META-INF/vestibule/presets/";

  /** A preset that an application brings, called {@code own}. */
  private static final class OneMore extends ClassLoader {
    private final String text;

    OneMore(String... lines) {
      super(PresetsTest.class.getClassLoader());
      this.text = String.join("\n", lines);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return name.equals(FOLDER + "own.properties")
          ? new ByteArrayInputStream(text.getBytes(UTF_8))
          : super.getResourceAsStream(name);
    }
  }

  private static Configuration readOwn(ClassLoader classLoader, String... keysAndValues) {
    Map<String, String> properties = properties("oauth.preset", "own");
    properties.putAll(properties(keysAndValues));
    return SettingsReader.read(config(properties, Map.of()), classLoader);
  }

  @Test
  void github_is_plain_oauth_with_a_profile_address() {
    ProviderSettings github =
        provider(
            properties(
                "oauth.preset", "github",
                "oauth.client-id", "s6BhdRkqt3",
                "oauth.client-secret", "gX1fBat3bV"));

    assertThat(github.endpoints())
        .isEqualTo(
            new ProviderSettings.Endpoints(
                IssuerRule.NONE,
                false,
                Optional.empty(),
                Optional.of(URI.create("https://github.com/login/oauth/authorize")),
                Optional.of(URI.create("https://github.com/login/oauth/access_token")),
                Optional.of(URI.create("https://api.github.com/user")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(github.request().scope()).isEqualTo(Scope.parse("read:user"));
    assertThat(github.request().scopeSeparator()).isEqualTo(" ");
    assertThat(github.caller().subjectClaim()).isEqualTo("id");
    assertThat(github.caller().nameClaims()).containsExactly("login");
    assertThat(github.client().authentication())
        .contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
  }

  @Test
  void google_is_found_by_its_issuer() {
    ProviderSettings google =
        provider(
            properties(
                "oauth.preset", "google",
                "oauth.client-id", "s6BhdRkqt3",
                "oauth.client-secret", "gX1fBat3bV"));

    assertThat(google.endpoints().issuer()).contains("https://accounts.google.com");
    assertThat(google.endpoints().discovery()).isTrue();
    assertThat(google.request().scope()).isEqualTo(Scope.parse("openid profile email"));
  }

  @Test
  void a_preset_is_taken_by_the_providers_id() {
    Configuration configuration =
        read(
            properties(
                "oauth.providers", "google",
                "oauth.client-id", "s6BhdRkqt3",
                "oauth.client-secret", "gX1fBat3bV"));

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).endpoints().issuer())
        .contains("https://accounts.google.com");
  }

  @Test
  void an_expression_in_a_preset_is_resolved_from_the_configuration_or_has_its_default() {
    ClassLoader own =
        new OneMore(
            "issuer=http://localhost:${http.port:9080}/oidc/endpoint/demo",
            "client-id=showcase",
            "client-secret=${demo.client.secret:secret-of-the-showcase}");

    ProviderSettings byDefault = provider(readOwn(own));
    ProviderSettings set =
        provider(readOwn(own, "http.port", "8081", "demo.client.secret", "a$b-12345"));

    assertThat(byDefault.endpoints().issuer()).contains("http://localhost:9080/oidc/endpoint/demo");
    assertThat(byDefault.client().credentials().clientSecret())
        .contains(Secret.of("secret-of-the-showcase"));
    assertThat(set.endpoints().issuer()).contains("http://localhost:8081/oidc/endpoint/demo");
    assertThat(set.client().credentials().clientSecret()).contains(Secret.of("a$b-12345"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${http.port}", "${http.port", "${}", "${a:${b:c}}"})
  void an_expression_in_a_preset_that_cannot_be_resolved_is_an_error(String port) {
    Configuration configuration =
        readOwn(
            new OneMore("issuer=http://localhost:" + port + "/"),
            "oauth.client-id",
            "s6BhdRkqt3",
            "oauth.client-secret",
            "gX1fBat3bV");

    assertThat(configuration.problems())
        .extracting(ConfigurationProblem::mistake, ConfigurationProblem::source)
        .containsExactly(tuple(Mistake.EXPRESSION, "preset own"));
  }

  @Test
  void only_needed_expressions_are_resolved() {
    Configuration configuration =
        readOwn(
            new OneMore("issuer=https://server.example.com", "client-id=${nobody.set.this}"),
            "oauth.client-id",
            "s6BhdRkqt3",
            "oauth.client-secret",
            "gX1fBat3bV");

    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void nothing_of_a_preset_is_mixed_with_another_issuer() {
    ClassLoader own =
        new OneMore(
            "issuer=https://demo.example.com",
            "token-endpoint=https://demo.example.com/token",
            "client-id=showcase",
            "client-secret=secret-of-the-showcase",
            "scope=demo");

    Configuration configuration =
        readOwn(
            own,
            "oauth.issuer",
            "https://server.example.com",
            "oauth.client-id",
            "s6BhdRkqt3",
            "oauth.client-secret",
            "gX1fBat3bV");

    assertThat(mistakes(configuration)).containsExactly(Mistake.PRESET_OVERRULED);
    ProviderSettings provider = provider(configuration);
    assertThat(provider.endpoints().token()).isEmpty();
    assertThat(provider.request().scope()).isEqualTo(Scope.parse("openid profile email"));
    assertThat(mistakes(readOwn(own, "oauth.issuer", "https://server.example.com")))
        .contains(Mistake.MISSING, Mistake.SECRET_NEEDED);
  }

  @Test
  void a_preset_with_an_issuer_is_not_mixed_with_a_provider_that_has_none() {
    String[] endpoints = {
      "oauth.authorization-endpoint", "https://plain.example.com/authorize",
      "oauth.token-endpoint", "https://plain.example.com/token",
      "oauth.client-id", "s6BhdRkqt3",
      "oauth.client-secret", "gX1fBat3bV"
    };

    Configuration configuration =
        readOwn(new OneMore("issuer=https://demo.example.com"), endpoints);

    assertThat(mistakes(configuration)).containsExactly(Mistake.PRESET_OVERRULED);
    assertThat(provider(configuration).endpoints().issuer()).isEmpty();
    assertThat(provider(configuration).request().scope()).isEqualTo(Scope.NONE);
  }

  @Test
  void one_endpoint_of_a_preset_can_be_reached_elsewhere() {
    Configuration configuration =
        readOwn(
            new OneMore("issuer=https://demo.example.com"),
            "oauth.token-endpoint",
            "https://demo.internal.example.com/token",
            "oauth.client-id",
            "s6BhdRkqt3",
            "oauth.client-secret",
            "gX1fBat3bV");

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).endpoints().issuer()).contains("https://demo.example.com");
  }

  @Test
  void a_preset_without_issuer_serves_another_installation_of_the_same_software() {
    ProviderSettings enterprise =
        provider(
            properties(
                "oauth.preset", "github",
                "oauth.authorization-endpoint", "https://github.corp.example/login/oauth/authorize",
                "oauth.token-endpoint", "https://github.corp.example/login/oauth/access_token",
                "oauth.userinfo-endpoint", "https://github.corp.example/api/v3/user",
                "oauth.client-id", "s6BhdRkqt3",
                "oauth.client-secret", "gX1fBat3bV"));

    assertThat(enterprise.caller().subjectClaim()).isEqualTo("id");
    assertThat(enterprise.endpoints().token())
        .contains(URI.create("https://github.corp.example/login/oauth/access_token"));
  }

  /** Such as okta: whose it is nobody knows but the one who sets it. */
  @Test
  void a_preset_without_any_address_is_about_the_issuer_that_is_set() {
    Configuration configuration =
        readOwn(
            new OneMore("roles-claim=teams"),
            "oauth.issuer",
            "https://server.example.com",
            "oauth.client-id",
            "s6BhdRkqt3",
            "oauth.client-secret",
            "gX1fBat3bV");

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).caller().rolesClaims()).containsExactly("teams");
    assertThat(mistakes(readOwn(new OneMore("roles-claim=teams"), "oauth.client-id", "a")))
        .contains(Mistake.NO_ENDPOINT);
  }

  @Test
  void a_preset_with_the_same_issuer_goes_on() {
    assertThat(
            read(least("oauth.preset", "google", "oauth.issuer", "https://accounts.google.com"))
                .problems())
        .isEmpty();
  }

  @Test
  void a_file_for_the_secret_goes_before_the_presets_secret() {
    Configuration configuration =
        readOwn(
            new OneMore(
                "issuer=https://demo.example.com", "client-id=a", "client-secret=of-the-preset"),
            "oauth.client-secret-file",
            "/no/such/file");

    assertThat(mistakes(configuration)).containsExactly(Mistake.FILE_UNREADABLE);
  }

  @Test
  void unknown_keys_in_a_preset_are_told() {
    Configuration configuration =
        readOwn(
            new OneMore(
                "isuer=https://demo.example.com", "oauth.scope=a", "public-url=b", "preset=c"),
            "oauth.issuer",
            "https://server.example.com",
            "oauth.client-id",
            "s6BhdRkqt3",
            "oauth.client-secret",
            "gX1fBat3bV");

    assertThat(configuration.problems())
        .filteredOn(problem -> problem.mistake() == Mistake.UNKNOWN_KEY)
        .extracting(ConfigurationProblem::toString)
        .allMatch(line -> line.contains("[from preset own]"))
        .hasSize(4);
  }

  @Test
  void a_broken_file_is_no_preset() {
    assertThat(mistakes(readOwn(new OneMore("issuer=\\u12"), "oauth.client-id", "a")))
        .contains(Mistake.UNKNOWN_PRESET);
  }
}
