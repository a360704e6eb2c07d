package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.read;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is not understood closes the door: nothing wrong becomes the default, or something else.
 */
class BadValuesTest {

  private static final List<String> NO_URLS =
      List.of(
          "server.example.com",
          "//server.example.com",
          "https:server.example.com",
          "https://",
          "https:///path",
          "http://server.example.com",
          "http://127.0.0.1.example.com",
          "http://localhost.example.com",
          "http://localhost@server.example.com",
          "ftp://server.example.com",
          "file:///etc/passwd",
          "https://user:secret@server.example.com",
          "https://server.example.com/#fragment",
          "https://server.example.com/a b",
          "https://server.example.com:99999",
          "https://server.example.com:0/",
          "https://server.example.com\\@evil.example",
          "https://a.example.com,https://b.example.com");
  private static final List<String> NO_DURATIONS =
      List.of(
          "30", "30s", "-PT30S", "PT-30S", "PT", "P", "PT30S,", "PT30", "P1M", "PT9999H", "true");
  private static final List<String> NO_PATHS =
      List.of(
          "/",
          "oauth/x",
          "/oauth/x/",
          "/oauth//x",
          "//oauth",
          "/oauth/../x",
          "/oauth/.",
          "/oauth/*",
          "/oauth;x",
          "/oauth?x",
          "/oauth#x",
          "/oauth%2fx",
          "/oauth\\x",
          "https://a.example/x",
          "*.do");
  private static final List<String> NO_PATTERNS =
      List.of(
          ",",
          "about",
          "/about,assets/*",
          "*",
          "**",
          "/**",
          "/*/",
          "/assets/",
          "/assets/**",
          "/assets/*.css",
          "*.css",
          "/*.css",
          "/a*",
          "/assets*",
          "//",
          "/a//b",
          "/../a",
          "/a;b/*",
          "/a%2fb",
          "/a?b",
          "/about /assets/*");
  private static final List<String> NO_FILES = List.of("/", "/no/such/file", "\0");
  private static final List<String> NO_PAIRS = List.of(",", "a", "=b", "a b=c", "a=b,a=c", "a=b,c");

  private static final Map<Setting, List<String>> BAD = new EnumMap<>(Setting.class);

