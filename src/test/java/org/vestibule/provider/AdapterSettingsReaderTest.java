package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.config;
import static org.vestibule.provider.Configurations.properties;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.provider.AdapterFile.Format;
import org.vestibule.provider.AdapterKey.Fate;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Each key of the adapters' files, as their own readers know them, and what becomes of it. */
class AdapterSettingsReaderTest {

  private static final String SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";

  /** What every file says, in this order. */
  private static final Map<String, Object> LEAST =
      Json.read(
          """
          {"realm": "main", "auth-server-url": "https://login.example.com/", "resource": "portal",
           "credentials": {"secret": "%s"}}
          """
              .formatted(SECRET));

  /** What it becomes where nothing else is said. */
  private static final Map<Setting, String> USUAL =
      Map.of(
          Setting.ISSUER, "https://login.example.com/realms/main",
          Setting.CLIENT_ID, "portal",
          Setting.CLIENT_SECRET, SECRET,
          Setting.SCOPE, "openid",
          Setting.NAME_CLAIM, "sub",
          Setting.CLAIMS_FROM, "id-token,userinfo,access-token",
          Setting.ROLES_CLAIM, "realm_access/roles");

  /** For each key that is taken, a value and the settings that it changes; an empty one is gone. */
  private static final Map<AdapterKey, Taken> TAKEN = new EnumMap<>(AdapterKey.class);

  private record Taken(Object value, Map<Setting, String> changes) {}

  private static void taken(AdapterKey key, Object value, Setting setting, String text) {
    TAKEN.put(key, new Taken(value, Map.of(setting, text)));
  }

  static {
    taken(AdapterKey.REALM, "a b/c", Setting.ISSUER, "https://login.example.com/realms/a%20b%2Fc");
    taken(
        AdapterKey.AUTH_SERVER_URL,
        "https://sso.example.com/auth",
        Setting.ISSUER,
        "https://sso.example.com/auth/realms/main");
    taken(
        AdapterKey.PROVIDER_URL,
        "https://op.example.com/",
        Setting.ISSUER,
        "https://op.example.com/");
    taken(AdapterKey.RESOURCE, "shop", Setting.CLIENT_ID, "shop");
    taken(AdapterKey.CLIENT_ID, "shop", Setting.CLIENT_ID, "portal");
    TAKEN.put(
        AdapterKey.PUBLIC_CLIENT,
        new Taken(true, Map.of(Setting.CLIENT_AUTHENTICATION, "none", Setting.CLIENT_SECRET, "")));
    taken(AdapterKey.CREDENTIALS_PROVIDER, "secret", Setting.CLIENT_SECRET, SECRET);
    taken(AdapterKey.SECRET, " b,l%a\\nk ", Setting.CLIENT_SECRET, " b,l%a\\nk ");
    taken(AdapterKey.SECRET_JWT_SECRET, "another", Setting.CLIENT_SECRET, SECRET);
    taken(AdapterKey.SCOPE, "profile email", Setting.SCOPE, "openid profile email");
    taken(
        AdapterKey.PRINCIPAL_ATTRIBUTE,
        "preferred_username",
        Setting.NAME_CLAIM,
        "preferred_username,sub");
    taken(AdapterKey.USE_REALM_ROLE_MAPPINGS, true, Setting.ROLES_CLAIM, "realm_access/roles");
    taken(AdapterKey.TOKEN_SIGNATURE_ALGORITHM, "ES256", Setting.ALLOWED_ALGORITHMS, "ES256");
    taken(AdapterKey.TOKEN_MINIMUM_TIME_TO_LIVE, 10, Setting.REFRESH_LEAD, "PT10S");
    taken(AdapterKey.CONNECTION_TIMEOUT, 1500, Setting.CONNECT_TIMEOUT, "PT1.5S");
    taken(AdapterKey.SOCKET_TIMEOUT, "20000", Setting.READ_TIMEOUT, "PT20S");
    taken(AdapterKey.PROXY_URL, "http://proxy.example.com", Setting.PROXY, "proxy.example.com:80");
    taken(AdapterKey.TRUST_STORE, "/etc/trust.jks", Setting.TLS_TRUST_STORE_FILE, "/etc/trust.jks");
    taken(AdapterKey.TRUST_STORE_PASSWORD, "secret", Setting.TLS_TRUST_STORE_PASSWORD, "secret");
  }

