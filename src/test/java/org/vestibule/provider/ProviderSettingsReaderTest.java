package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.properties;
import static org.vestibule.provider.Configurations.provider;
import static org.vestibule.provider.Configurations.read;
import static org.vestibule.provider.Configurations.without;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.protocol.token.TokenResponseTolerance;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.ProviderSettings.ClaimSource;
import org.vestibule.testing.ClientKeys;
import org.vestibule.testing.TestCertificates;

class ProviderSettingsReaderTest {

  private static final String KEY_FILE =
      ClientKeys.file(ClientKeys.pem(ClientKeys.ec("secp256r1"))).toString();

  @Test
  void without_further_settings_everything_is_at_its_safe_default() {
    assertThat(provider(Configurations.LEAST))
        .isEqualTo(
            new ProviderSettings(
                "default",
                "default",
                new ProviderSettings.Endpoints(
                    IssuerRule.exactly("https://server.example.com", Set.of()),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                new ProviderSettings.Client(
                    new ClientCredentials("s6BhdRkqt3", Optional.of(Secret.of("gX1fBat3bV"))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false),
                new ProviderSettings.Request(
                    Scope.parse("openid profile email"),
                    true,
                    " ",
                    false,
                    false,
                    true,
                    Optional.empty(),
                    List.of(),
                    Parameters.empty(),
                    Map.of(),
                    Parameters.empty(),
                    Set.of()),
                new ProviderSettings.Caller(
                    List.of(ClaimSource.ID_TOKEN, ClaimSource.USERINFO),
                    "sub",
                    List.of("preferred_username", "upn", "email", "name", "sub"),
                    List.of("groups", "realm_access/roles", "resource_access/s6BhdRkqt3/roles"),
                    Map.of()),
                new ProviderSettings.Checks(
                    Duration.ofSeconds(30), Set.of("RS256"), Set.of(), Set.of(), Map.of()),
                new ProviderSettings.Http(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Optional.empty(),
                    1048576,
                    Duration.ofHours(1),
                    Optional.empty(),
                    Optional.empty()),
                new ProviderSettings.Refresh(true, Duration.ofSeconds(60), Duration.ofSeconds(30)),
                new ProviderSettings.Logout(true, "post_logout_redirect_uri", Parameters.empty()),
                new ProviderSettings.Taken(List.of(), List.of(), List.of(), Optional.empty())));
  }

  /** As Amazon Cognito and Auth0 have it. */
  @Test
  void a_provider_may_have_a_logout_of_its_own_kind() {
    assertThat(
            provider(
                    least(
                        "oauth.logout-redirect-parameter", "logout_uri",
                        "oauth.logout-id-token-hint", "off",
                        "oauth.logout-parameters", "federated=true"))
                .logout())
        .isEqualTo(
            new ProviderSettings.Logout(
                false, "logout_uri", Parameters.empty().with("federated", "true")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_token_hint", "client_id", "state", "post_logout_redirect_uri"})
  void what_the_logout_sets_itself_cannot_be_set(String name) {
    assertThat(mistakes(read(least("oauth.logout-parameters", name + "=x"))))
        .containsExactly(Mistake.RESERVED_PARAMETER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "client_id", "a b", "a=b"})
  void the_parameter_for_the_way_back_has_a_name(String name) {
    assertThat(mistakes(read(least("oauth.logout-redirect-parameter", name))))
        .containsExactly(Mistake.MALFORMED);
  }

  /** No metadata, scopes joined by a comma, client_id and client_secret in the body. */
  @Test
  void a_provider_without_metadata_is_known_by_its_endpoints() {
    Map<String, String> properties =
        properties(
            "oauth.authorization-endpoint", "https://api.example.com/oauth/authorize",
            "oauth.token-endpoint", "https://api.example.com/oauth/token",
            "oauth.client-id", "s6BhdRkqt3",
            "oauth.client-secret", "gX1fBat3bV",
            "oauth.client-authentication", "client_secret_post",
            "oauth.scope", "write,read",
            "oauth.scope-separator", "comma",
            "oauth.callback-path", "/redirect");

    Configuration configuration = read(properties);

    assertThat(configuration.problems()).isEmpty();
    ProviderSettings provider = provider(configuration);
    assertThat(provider.endpoints().issuer()).isEmpty();
    assertThat(provider.endpoints().discovery()).isFalse();
    assertThat(provider.endpoints().token())
        .contains(URI.create("https://api.example.com/oauth/token"));
    assertThat(provider.request().scope().join(provider.request().scopeSeparator()))
        .isEqualTo("write,read");
    assertThat(provider.client().authentication())
        .contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    assertThat(configuration.application().paths().callback()).isEqualTo("/redirect");
  }

  @Test
  void without_issuer_nothing_is_asked_for_by_default() {
    assertThat(
            provider(
                    without(
                        least(
                            "oauth.authorization-endpoint", "https://api.example.com/authorize",
                            "oauth.token-endpoint", "https://api.example.com/token"),
                        "oauth.issuer"))
                .request()
                .scope())
        .isEqualTo(Scope.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oauth.authorization-endpoint", "oauth.token-endpoint"})
  void one_endpoint_is_not_enough(String key) {
    assertThat(mistakes(read(without(least(key, "https://api.example.com/x"), "oauth.issuer"))))
        .containsExactly(Mistake.NO_ENDPOINT);
    assertThat(mistakes(read(least(key, "https://api.example.com/x", "oauth.discovery", "off"))))
        .contains(Mistake.NO_ENDPOINT);
  }

  @ParameterizedTest
  @EnumSource(ClientAuthenticationMethod.class)
  void a_client_authentication_method_goes_by_its_registered_name(
      ClientAuthenticationMethod method) {
    Map<String, String> properties = least("oauth.client-authentication", method.registeredName());
    properties.put("oauth.client-secret", "ZJYCqe3GGRvdrudKyZS0XhGv_Z45DuKhCUk0gBR1vZk");
    if (!method.needsSecret()) {
      properties.remove("oauth.client-secret");
    }
    if (method == ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
      properties.put("oauth.client-key-file", KEY_FILE);
    }

    assertThat(provider(properties).client().authentication()).contains(method);
  }

  @Test
  void whoever_has_a_key_uses_it_unless_told_otherwise() {
    Map<String, String> withKey =
        without(least("oauth.client-key-file", KEY_FILE), "oauth.client-secret");

    assertThat(provider(withKey).client().authentication())
        .contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    withKey.put("oauth.client-team-id", "ABCDE12345");
    assertThat(provider(withKey).client().authentication())
        .contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    withKey.put("oauth.client-authentication", "private_key_jwt");
    assertThat(mistakes(read(withKey))).containsExactly(Mistake.MALFORMED);
    assertThat(mistakes(read(least("oauth.client-key-file", KEY_FILE))))
        .containsExactly(Mistake.SECRET_UNUSED);
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.client-key-file",
                        KEY_FILE,
                        "oauth.client-authentication",
                        "client_secret_basic"))))
        .containsExactly(Mistake.MALFORMED);
    assertThat(mistakes(read(least("oauth.client-key-id", "k1")))).containsExactly(Mistake.MISSING);
    assertThat(mistakes(read(least("oauth.client-team-id", "ABCDE12345"))))
        .containsExactly(Mistake.SECRET_UNUSED, Mistake.MISSING);
    assertThat(mistakes(read(least("oauth.client-authentication", "client_secret_jwt"))))
        .containsExactly(Mistake.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"space, ' '", "comma, ','", "plus, +", "',', ','", "+, +"})
  void a_scope_separator_has_a_name(String name, String separator) {
    assertThat(provider(least("oauth.scope-separator", name)).request().scopeSeparator())
        .isEqualTo(separator);
  }

  @Test
  void what_is_asked_for_becomes_parameters() {
    ProviderSettings.Request request =
        provider(
                least(
                    "oauth.prompt", "login consent",
                    "oauth.max-age", "PT1H",
                    "oauth.acr-values", "gold,silver",
                    "oauth.ui-locales", "de fr",
                    "oauth.response-mode", "form_post",
                    "oauth.authorization-parameters",
                        "login_hint=a@b.example, resource=https://a.example/?x=y,"
                            + "resource=https://b.example",
                    "oauth.token-parameters", "audience=x"))
            .request();

    assertThat(request.authorizationParameters().encode())
        .isEqualTo(
            "login_hint=a%40b.example&resource=https%3A%2F%2Fa.example%2F%3Fx%3Dy"
                + "&resource=https%3A%2F%2Fb.example"
                + "&prompt=login+consent&max_age=3600&acr_values=gold+silver&ui_locales=de+fr");
    assertThat(request.tokenParameters().encode()).isEqualTo("audience=x");
    assertThat(request.maxAge()).contains(Duration.ofHours(1));
    assertThat(request.acrValues()).containsExactly("gold", "silver");
    assertThat(request.formPost()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "response_mode",
        "request",
        "request_uri",
        "client_secret",
        "prompt",
        "max_age",
        "acr_values",
        "ui_locales"
      })
  void a_parameter_of_the_flow_cannot_be_replaced(String name) {
    assertThat(mistakes(read(least("oauth.authorization-parameters", name + "=x"))))
        .containsExactly(Mistake.RESERVED_PARAMETER);
    assertThat(mistakes(read(least("oauth.authorization-parameters", " " + name + " = x"))))
        .containsExactly(Mistake.RESERVED_PARAMETER);
  }

  /** AR-08. */
  @ParameterizedTest
  @CsvSource({"state=x, ''", "tenant=1&client_id=x, ''", "a=1, 'a=2'", "prompt=none, ''"})
  void a_parameter_of_the_endpoints_query_is_not_said_twice(String query, String more) {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.authorization-endpoint",
                        "https://server.example.com/authorize?" + query,
                        "oauth.prompt",
                        "login",
                        "oauth.authorization-parameters",
                        more))))
        .containsExactly(Mistake.DUPLICATE_PARAMETER);
  }

  @Test
  void a_query_of_the_endpoint_that_says_something_else_is_retained() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.authorization-endpoint",
                        "https://server.example.com/authorize?tenant=1&resource=a",
                        "oauth.authorization-parameters",
                        "b=1,resource=b"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"oauth.authorization-parameters", "oauth.token-parameters"})
  void a_parameter_that_is_named_twice_is_a_mistake(String key) {
    assertThat(mistakes(read(least(key, "a=1,b=2,a=1"))))
        .containsExactly(Mistake.DUPLICATE_PARAMETER);
  }

  @Test
  void a_provider_has_a_name_for_people() {
    assertThat(provider(least()).displayName()).isEqualTo("default");
    assertThat(provider(least("oauth.display-name", "Corporation Ltd.")).displayName())
        .isEqualTo("Corporation Ltd.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type",
        "code",
        "redirect_uri",
        "client_id",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "code_verifier",
        "refresh_token"
      })
  void a_parameter_of_the_token_request_cannot_be_replaced(String name) {
    assertThat(mistakes(read(least("oauth.token-parameters", name + "=x"))))
        .containsExactly(Mistake.RESERVED_PARAMETER);
  }

  @Test
  void identity_and_checks_are_read() {
    ProviderSettings provider =
        provider(
            least(
                "oauth.claims-from", "userinfo",
                "oauth.name-claim", "nickname, name",
                "oauth.roles-claim", "https://example.com/roles,{client-id}",
                "oauth.roles-map", "urn:x:ADMIN:admin, GRP STAFF : staff",
                "oauth.subject-claim", "id",
                "oauth.allowed-algorithms", "ES256,EdDSA",
                "oauth.audience", "a,b",
                "oauth.clock-skew", "PT0S",
                "oauth.token-response-tolerance", "form-encoded,any-success-status"));

    assertThat(provider.caller())
        .isEqualTo(
            new ProviderSettings.Caller(
                List.of(ClaimSource.USERINFO),
                "id",
                List.of("nickname", "name"),
                List.of("https://example.com/roles", "s6BhdRkqt3"),
                Map.of("urn:x:ADMIN", "admin", "GRP STAFF", "staff")));
    assertThat(provider.checks())
        .isEqualTo(
            new ProviderSettings.Checks(
                Duration.ZERO,
                Set.of("ES256", "EdDSA"),
                Set.of("a", "b"),
                Set.of(
                    TokenResponseTolerance.FORM_ENCODED, TokenResponseTolerance.ANY_SUCCESS_STATUS),
                Map.of()));
  }

  @Test
  void the_back_channel_is_read() {
    ProviderSettings.Http http =
        provider(
                least(
                    "oauth.connect-timeout", "PT0.1S",
                    "oauth.read-timeout", "PT1M",
                    "oauth.proxy", "proxy.example.com:3128",
                    "oauth.maximum-response-size", "1024",
                    "oauth.metadata-refresh", "P1D"))
            .http();

    assertThat(http)
        .isEqualTo(
            new ProviderSettings.Http(
                Duration.ofMillis(100),
                Duration.ofMinutes(1),
                Optional.of(InetSocketAddress.createUnresolved("proxy.example.com", 3128)),
                1024,
                Duration.ofDays(1),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void a_trust_store_is_a_file_of_certificates(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");

    for (Path file : List.of(empty, broken)) {
      assertThat(mistakes(read(least("oauth.tls-trust-store-file", file.toString()))))
          .containsExactly(Mistake.TRUST_STORE_UNUSABLE);
    }
  }

  @Test
  void a_trust_store_may_be_one_with_a_password() throws IOException {
    Configuration configuration =
        read(
            least(
                "oauth.tls-trust-store-file", TestCertificates.trustStore().toString(),
                "oauth.tls-trust-store-password", TestCertificates.trustStorePassword()));

    assertThat(provider(configuration).http().trustedCertificates())
        .contains(Files.readString(TestCertificates.authorityPem()));
    assertThat(configuration.settingsInEffect().toString())
        .doesNotContain(TestCertificates.trustStorePassword());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong"})
  void a_trust_store_without_its_password_is_told(String password) {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.tls-trust-store-file",
                        TestCertificates.trustStore().toString(),
                        "oauth.tls-trust-store-password",
                        password))))
        .containsExactly(Mistake.TRUST_STORE_UNUSABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "oauth.issuer, http://server.example.com",
    "oauth.token-endpoint, http://server.example.com/token"
  })
  void a_wrong_address_is_told_without_what_follows_from_it(String key, String address) {
    assertThat(mistakes(read(least(key, address)))).containsExactly(Mistake.NOT_HTTPS);
  }

  @Test
  void where_the_id_token_is_ignored_the_login_is_plain_and_that_is_told() {
    Configuration configuration = read(least("oauth.id-token", "ignored"));

    assertThat(mistakes(configuration)).containsExactly(Mistake.ID_TOKEN_IGNORED);
    assertThat(provider(configuration).request().openId()).isFalse();
    assertThat(provider(configuration).request().scope().isOpenId()).isTrue();
    assertThat(mistakes(read(least("oauth.id-token", "ignored", "oauth.max-age", "PT1H"))))
        .contains(Mistake.CHECK_NEEDS_OPENID);
    assertThat(mistakes(read(least("oauth.id-token", "ignored", "oauth.scope", "profile"))))
        .isEmpty();
  }

  @Test
  void the_keys_can_be_named_instead_of_discovered() {
    ProviderSettings provider =
        provider(
            least(
                "oauth.discovery", "off",
                "oauth.authorization-endpoint", "https://server.example.com/authorize",
                "oauth.token-endpoint", "https://server.example.com/token",
                "oauth.jwks-uri", "https://server.example.com/jwks"));

    assertThat(provider.endpoints().discovery()).isFalse();
    assertThat(provider.endpoints().jwks()).contains(URI.create("https://server.example.com/jwks"));
  }
}
