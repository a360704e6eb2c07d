package org.vestibule.provider;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.AuthorizationRequest;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.protocol.token.TokenResponseTolerance;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.ProviderSettings.ClaimSource;

/**
 * Reads the configuration from MicroProfile Config and tells everything that is wrong with it at
 * once. Nothing is asked of a network here.
 */
public final class SettingsReader {

  private static final String SINGLE_PROVIDER = "default";
  private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
  private static final int SHORTEST_SECRET = 8;
  private static final Set<String> SAMPLE_SECRETS =
      Set.of("changeit", "changeme", "password", "client-secret", "client_secret");
  private static final Set<String> TOKEN_REQUEST_OWN =
      Set.of(
          "grant_type",
          "code",
          "redirect_uri",
          "client_id",
          "client_secret",
          "code_verifier",
          "refresh_token");
  private static final Set<String> WITH_A_SETTING =
      Set.of("prompt", "max_age", "acr_values", "ui_locales");
  private static final Set<String> ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(366);

  private final Config config;
  private final Presets presets;
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  private SettingsReader(Config config, ClassLoader classLoader) {
    this.config = config;
    this.presets = new Presets(classLoader);
  }

  /**
   * @param classLoader where presets are found
   */
  public static Configuration read(Config config, ClassLoader classLoader) {
    return new SettingsReader(config, classLoader).read();
  }

  private Configuration read() {
    Values application = new Values(config, List.of(Setting.PREFIX), Map.of(), problems);
    List<String> ids = ids(application);
    Map<String, ProviderSettings> providers = new LinkedHashMap<>();
    ids.forEach(id -> providers.put(id, provider(id)));
    String defaultProvider =
        application.text(Setting.DEFAULT_PROVIDER).orElse(ids.isEmpty() ? "" : ids.get(0));
    if (!ids.isEmpty() && !ids.contains(defaultProvider)) {
      application.report(Mistake.UNKNOWN_PROVIDER, Setting.DEFAULT_PROVIDER, "");
    }
    ApplicationSettings settings = application(application);
    warnAboutMissingKey(settings, providers);
    problems.addAll(KnownKeys.check(config, ids));
    return new Configuration(settings, providers, defaultProvider, problems);
  }

  private List<String> ids(Values application) {
    List<String> ids = application.list(Setting.PROVIDERS);
    if (ids.isEmpty()) {
      return List.of(SINGLE_PROVIDER);
    }
    Set<String> mangled = new HashSet<>();
    for (String id : ids) {
      if (!id.matches(ID)) {
        application.report(Mistake.MALFORMED, Setting.PROVIDERS, "ids are like my-provider-2");
      } else if (!mangled.add(KnownKeys.mangle(id))) {
        application.report(Mistake.IDS_COLLIDE, Setting.PROVIDERS, id);
      }
    }
    return ids.stream().filter(id -> id.matches(ID)).distinct().toList();
  }

  private ProviderSettings provider(String id) {
    List<String> prefixes = List.of(Setting.PROVIDER_PREFIX + id + ".", Setting.PREFIX);
    Values unpreset = new Values(config, prefixes, Map.of(), problems);
    Values values = new Values(config, prefixes, preset(id, unpreset), problems);
    ProviderSettings.Endpoints endpoints = endpoints(values);
    ProviderSettings.Request request = request(values, endpoints);
    requireKeys(values, endpoints, request);
    return new ProviderSettings(
        id,
        endpoints,
        client(values),
        request,
        caller(values),
        checks(values),
        http(values),
        new ProviderSettings.Refresh(
            values.choice(Setting.REFRESH, Map.of("auto", true, "off", false)),
            values.duration(Setting.REFRESH_LEAD, DAY),
            values.duration(Setting.REFRESH_GRACE, Duration.ofMinutes(5))));
  }

  private Map<String, String> preset(String id, Values values) {
    Optional<String> named = values.text(Setting.PRESET);
    String name = named.orElse(id);
    Optional<Map<String, String>> preset = name.matches(ID) ? presets.find(name) : Optional.empty();
    if (named.isPresent() && preset.isEmpty()) {
      values.report(Mistake.UNKNOWN_PRESET, Setting.PRESET, "");
    }
    return preset.orElse(Map.of());
  }