  /** What asks for what a key is there for, and what does not. */
  private static final Map<AdapterKey, List<Object>> WANTED = new EnumMap<>(AdapterKey.class);

  private static final Map<AdapterKey, List<Object>> UNWANTED = new EnumMap<>(AdapterKey.class);

  static {
    WANTED.put(AdapterKey.BEARER_ONLY, List.of(true, "True", "yes"));
    WANTED.put(AdapterKey.POLICY_ENFORCER, List.of(Map.of(), Map.of("enforcement-mode", "x")));
    WANTED.put(AdapterKey.CLIENT_KEY_STORE, List.of("/etc/client.jks"));
    WANTED.put(AdapterKey.AUTHENTICATION_REQUEST_FORMAT, List.of("request", "request_uri"));
    WANTED.put(AdapterKey.SECRET_JWT_ALGORITHM, List.of("HS512"));
    WANTED.put(AdapterKey.DISABLE_TRUST_MANAGER, List.of(true, "true", "1"));
    WANTED.put(AdapterKey.ALLOW_ANY_HOSTNAME, List.of(true));
    WANTED.put(AdapterKey.SSL_REQUIRED, List.of("none", "NONE", "never"));
    WANTED.put(AdapterKey.VERIFY_TOKEN_AUDIENCE, List.of(false, "no"));
    WANTED.put(AdapterKey.TURN_OFF_CHANGE_SESSION_ID, List.of(true));
    UNWANTED.put(AdapterKey.BEARER_ONLY, List.of(false, "FALSE"));
    UNWANTED.put(AdapterKey.POLICY_ENFORCER, List.of());
    UNWANTED.put(AdapterKey.CLIENT_KEY_STORE, List.of());
    UNWANTED.put(AdapterKey.AUTHENTICATION_REQUEST_FORMAT, List.of("oauth2"));
    UNWANTED.put(AdapterKey.SECRET_JWT_ALGORITHM, List.of("HS256"));
    UNWANTED.put(AdapterKey.DISABLE_TRUST_MANAGER, List.of(false));
    UNWANTED.put(AdapterKey.ALLOW_ANY_HOSTNAME, List.of(false));
    UNWANTED.put(AdapterKey.SSL_REQUIRED, List.of("all", "external", "EXTERNAL"));
    UNWANTED.put(AdapterKey.VERIFY_TOKEN_AUDIENCE, List.of(true));
    UNWANTED.put(AdapterKey.TURN_OFF_CHANGE_SESSION_ID, List.of(false));
  }

  /** Every key with every format that has it. */
  private static Stream<Arguments> keys(Fate... fates) {
    return Arrays.stream(Format.values())
        .flatMap(
            format ->
                AdapterKey.of(format).stream()
                    .filter(key -> List.of(fates).contains(key.fate()))
                    .map(key -> Arguments.of(format, key)));
  }

  static Stream<Arguments> taken() {
    return keys(Fate.TAKEN)
        .filter(arguments -> arguments.get()[1] != AdapterKey.USE_RESOURCE_ROLE_MAPPINGS);
  }

  static Stream<Arguments> judged() {
    return keys(Fate.REFUSED, Fate.KEPT);
  }

  static Stream<Arguments> withoutEffect() {
    return keys(Fate.UNNEEDED, Fate.ABSENT);
  }

  /** The usual file with one more key, or another value of it. */
  private static AdapterSettings read(Format format, AdapterKey key, Object value) {
    return read(format, with(LEAST, key.key(), value));
  }

  private static AdapterSettings read(Format format, Map<String, Object> members) {
    return read(format, Json.write(members), Map.of());
  }

  private static AdapterSettings read(Format format, String json, Map<String, String> environment) {
    return AdapterSettingsReader.read(
        AdapterFile.of(format, json.getBytes(UTF_8)),
        config(properties("dir", "/opt"), environment));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> with(Map<String, Object> members, String path, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    int dot = path.indexOf('.');
    if (dot < 0) {
      more.put(path, value);
    } else {
      String name = path.substring(0, dot);
      Map<String, Object> inner = (Map<String, Object>) more.getOrDefault(name, Map.of());
      more.put(name, with(inner, path.substring(dot + 1), value));
    }
    return more;
  }

  /** All that is said, without what stands at its default there. */
  private static Map<Setting, String> settings(AdapterSettings read) {
    Map<Setting, String> settings = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      read.text(setting).ifPresent(text -> settings.put(setting, text));
    }
    return settings;
  }