  static {
    BAD.put(
        Setting.PROVIDERS,
        List.of(
            ",", "Corp", "corp portal", "-corp", "corp-", "a--b", "a_b", "1", "a.b", "corp,corp"));
    BAD.put(Setting.DEFAULT_PROVIDER, List.of("corp", "Default", "default,default"));
    BAD.put(
        Setting.TRUSTED_PROXIES,
        List.of(
            ",",
            "proxy.example.com",
            "10.0.0.1/8",
            "10.0.0.0/33",
            "10.0.0/8",
            "256.0.0.1",
            "fd00::1/8",
            "fd00::/129",
            "[fd00::]/8",
            "10.0.0.0/8 fd00::/8",
            "*",
            "10.0.0.0/-1"));
    BAD.put(Setting.RELOAD_INTERVAL, durations("PT0.5S", "P2D"));
    BAD.put(Setting.DOCTOR, List.of("On", "true", "off,on", "localhost"));
    BAD.put(Setting.PRESET, List.of("gitea", "GitHub", "../presets/github", "github.properties"));
    BAD.put(Setting.ISSUER, urls("https://server.example.com?x"));
    BAD.put(
        Setting.ISSUER_ALIASES,
        List.of(
            ",", "https://server.example.com", "server example com", "serv\u00e9r", "a\u0000b"));
    BAD.put(
        Setting.ISSUER_TEMPLATE,
        Stream.concat(
                NO_URLS.stream().map(url -> url + "/{tenantid}"),
                Stream.of(
                    "https://server.example.com",
                    "https://server.example.com/{tenant}/v2.0",
                    "https://server.example.com/{tenantid}/{tenantid}",
                    "https://{tenantid}.example.com/v2.0",
                    "https://server.example.com/v2.0?{tenantid}",
                    "{tenantid}"))
            .toList());
    BAD.put(
        Setting.ALLOWED_TENANTS,
        List.of(",", "a/b", "a b", "*,contoso", "**", "-a", "a.", ".", "..", "{tenantid}", "a:b"));
    BAD.put(Setting.METADATA_URI, NO_URLS);
    BAD.put(Setting.DISCOVERY, List.of("on", "true", "false", "Off", "of", "auto,off"));
    BAD.put(Setting.AUTHORIZATION_ENDPOINT, NO_URLS);
    BAD.put(Setting.TOKEN_ENDPOINT, NO_URLS);
    BAD.put(Setting.USERINFO_ENDPOINT, NO_URLS);
    BAD.put(Setting.JWKS_URI, NO_URLS);
    BAD.put(Setting.END_SESSION_ENDPOINT, NO_URLS);
    BAD.put(Setting.REVOCATION_ENDPOINT, NO_URLS);
    BAD.put(Setting.CLIENT_SECRET, List.of("", " ", "gX1fBat3bV\n"));
    BAD.put(Setting.CLIENT_SECRET_FILE, NO_FILES);
    BAD.put(
        Setting.CLIENT_AUTHENTICATION,
        List.of("basic", "client-secret-basic", "CLIENT_SECRET_BASIC", "none", "false"));
    BAD.put(Setting.CLIENT_KEY_FILE, NO_FILES);
    BAD.put(Setting.CLIENT_ASSERTION_AUDIENCE, List.of("Issuer", "both", "https://a.example"));
    BAD.put(Setting.TLS_TRUST_STORE_FILE, NO_FILES);
    BAD.put(
        Setting.SCOPE,
        List.of(",", "a\"b", "a\\b", "\u00e9t\u00e9", "OpenID", "opnid email", "poenid"));
    BAD.put(Setting.SCOPE_SEPARATOR, List.of("blank", ";", "Comma"));
    BAD.put(Setting.RESPONSE_MODE, List.of("fragment", "form-post", "jwt", "query,form_post"));
    BAD.put(Setting.PKCE, List.of("true", "false", "no", "OFF", "optional", "S256", "plain", "of"));
    BAD.put(Setting.PROMPT, List.of("logn", "none login", "LOGIN", "force", ","));
    BAD.put(Setting.MAX_AGE, NO_DURATIONS);
    BAD.put(Setting.ACR_VALUES, List.of(","));
    BAD.put(Setting.UI_LOCALES, List.of(","));
    BAD.put(Setting.AUTHORIZATION_PARAMETERS, parameters("prompt=none", "code_challenge=x"));
    BAD.put(
        Setting.TOKEN_PARAMETERS, parameters("client_secret=x", "grant_type=password", "code=x"));
    BAD.put(Setting.LOGOUT_ID_TOKEN_HINT, List.of("true", "on", "OFF", "no"));
    BAD.put(Setting.LOGOUT_REDIRECT_PARAMETER, List.of("state", "a b", "a=b", "client_id"));
    BAD.put(Setting.LOGOUT_PARAMETERS, parameters("state=x", "id_token_hint=x", "client_id=x"));
    BAD.put(
        Setting.TOKEN_RESPONSE_TOLERANCE, List.of("true", "FORM_ENCODED", "form-encoded,any", ","));
    BAD.put(
        Setting.TOKEN_RESPONSE_MEMBERS,
        List.of(",", "a", "a:b", "a:access_token,b:access_token", ":access_token", "a:state"));
    BAD.put(
        Setting.PARAMETER_NAMES,
        List.of(
            ",",
            "client_id",
            "state:s",
            "nonce:n",
            "code_challenge:c",
            "redirect_uri:r",
            "client_id:state",
            "client_id:code",
            "client_id:client_secret",
            "client_id:a b",
            "client_id:a,scope:a"));
    BAD.put(Setting.CLAIMS_FROM, List.of(",", "idtoken", "id_token", "access_token", "none"));
    BAD.put(Setting.ID_TOKEN, List.of("true", "off", "optional", "Ignored"));
    BAD.put(Setting.NAME_CLAIM, List.of(","));
    BAD.put(Setting.ROLES_CLAIM, List.of(",", "groups,{client_id}/roles", "{"));
    BAD.put(Setting.ROLES_MAP, List.of(",", "a", ":a", "a:", "a=b", "a:b,a:c"));
    BAD.put(Setting.CLOCK_SKEW, durations("P1D", "PT10M1S"));
    BAD.put(
        Setting.ALLOWED_ALGORITHMS,
        List.of(
            "none", "RS256,none", "HS256", "RS256,HS256", "rs256", "RS1", "*", ",", "RS256 ES256"));
    BAD.put(Setting.AUDIENCE, List.of(","));
    BAD.put(Setting.CONNECT_TIMEOUT, durations("PT0S", "PT61S"));
    BAD.put(Setting.READ_TIMEOUT, durations("PT0S", "PT61S"));
    BAD.put(
        Setting.PROXY,
        List.of(
            "proxy", "proxy:", ":3128", "proxy:0", "proxy:99999", "http://proxy:3128", "a:b@c:1"));
    BAD.put(
        Setting.MAXIMUM_RESPONSE_SIZE,
        List.of("0", "-1", "1023", "300x", "1e6", "1 MB", "9999999999"));
    BAD.put(Setting.MAXIMUM_SESSION_SIZE, List.of("0", "-1", "4095", "1048577", "1 MB"));
    BAD.put(Setting.METADATA_REFRESH, durations("PT0S", "P2D"));
    BAD.put(Setting.REFRESH, List.of("on", "true", "false", "Off", "never"));
    BAD.put(Setting.REFRESH_LEAD, NO_DURATIONS);
    BAD.put(Setting.REFRESH_GRACE, durations("PT6M"));
    BAD.put(Setting.SESSION_MAXIMUM, durations("PT0S", "P400D"));
    BAD.put(Setting.CLUSTER_CACHE, List.of("a b", "/etc/x", "file:///a,file:///b", "ldap://x?y"));
    BAD.put(Setting.CLUSTER_DATA_SOURCE, List.of("jdbc/a, jdbc/b", "/jdbc", "jdbc a"));
    BAD.put(Setting.SESSION_IDLE, durations("PT0S", "PT0.5S"));
    BAD.put(Setting.ENCRYPTION_KEY_FILE, NO_FILES);
    BAD.put(Setting.ENCRYPTION_KEY_PREVIOUS_FILE, NO_FILES);
    BAD.put(Setting.PROTECTED_PATHS, Stream.concat(NO_PATTERNS.stream(), Stream.of("/")).toList());
    BAD.put(
        Setting.PUBLIC_PATHS,
        Stream.concat(NO_PATTERNS.stream(), Stream.of("/*", "/a,/*")).toList());
    BAD.put(Setting.CALLBACK_PATH, paths("/oauth/login", "/oauth/logged-out"));
    BAD.put(Setting.LOGIN_PATH, paths("/oauth/session"));
    BAD.put(Setting.LOGOUT_PATH, paths("/oauth/logged-out"));
    BAD.put(Setting.SESSION_PATH, paths("/oauth/callback"));
    BAD.put(Setting.LOGGED_OUT_PAGE, NO_PATHS.stream().filter(path -> !path.equals("/")).toList());
    BAD.put(
        Setting.PUBLIC_URL,
        urls(
            "https://portal.example.com/app",
            "https://portal.example.com?x",
            "https://a.example.com//"));
    BAD.put(
        Setting.REDIRECT_URI,
        List.of(
            "/oauth/callback",
            "http://portal.example.com/oauth/callback",
            "{public-url}{context}{callback-path}",
            "{public-url}/oauth/callback#x",
            "{public-url}{context-path}{callback-path}}",
            "{context-path}{callback-path}"));
    BAD.put(Setting.LOGIN_TIMEOUT, durations("PT0S", "PT2H"));
    BAD.put(Setting.MAXIMUM_PENDING_LOGINS, List.of("0", "-1", "21", "many", "8.0", "8 " + "8"));
    BAD.put(
        Setting.COOKIE_PREFIX,
        List.of("a b", "a=b", "a;b", "__Host-a", "-a", "\u00e9", "a".repeat(41)));
  }