  private ProviderSettings.Endpoints endpoints(Values values) {
    Optional<String> issuer =
        values.url(Setting.ISSUER).filter(url -> isIssuer(values, url)).map(URI::toString);
    boolean discovery = values.choice(Setting.DISCOVERY, Map.of("auto", true, "off", false));
    ProviderSettings.Endpoints endpoints =
        new ProviderSettings.Endpoints(
            issuer,
            discovery && issuer.isPresent(),
            values.url(Setting.AUTHORIZATION_ENDPOINT),
            values.url(Setting.TOKEN_ENDPOINT),
            values.url(Setting.USERINFO_ENDPOINT),
            values.url(Setting.JWKS_URI),
            values.url(Setting.END_SESSION_ENDPOINT),
            values.url(Setting.REVOCATION_ENDPOINT));
    boolean named = endpoints.authorization().isPresent() && endpoints.token().isPresent();
    if (!endpoints.discovery() && !named && !values.isSet(Setting.ISSUER)) {
      values.report(Mistake.NO_ENDPOINT, Setting.ISSUER, "");
    } else if (!discovery && !named) {
      values.report(Mistake.NO_ENDPOINT, Setting.DISCOVERY, "discovery is off");
    }
    return endpoints;
  }

  /** An issuer has no query (OpenID Connect Core section 1.2). */
  private static boolean isIssuer(Values values, URI url) {
    if (url.getRawQuery() != null) {
      values.report(Mistake.MALFORMED, Setting.ISSUER, "an issuer has no query");
      return false;
    }
    return true;
  }

  private static ProviderSettings.Client client(Values values) {
    Optional<String> clientId = values.text(Setting.CLIENT_ID);
    if (clientId.isEmpty()) {
      values.report(Mistake.MISSING, Setting.CLIENT_ID, "");
    }
    Optional<Secret> secret = values.secret(Setting.CLIENT_SECRET, Setting.CLIENT_SECRET_FILE);
    Map<String, Optional<ClientAuthenticationMethod>> choices = new LinkedHashMap<>();
    choices.put("auto", Optional.empty());
    for (ClientAuthenticationMethod method : ClientAuthenticationMethod.values()) {
      choices.put(method.registeredName(), Optional.of(method));
    }
    Optional<ClientAuthenticationMethod> method =
        values.choice(Setting.CLIENT_AUTHENTICATION, choices);
    if (method.isPresent() && method.get().needsSecret() && secret.isEmpty()) {
      values.report(Mistake.SECRET_NEEDED, Setting.CLIENT_AUTHENTICATION, "");
    }
    if (method.isPresent() && !method.get().needsSecret() && secret.isPresent()) {
      values.report(Mistake.SECRET_UNUSED, Setting.CLIENT_AUTHENTICATION, "");
    }
    secret
        .map(Secret::value)
        .filter(text -> text.length() < SHORTEST_SECRET || SAMPLE_SECRETS.contains(text))
        .ifPresent(text -> values.report(Mistake.SAMPLE_SECRET, Setting.CLIENT_SECRET, ""));
    return new ProviderSettings.Client(new ClientCredentials(clientId.orElse(""), secret), method);
  }

  private static ProviderSettings.Request request(
      Values values, ProviderSettings.Endpoints endpoints) {
    boolean plain = endpoints.issuer().isEmpty() && !values.isSet(Setting.SCOPE);
    Scope scope = plain ? Scope.NONE : Scope.parse(values.text(Setting.SCOPE).orElse(""));
    if (scope.isOpenId() && endpoints.issuer().isEmpty() && !values.isSet(Setting.ISSUER)) {
      values.report(Mistake.OPENID_NEEDS_ISSUER, Setting.SCOPE, "");
    }
    boolean pkce = values.choice(Setting.PKCE, Map.of("required", true, "off", false));
    if (!pkce) {
      values.report(Mistake.PKCE_OFF, Setting.PKCE, "");
    }
    Optional<Duration> maxAge = values.optionalDuration(Setting.MAX_AGE, YEAR);
    Parameters parameters =
        values
            .parameters(
                Setting.AUTHORIZATION_PARAMETERS,
                name -> AuthorizationRequest.OWN.contains(name) || WITH_A_SETTING.contains(name))
            .with("prompt", values.text(Setting.PROMPT))
            .with("max_age", maxAge.map(age -> Long.toString(age.toSeconds())))
            .with("acr_values", values.text(Setting.ACR_VALUES))
            .with("ui_locales", values.text(Setting.UI_LOCALES));
    return new ProviderSettings.Request(
        scope,
        values.choice(
            Setting.SCOPE_SEPARATOR, Map.of("space", " ", "comma", ",", ",", ",", "plus", "+")),
        values.choice(Setting.RESPONSE_MODE, Map.of("query", false, "form_post", true)),
        pkce,
        maxAge,
        values.text(Setting.ACR_VALUES).map(text -> List.of(text.split("\\s+"))).orElse(List.of()),
        parameters,
        values.parameters(Setting.TOKEN_PARAMETERS, TOKEN_REQUEST_OWN::contains));
  }