  private static List<Mistake> mistakes(AdapterSettings read) {
    return read.problems().stream().map(ConfigurationProblem::mistake).toList();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void the_least_that_a_file_says_is_enough(Format format) {
    AdapterSettings read = read(format, LEAST);

    assertThat(settings(read)).isEqualTo(USUAL);
    assertThat(read.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("taken")
  void a_key_that_is_taken_is_a_setting(Format format, AdapterKey key) {
    Taken taken = TAKEN.get(key);
    Map<Setting, String> expected = new TreeMap<>(USUAL);
    expected.putAll(taken.changes());
    expected.values().removeIf(String::isEmpty);

    AdapterSettings read = read(format, key, taken.value());

    assertThat(settings(read)).isEqualTo(expected);
    assertThat(read.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("judged")
  void a_key_that_must_not_be_passed_over_is_told(Format format, AdapterKey key) {
    Mistake mistake =
        key.fate() == Fate.KEPT ? Mistake.ADAPTER_CHECK_KEPT : Mistake.ADAPTER_KEY_REFUSED;
    for (Object value : WANTED.get(key)) {
      AdapterSettings read = read(format, key, value);

      assertThat(mistakes(read)).as("%s", value).containsExactly(mistake);
      assertThat(read.problems().get(0).toString())
          .startsWith(mistake.code() + " " + key.key() + " [from " + format.path() + "]")
          .contains(key.text().replace("`", ""));
      assertThat(settings(read)).isEqualTo(USUAL);
    }
    for (Object value : UNWANTED.get(key)) {
      assertThat(read(format, key, value).problems()).as("%s", value).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("withoutEffect")
  void a_key_without_effect_is_noted_with_its_reason(Format format, AdapterKey key) {
    AdapterSettings read = read(format, key, "x");

    assertThat(mistakes(read)).containsExactly(Mistake.ADAPTER_KEYS_UNUSED);
    assertThat(read.problems().get(0).detail())
        .isEqualTo(key.key() + ": " + key.text().replace("`", ""));
    assertThat(settings(read)).isEqualTo(USUAL);
  }

  @Test
  void all_keys_without_effect_are_noted_at_once() {
    AdapterSettings read =
        read(Format.KEYCLOAK, with(with(LEAST, "enable-cors", true), "token-store", "cookie"));

    assertThat(read.problems()).hasSize(1);
    assertThat(read.problems().get(0).detail()).contains("token-store: ", "; enable-cors: ");
  }

  /** Each with what use-resource-role-mappings and use-realm-role-mappings say. */
  @ParameterizedTest
  @CsvSource({
    "KEYCLOAK, , , realm_access/roles",
    "KEYCLOAK, false, , realm_access/roles",
    "KEYCLOAK, true, , resource_access/{client-id}/roles",
    "OIDC, , , realm_access/roles",
    "OIDC, true, , 'resource_access/{client-id}/roles,realm_access/roles'",
    "OIDC, true, false, resource_access/{client-id}/roles",
    "OIDC, , true, realm_access/roles"
  })
  void roles_come_from_where_they_came_from_before(
      Format format, String ofClient, String ofRealm, String expected) {
    Map<String, Object> members = new LinkedHashMap<>(LEAST);
    if (ofClient != null) {
      members.put("use-resource-role-mappings", Boolean.valueOf(ofClient));
    }
    if (ofRealm != null) {
      members.put("use-realm-role-mappings", Boolean.valueOf(ofRealm));
    }

    AdapterSettings read = read(format, members);

    assertThat(read.text(Setting.ROLES_CLAIM)).contains(expected);
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void who_took_roles_from_nowhere_has_to_say_where_they_are() {
    AdapterSettings read = read(Format.OIDC, AdapterKey.USE_REALM_ROLE_MAPPINGS, false);

    assertThat(mistakes(read)).containsExactly(Mistake.ADAPTER_KEY_REFUSED);
  }

  @Test
  void a_provider_of_its_own_needs_no_realm() {
    AdapterSettings read =
        read(
            Format.OIDC,
            Map.of(
                "provider-url", "https://op.example.com",
                "client-id", "portal",
                "credentials", Map.of("secret", SECRET)));

    assertThat(read.text(Setting.ISSUER)).contains("https://op.example.com");
    assertThat(read.text(Setting.CLIENT_ID)).contains("portal");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void a_server_without_its_realm_is_no_issuer() {
    AdapterSettings read =
        read(Format.KEYCLOAK, Map.of("auth-server-url", "https://a.example", "resource", "portal"));

    assertThat(read.text(Setting.ISSUER)).isEmpty();
    assertThat(read.problems())
        .extracting(ConfigurationProblem::mistake, ConfigurationProblem::key)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Mistake.MISSING, "realm"));
  }

  @Test
  void a_secret_can_sign_assertions() {
    AdapterSettings read =
        read(
            Format.KEYCLOAK,
            with(
                LEAST,
                "credentials",
                Map.of("secret-jwt", Map.of("secret", SECRET, "algorithm", "HS256"))));

    assertThat(read.text(Setting.CLIENT_AUTHENTICATION)).contains("client_secret_jwt");
    assertThat(read.text(Setting.CLIENT_SECRET)).contains(SECRET);
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void the_provider_of_the_credentials_decides_which_of_them_count() {
    Map<String, Object> both =
        Map.of(
            "provider", "secret-jwt", "secret", "another", "secret-jwt", Map.of("secret", SECRET));

    AdapterSettings read = read(Format.KEYCLOAK, with(LEAST, "credentials", both));

    assertThat(read.text(Setting.CLIENT_AUTHENTICATION)).contains("client_secret_jwt");
    assertThat(read.text(Setting.CLIENT_SECRET)).contains(SECRET);
  }

  @Test
  void a_way_of_its_own_to_authenticate_the_client_is_refused() {
    AdapterSettings read =
        read(Format.KEYCLOAK, with(LEAST, "credentials", Map.of("provider", "my-own")));

    assertThat(mistakes(read)).containsExactly(Mistake.ADAPTER_KEY_REFUSED);
  }

  @Test
  void a_key_store_leaves_the_key_to_a_setting() {
    AdapterSettings read =
        read(
            Format.OIDC,
            with(
                LEAST,
                "credentials",
                Map.of("jwt", Map.of("client-keystore-file", "a.jks", "client-key-alias", "b"))));

    assertThat(read.text(Setting.CLIENT_AUTHENTICATION)).contains("private_key_jwt");
    assertThat(mistakes(read)).containsExactly(Mistake.ADAPTER_KEYS_UNUSED);
    assertThat(read.problems().get(0).detail()).contains("set client-key-file");
  }

  @Test
  void a_trust_store_in_the_application_is_not_a_file() {
    AdapterSettings read = read(Format.KEYCLOAK, AdapterKey.TRUST_STORE, "classpath:trust.jks");

    assertThat(mistakes(read)).containsExactly(Mistake.ADAPTER_KEY_REFUSED);
    assertThat(read.text(Setting.TLS_TRUST_STORE_FILE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example.com:3128, proxy.example.com:3128",
    "http://proxy.example.com/, proxy.example.com:80",
    "http://me:secret@proxy.example.com:3128, http://me:secret@proxy.example.com:3128",
    "proxy.example.com:3128, proxy.example.com:3128",
    "https://proxy.example.com, https://proxy.example.com",
    "'a b', 'a b'"
  })
  void an_address_of_a_proxy_is_its_host_and_port_or_judged_as_it_stands(
      String url, String expected) {
    assertThat(read(Format.KEYCLOAK, AdapterKey.PROXY_URL, url).text(Setting.PROXY))
        .contains(expected);
  }

  /** The adapters' own default, which is not ours. */
  @ParameterizedTest
  @CsvSource({"0", "-1"})
  void no_time_is_no_setting(String millis) {
    AdapterSettings read = read(Format.KEYCLOAK, AdapterKey.CONNECTION_TIMEOUT, millis);

    assertThat(settings(read)).isEqualTo(USUAL);
    assertThat(read.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "connection-timeout-millis, soon",
    "connection-timeout-millis, 1.5",
    "token-minimum-time-to-live, 99999999999",
    "public-client, yes",
    "use-resource-role-mappings, 1"
  })
  void what_is_not_understood_is_told(String key, String value) {
    AdapterSettings read = read(Format.KEYCLOAK, with(LEAST, key, value));

    assertThat(mistakes(read)).containsExactly(Mistake.MALFORMED);
    assertThat(read.problems().get(0).key()).isEqualTo(key);
  }

  @Test
  void a_list_is_no_text() {
    AdapterSettings read = read(Format.KEYCLOAK, with(LEAST, "resource", List.of("portal")));

    assertThat(mistakes(read)).containsExactly(Mistake.MALFORMED);
    assertThat(read.text(Setting.CLIENT_ID)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "resorce, did you mean resource?",
    "credentials.secert, did you mean credentials.secret?",
    "provider-url, ''"
  })
  void a_key_that_its_own_reader_does_not_know_is_told(String key, String hint) {
    AdapterSettings read = read(Format.KEYCLOAK, with(LEAST, key, "x"));

    assertThat(mistakes(read)).containsExactly(Mistake.UNKNOWN_KEY);
    assertThat(read.problems().get(0).key()).isEqualTo(key);
    assertThat(read.problems().get(0).detail()).isEqualTo(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "${env.CLIENT}, shop",
    "a-${env.CLIENT:x}-b, a-shop-b",
    "${env.MISSING:portal}, portal",
    "${dir}/a, /opt/a",
    "${missing:https://a}, https://a"
  })
  void expressions_are_resolved_as_the_adapters_do(String text, String expected) {
    String json = Json.write(with(LEAST, "resource", text));

    AdapterSettings read = read(Format.OIDC, json, Map.of("CLIENT", "shop"));

    assertThat(read.text(Setting.CLIENT_ID)).contains(expected);
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void an_expression_that_cannot_be_resolved_is_told_and_is_no_text() {
    AdapterSettings read = read(Format.OIDC, AdapterKey.SECRET, "${env.MISSING}");

    assertThat(mistakes(read)).containsExactly(Mistake.EXPRESSION);
    assertThat(read.find(Setting.CLIENT_SECRET))
        .hasValueSatisfying(value -> assertThat(value.isBroken()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"''", "[]", "{", "'{\"realm\": \"a\", \"realm\": \"b\"}'", "'{} {}'", "\u00fe"})
  void what_is_no_json_object_is_told_and_says_nothing(String json) {
    AdapterSettings read = read(Format.KEYCLOAK, json, Map.of());

    assertThat(mistakes(read)).containsExactly(Mistake.ADAPTER_FILE_MALFORMED);
    assertThat(settings(read)).isEmpty();
  }

  @Test
  void a_file_is_not_longer_than_64_kib() {
    String json = Json.write(LEAST);
    String most = json + " ".repeat(AdapterFile.LONGEST - json.length());

    assertThat(read(Format.KEYCLOAK, most, Map.of()).problems()).isEmpty();
    assertThat(mistakes(read(Format.KEYCLOAK, most + " ", Map.of())))
        .containsExactly(Mistake.ADAPTER_FILE_MALFORMED);
  }

  @Test
  void no_message_has_a_value() {
    for (Format format : Format.values()) {
      for (AdapterKey key : AdapterKey.of(format)) {
        for (Object value : List.of(SECRET, List.of(SECRET), Map.of("a", SECRET))) {
          AdapterSettings read = read(format, key, value);

          assertThat(read.problems().toString()).doesNotContain(SECRET);
          for (Setting setting : Setting.values()) {
            assertThat(read.find(setting).toString()).doesNotContain(SECRET);
          }
        }
      }
    }
  }

  @Test
  void every_key_has_an_example_here() {
    assertThat(TAKEN.keySet())
        .containsExactlyElementsOf(
            Arrays.stream(AdapterKey.values())
                .filter(key -> key.fate() == Fate.TAKEN)
                .filter(key -> key != AdapterKey.USE_RESOURCE_ROLE_MAPPINGS)
                .toList());
    assertThat(WANTED.keySet())
        .isEqualTo(UNWANTED.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AdapterKey.values())
                .filter(key -> key.fate() == Fate.REFUSED || key.fate() == Fate.KEPT)
                .toList());
  }
}