  static {
    BAD.put(Setting.SESSION_EXPIRED, List.of("on", "Page", "page,login"));
    BAD.put(Setting.RENEWAL, List.of("on", "Silent", "off,silent"));
    BAD.put(Setting.CONTAINER_IDENTITY, List.of("true", "On", "auto"));
    BAD.put(Setting.PRESERVE_POST_SIZE, List.of("-1", "64 kB", "1e6", "9999999999"));
    BAD.put(Setting.COOKIE_PARTITIONED, List.of("true", "ON", "yes"));
    BAD.put(Setting.KEEP_FRAGMENT, List.of("true", "ON", "yes"));
    BAD.put(Setting.CALLBACK_FRAGMENT, List.of("off", "Drop", "keep,drop"));
    BAD.put(
        Setting.CHOOSE_BY,
        List.of("Page", "path", "host", "email-domain", "email", "default,page"));
    BAD.put(Setting.CHOOSE_HEADER, List.of("X Provider", "X-Provider:", "X\u00e9", "a".repeat(65)));
    BAD.put(Setting.SECOND_PROVIDER, List.of("Refuse", "true", "off", "replace,refuse"));
    BAD.put(Setting.PATHS, NO_PATTERNS);
    BAD.put(
        Setting.HOSTS,
        List.of(
            ",",
            "https://a.example",
            "a.example:443",
            "a.example/",
            "*.example",
            "a_b.example",
            "-a.example",
            "a..example",
            ".example",
            "a.example b.example",
            "[::1]",
            "a".repeat(64) + ".example"));
    BAD.put(
        Setting.EMAIL_DOMAINS,
        List.of(
            ",",
            "jane@example.com",
            "@example.com",
            "*",
            "*.",
            "**.example.com",
            "*example.com",
            ".example.com",
            "exam ple.com",
            "a.*.example"));
    BAD.put(Setting.LOGO_FILE, NO_FILES);
    BAD.put(Setting.METADATA_CACHE_DIRECTORY, List.of("/no/such/directory", "/etc/passwd", "\0"));
    BAD.put(
        Setting.FORWARD_PARAMETERS,
        List.of(
            ",",
            "state",
            "redirect_uri",
            "client_id",
            "scope",
            "response_mode",
            "request_uri",
            "max_age",
            "acr_values",
            "claims",
            "kc_idp_hint=google",
            "a&b"));
    for (Setting page :
        List.of(
            Setting.ERROR_PAGE,
            Setting.LOGOUT_PAGE,
            Setting.SESSION_EXPIRED_PAGE,
            Setting.CHOOSER_PAGE)) {
      BAD.put(page, NO_PATHS.stream().filter(path -> !path.equals("/")).toList());
    }
  }