  private static void requireKeys(
      Values values, ProviderSettings.Endpoints endpoints, ProviderSettings.Request request) {
    if (request.scope().isOpenId()
        && endpoints.issuer().isPresent()
        && !endpoints.discovery()
        && endpoints.jwks().isEmpty()) {
      values.report(Mistake.KEYS_NEEDED, Setting.JWKS_URI, "");
    }
  }

  private static ProviderSettings.Caller caller(Values values) {
    Map<String, ClaimSource> sources =
        Map.of("id-token", ClaimSource.ID_TOKEN, "userinfo", ClaimSource.USERINFO);
    return new ProviderSettings.Caller(
        values.choices(Setting.CLAIMS_FROM, word -> Optional.ofNullable(sources.get(word))),
        values.text(Setting.SUBJECT_CLAIM).orElse("sub"),
        values.list(Setting.NAME_CLAIM),
        values.list(Setting.ROLES_CLAIM).stream()
            .map(path -> path.replace("{client-id}", values.text(Setting.CLIENT_ID).orElse("")))
            .toList(),
        values.map(Setting.ROLES_MAP));
  }

  private static ProviderSettings.Checks checks(Values values) {
    return new ProviderSettings.Checks(
        values.duration(Setting.CLOCK_SKEW, Duration.ofMinutes(10)),
        Set.copyOf(
            values.choices(
                Setting.ALLOWED_ALGORITHMS,
                word -> Optional.of(word).filter(ALGORITHMS::contains))),
        Set.copyOf(values.list(Setting.AUDIENCE)),
        Set.copyOf(values.choices(Setting.TOKEN_RESPONSE_TOLERANCE, TokenResponseTolerance::of)));
  }

  private static ProviderSettings.Http http(Values values) {
    Optional<Path> trustStore = values.file(Setting.TLS_TRUST_STORE_FILE);
    trustStore
        .filter(file -> !TrustedCertificates.areIn(file))
        .ifPresent(
            file -> values.report(Mistake.TRUST_STORE_UNUSABLE, Setting.TLS_TRUST_STORE_FILE, ""));
    return new ProviderSettings.Http(
        values.duration(Setting.CONNECT_TIMEOUT, Duration.ofMinutes(1)),
        values.duration(Setting.READ_TIMEOUT, Duration.ofMinutes(1)),
        proxy(values),
        values.integer(Setting.MAXIMUM_RESPONSE_SIZE, 1024, 64 * 1024 * 1024),
        values.duration(Setting.METADATA_REFRESH, DAY),
        trustStore);
  }