  /** Any text will do. */
  private static final Set<Setting> FREE =
      EnumSet.of(
          Setting.CLIENT_ID,
          Setting.CLIENT_KEY_ID,
          Setting.CLIENT_TEAM_ID,
          Setting.TLS_TRUST_STORE_PASSWORD,
          Setting.SUBJECT_CLAIM,
          Setting.DISPLAY_NAME,
          Setting.DOCTOR_ROLE);

  private static List<String> urls(String... more) {
    return Stream.concat(NO_URLS.stream(), Arrays.stream(more)).toList();
  }

  private static List<String> durations(String... more) {
    return Stream.concat(NO_DURATIONS.stream(), Arrays.stream(more)).toList();
  }

  private static List<String> paths(String... more) {
    return Stream.concat(NO_PATHS.stream(), Arrays.stream(more)).toList();
  }

  private static List<String> parameters(String... more) {
    return Stream.concat(NO_PAIRS.stream(), Arrays.stream(more)).toList();
  }

  static Stream<Arguments> bad() {
    return BAD.entrySet().stream()
        .flatMap(
            entry -> entry.getValue().stream().map(text -> Arguments.of(entry.getKey(), text)));
  }

  @Test
  void every_setting_has_bad_values_or_takes_any_text() {
    Set<Setting> known = EnumSet.copyOf(FREE);
    known.addAll(BAD.keySet());
    assertThat(known).containsExactly(Setting.values());
  }

  /** What is in force while the configuration is broken is never less than the default. */
  @ParameterizedTest
  @MethodSource("bad")
  void a_bad_value_is_an_error_of_its_setting_and_opens_nothing(Setting setting, String text) {
    String key = Setting.PREFIX + setting.key();
    Map<String, String> properties = least(key, text);
    if (setting == Setting.CLIENT_SECRET_FILE) {
      properties.remove("oauth.client-secret");
    }

    Configuration configuration = read(properties);

    assertThat(configuration.isUsable()).isFalse();
    assertThat(configuration.providers()).isEmpty();
    assertThat(configuration.problems())
        .filteredOn(ConfigurationProblem::isError)
        .extracting(ConfigurationProblem::key)
        .contains(key);
    assertThat(configuration.application().paths().protectedPaths()).containsExactly("/*");
    assertThat(configuration.application().paths().publicPaths())
        .doesNotContain("/*")
        .allMatch(path -> path.startsWith("/"));
  }
}