  private static Optional<InetSocketAddress> proxy(Values values) {
    return values
        .text(Setting.PROXY)
        .flatMap(
            text -> {
              int colon = text.lastIndexOf(':');
              if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
                values.report(Mistake.MALFORMED, Setting.PROXY, "host:port");
                return Optional.empty();
              }
              return Optional.of(
                  InetSocketAddress.createUnresolved(
                      text.substring(0, colon), Integer.parseInt(text.substring(colon + 1))));
            });
  }

  private static ApplicationSettings application(Values values) {
    return new ApplicationSettings(paths(values), browser(values), session(values));
  }

  private static ApplicationSettings.Paths paths(Values values) {
    List<String> publicPaths = patterns(values, Setting.PUBLIC_PATHS);
    if (publicPaths.contains("/*")) {
      values.report(Mistake.EVERYTHING_PUBLIC, Setting.PUBLIC_PATHS, "");
    }
    ApplicationSettings.Paths paths =
        new ApplicationSettings.Paths(
            patterns(values, Setting.PROTECTED_PATHS),
            publicPaths.stream().filter(pattern -> !pattern.equals("/*")).toList(),
            path(values, Setting.CALLBACK_PATH),
            path(values, Setting.LOGIN_PATH),
            path(values, Setting.LOGOUT_PATH),
            path(values, Setting.SESSION_PATH));
    List<String> own = List.of(paths.callback(), paths.login(), paths.logout(), paths.session());
    if (new HashSet<>(own).size() < own.size()) {
      values.report(Mistake.PATHS_COLLIDE, Setting.CALLBACK_PATH, "");
    }
    return paths;
  }

  /** Exact paths and folders; anything cleverer has been somebody's bypass. */
  private static List<String> patterns(Values values, Setting setting) {
    List<String> patterns = new ArrayList<>();
    for (String pattern : values.list(setting)) {
      String path = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
      if (path.startsWith("/") && isPlain(path)) {
        patterns.add(pattern);
      } else {
        values.report(Mistake.MALFORMED, setting, "patterns are like /about, /assets/* and /");
      }
    }
    return List.copyOf(patterns);
  }

  private static String path(Values values, Setting setting) {
    String path = values.text(setting).orElse("");
    if (path.length() > 1 && path.startsWith("/") && !path.endsWith("/") && isPlain(path)) {
      return path;
    }
    values.report(Mistake.MALFORMED, setting, "a path such as /oauth/callback");
    return setting.defaultValue();
  }

  private static boolean isPlain(String path) {
    return path.matches("(/[A-Za-z0-9._~@!$&'()+=-]*)+")
        && !path.contains("//")
        && !path.matches(".*/\\.{1,2}(/.*)?");
  }

  private static ApplicationSettings.Browser browser(Values values) {
    Duration loginTimeout = values.duration(Setting.LOGIN_TIMEOUT, Duration.ofHours(1));
    String cookiePrefix = values.text(Setting.COOKIE_PREFIX).orElse("");
    if (!cookiePrefix.matches("[A-Za-z0-9_-]{1,40}")) {
      values.report(Mistake.MALFORMED, Setting.COOKIE_PREFIX, "letters, digits, - and _");
      cookiePrefix = Setting.COOKIE_PREFIX.defaultValue();
    }
    return new ApplicationSettings.Browser(
        values
            .url(Setting.PUBLIC_URL)
            .filter(url -> isOrigin(values, url))
            .map(url -> url.toString().replaceFirst("/$", "")),
        values.text(Setting.REDIRECT_URI).orElse(""),
        loginTimeout,
        values.integer(Setting.MAXIMUM_PENDING_LOGINS, 1, 20),
        cookiePrefix,
        values.text(Setting.LOGGED_OUT_PAGE).map(page -> path(values, Setting.LOGGED_OUT_PAGE)));
  }

  private static boolean isOrigin(Values values, URI url) {
    boolean origin =
        url.getRawQuery() == null && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
    if (!origin) {
      values.report(Mistake.MALFORMED, Setting.PUBLIC_URL, "scheme, host and port only");
    }
    return origin;
  }

  private static ApplicationSettings.Session session(Values values) {
    return new ApplicationSettings.Session(
        values.duration(Setting.SESSION_MAXIMUM, YEAR),
        values.optionalDuration(Setting.SESSION_IDLE, YEAR),
        key(values, Setting.ENCRYPTION_KEY_FILE),
        key(values, Setting.ENCRYPTION_KEY_PREVIOUS_FILE));
  }

  private static Optional<Secret> key(Values values, Setting setting) {
    return values
        .secretIn(setting)
        .map(secret -> Secret.of(secret.value().strip()))
        .filter(
            secret -> {
              boolean usable = isKey(secret);
              if (!usable) {
                values.report(Mistake.KEY_UNUSABLE, setting, "");
              }
              return usable;
            });
  }

  private static boolean isKey(Secret secret) {
    try {
      return Base64.getDecoder().decode(secret.value()).length == 32;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void warnAboutMissingKey(
      ApplicationSettings application, Map<String, ProviderSettings> providers) {
    boolean anySecret =
        providers.values().stream()
            .anyMatch(provider -> provider.client().credentials().clientSecret().isPresent());
    if (application.session().encryptionKey().isEmpty() && !anySecret && !providers.isEmpty()) {
      problems.add(
          new ConfigurationProblem(
              Mistake.NO_SHARED_KEY, Setting.PREFIX + Setting.ENCRYPTION_KEY_FILE.key(), "", ""));
    }
  }
}
