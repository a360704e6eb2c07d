package org.vestibule.provider;

import static org.vestibule.provider.AdapterFile.Format.KEYCLOAK;
import static org.vestibule.provider.AdapterFile.Format.OIDC;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.provider.AdapterFile.Format;

/**
 * The keys of {@link AdapterFile}s, all that their own readers know, and what becomes of each here.
 * A dot stands between an object's key and that of its member.
 */
enum AdapterKey {
  REALM("realm", Fate.TAKEN, "`issuer`, together with `auth-server-url`"),
  AUTH_SERVER_URL("auth-server-url", Fate.TAKEN, "`issuer`: `{auth-server-url}/realms/{realm}`"),
  PROVIDER_URL(OIDC, "provider-url", Fate.TAKEN, "`issuer`, before `auth-server-url`"),
  RESOURCE("resource", Fate.TAKEN, "`client-id`"),
  CLIENT_ID(OIDC, "client-id", Fate.TAKEN, "`client-id`, after `resource`"),
  PUBLIC_CLIENT("public-client", Fate.TAKEN, "true is `client-authentication=none`"),
  CREDENTIALS_PROVIDER(
      "credentials.provider",
      Fate.TAKEN,
      "which of the credentials count, where there are several"),
  SECRET("credentials.secret", Fate.TAKEN, "`client-secret`"),
  SECRET_JWT_SECRET(
      "credentials.secret-jwt.secret",
      Fate.TAKEN,
      "`client-secret`, with `client-authentication=client_secret_jwt`"),
  SECRET_JWT_ALGORITHM(
      "credentials.secret-jwt.algorithm",
      Fate.REFUSED,
      "HS256",
      "assertions are signed with HS256; register that for the client"),
  JWT_KEY_STORE_FILE(
      "credentials.jwt.client-keystore-file",
      Fate.ABSENT,
      "the client's key is read from PEM or JWK: take it out of the key store with"
          + " `openssl pkcs12 -nocerts -nodes` and set `client-key-file`; what is taken is"
          + " `client-authentication=private_key_jwt`"),
  JWT_KEY_STORE_PASSWORD("credentials.jwt.client-keystore-password", Fate.ABSENT, Why.KEY_STORE),
  JWT_KEY_STORE_TYPE("credentials.jwt.client-keystore-type", Fate.ABSENT, Why.KEY_STORE),
  JWT_KEY_PASSWORD("credentials.jwt.client-key-password", Fate.ABSENT, Why.KEY_STORE),
  JWT_KEY_ALIAS("credentials.jwt.client-key-alias", Fate.ABSENT, Why.KEY_STORE),
  JWT_ALGORITHM("credentials.jwt.algorithm", Fate.UNNEEDED, "the kind of the key says it"),
  JWT_TOKEN_EXPIRATION("credentials.jwt.token-expiration", Fate.UNNEEDED, Why.ASSERTION),
  JWT_TOKEN_TIMEOUT("credentials.jwt.token-timeout", Fate.UNNEEDED, Why.ASSERTION),

  SCOPE(OIDC, "scope", Fate.TAKEN, "`scope`, with openid"),
  PRINCIPAL_ATTRIBUTE(
      "principal-attribute", Fate.TAKEN, "`name-claim`, before sub; without it sub alone"),
  USE_RESOURCE_ROLE_MAPPINGS(
      "use-resource-role-mappings",
      Fate.TAKEN,
      "true is `roles-claim=resource_access/{client-id}/roles`, else `realm_access/roles`; both"
          + " files take roles from the access token, hence"
          + " `claims-from=id-token,userinfo,access-token`"),
  USE_REALM_ROLE_MAPPINGS(
      OIDC,
      "use-realm-role-mappings",
      Fate.TAKEN,
      "`realm_access/roles` in `roles-claim`, unless it is false"),
  TOKEN_SIGNATURE_ALGORITHM(OIDC, "token-signature-algorithm", Fate.TAKEN, "`allowed-algorithms`"),
  TOKEN_MINIMUM_TIME_TO_LIVE(
      "token-minimum-time-to-live", Fate.TAKEN, "`refresh-lead`, from seconds"),
  CONNECTION_TIMEOUT(
      "connection-timeout-millis", Fate.TAKEN, "`connect-timeout`, from milliseconds"),
  SOCKET_TIMEOUT("socket-timeout-millis", Fate.TAKEN, "`read-timeout`, from milliseconds"),
  PROXY_URL("proxy-url", Fate.TAKEN, "`proxy`, its host and port"),
  TRUST_STORE(
      "truststore",
      Fate.TAKEN,
      "`tls-trust-store-file`; a path with `classpath:` is an error, since it has to be a file"),
  TRUST_STORE_PASSWORD("truststore-password", Fate.TAKEN, "`tls-trust-store-password`"),

  BEARER_ONLY(
      "bearer-only",
      Fate.REFUSED,
      "false",
      "this signs users in and protects no service that is called with tokens alone"),
  POLICY_ENFORCER(
      KEYCLOAK,
      "policy-enforcer",
      Fate.REFUSED,
      "",
      "who may do what is said by roles and by access rules, `paths.<n>`, and not by Keycloak's"
          + " authorization services"),
  CLIENT_KEY_STORE(
      "client-keystore", Fate.REFUSED, "", "the client has no certificate of its own for TLS"),
  CLIENT_KEY_STORE_PASSWORD("client-keystore-password", Fate.ABSENT, Why.CERTIFICATE),
  CLIENT_KEY_PASSWORD("client-key-password", Fate.ABSENT, Why.CERTIFICATE),
  AUTHENTICATION_REQUEST_FORMAT(
      OIDC,
      "authentication-request-format",
      Fate.REFUSED,
      "oauth2",
      "requests are sent as parameters and not as request objects"),

  DISABLE_TRUST_MANAGER(
      "disable-trust-manager",
      Fate.KEPT,
      "false",
      "the provider's certificate is verified: name what it is issued by in"
          + " `tls-trust-store-file`"),
  ALLOW_ANY_HOSTNAME(
      "allow-any-hostname",
      Fate.KEPT,
      "false",
      "the host's name is verified: the provider needs a certificate with the name in `issuer`"),
  SSL_REQUIRED(
      "ssl-required",
      Fate.KEPT,
      "all external",
      "https is needed wherever the provider is, but for loopback addresses"),
  VERIFY_TOKEN_AUDIENCE(
      "verify-token-audience",
      Fate.KEPT,
      "true",
      "the audience of every ID token is verified; others beside the client are named in"
          + " `audience`"),
  TURN_OFF_CHANGE_SESSION_ID(
      "turn-off-change-session-id-on-login",
      Fate.KEPT,
      "false",
      "the session's identifier changes at every login"),

  REALM_PUBLIC_KEY(
      "realm-public-key",
      Fate.UNNEEDED,
      "keys are read from the provider, which can change them then"),
  ENABLE_PKCE("enable-pkce", Fate.UNNEEDED, "`pkce` is required by default"),
  CONFIDENTIAL_PORT(
      "confidential-port", Fate.UNNEEDED, "`public-url` says where browsers reach the server"),
  REDIRECT_REWRITE_RULES(
      "redirect-rewrite-rules",
      Fate.UNNEEDED,
      "`public-url` and `redirect-uri` say what the redirection URI is"),
  AUTODETECT_BEARER_ONLY(
      "autodetect-bearer-only",
      Fate.UNNEEDED,
      "scripts are answered 401 and pages are sent to the login by themselves"),
  IGNORE_OAUTH_QUERY_PARAMETER(
      "ignore-oauth-query-parameter", Fate.UNNEEDED, "no token is ever taken from a query"),
  CONNECTION_POOL_SIZE("connection-pool-size", Fate.UNNEEDED, Why.CONNECTIONS),
  CONNECTION_TTL("connection-ttl-millis", Fate.UNNEEDED, Why.CONNECTIONS),
  MIN_TIME_BETWEEN_JWKS_REQUESTS(
      "min-time-between-jwks-requests", Fate.UNNEEDED, "keys are never asked for in quick turn"),
  PUBLIC_KEY_CACHE_TTL(
      "public-key-cache-ttl",
      Fate.UNNEEDED,
      "keys are read again every `metadata-refresh`, and when a new one is seen"),
  ALWAYS_REFRESH_TOKEN(
      "always-refresh-token", Fate.UNNEEDED, "tokens are refreshed when they are due"),
  TOKEN_STORE("token-store", Fate.UNNEEDED, "tokens are in the session, encrypted if you want"),
  ADAPTER_STATE_COOKIE_PATH("adapter-state-cookie-path", Fate.UNNEEDED, Why.NO_COOKIE),
  TOKEN_COOKIE_PATH("token-cookie-path", Fate.UNNEEDED, Why.NO_COOKIE),
  REGISTER_NODE_AT_STARTUP("register-node-at-startup", Fate.UNNEEDED, Why.NODES),
  REGISTER_NODE_PERIOD("register-node-period", Fate.UNNEEDED, Why.NODES),

  ENABLE_BASIC_AUTH("enable-basic-auth", Fate.ABSENT, "passwords are for the provider alone"),
  EXPOSE_TOKEN(
      "expose-token", Fate.ABSENT, "no script gets a token; `/oauth/session` says who it is"),
  ENABLE_CORS("enable-cors", Fate.ABSENT, Why.CORS),
  CORS_MAX_AGE("cors-max-age", Fate.ABSENT, Why.CORS),
  CORS_ALLOWED_HEADERS("cors-allowed-headers", Fate.ABSENT, Why.CORS),
  CORS_ALLOWED_METHODS("cors-allowed-methods", Fate.ABSENT, Why.CORS),
  CORS_EXPOSED_HEADERS("cors-exposed-headers", Fate.ABSENT, Why.CORS),
  LOGOUT_PATH(OIDC, "logout-path", Fate.ABSENT, "set `logout-path`, which wants a button"),
  LOGOUT_CALLBACK_PATH(
      OIDC,
      "logout-callback-path",
      Fate.ABSENT,
      "register `/oauth/backchannel-logout` or `/oauth/frontchannel-logout` in its place"),
  LOGOUT_SESSION_REQUIRED(
      OIDC, "logout-session-required", Fate.UNNEEDED, "logout tokens may have sid or sub"),
  POST_LOGOUT_URI(OIDC, "post-logout-uri", Fate.ABSENT, "set `logged-out-page`"),
  REQUEST_OBJECT_SIGNING_ALGORITHM(OIDC, "request-object-signing-algorithm", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_ENCRYPTION_ALG(OIDC, "request-object-encryption-alg-value", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_ENCRYPTION_ENC(OIDC, "request-object-encryption-enc-value", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_KEY_STORE_FILE(OIDC, "request-object-signing-keystore-file", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_KEY_STORE_PASSWORD(
      OIDC, "request-object-signing-keystore-password", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_KEY_STORE_TYPE(OIDC, "request-object-signing-keystore-type", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_KEY_PASSWORD(OIDC, "request-object-signing-key-password", Why.REQUEST_OBJECT),
  REQUEST_OBJECT_KEY_ALIAS(OIDC, "request-object-signing-key-alias", Why.REQUEST_OBJECT);

  /** What becomes of a key. */
  enum Fate {
    /** It is one of our settings. */
    TAKEN(""),
    /** It has no effect, and nobody misses it. */
    UNNEEDED("Not needed: "),
    /** It has no effect, and there is nothing of the kind. */
    ABSENT("Not there: "),
    /** It asks for what must not be left out silently: an error. */
    REFUSED("An error, %s: "),
    /** It asks to leave out a check, which is made nevertheless: a warning. */
    KEPT("A warning, %s: ");

    private final String words;

    Fate(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** What several keys have in common. */
  private static final class Why {
    static final String KEY_STORE = "it is about the key store";
    static final String ASSERTION = "an assertion is good for one minute, and is used at once";
    static final String CERTIFICATE = "it is about the client's certificate";
    static final String CONNECTIONS = "connections are kept by themselves";
    static final String NO_COOKIE = "no token is in a cookie";
    static final String NODES = "the provider tells about logouts by OpenID Connect";
    static final String CORS =
        "the proxy before the application lets other sites in: a preflight has no session";
    static final String REQUEST_OBJECT = "it is about request objects";
  }

  private static final Set<AdapterKey> OBJECTS =
      EnumSet.of(POLICY_ENFORCER, REDIRECT_REWRITE_RULES);

  private final @Nullable Format only;
  private final String key;
  private final Fate fate;
  private final String harmless;
  private final String text;

  AdapterKey(String key, Fate fate, String text) {
    this(null, key, fate, "", text);
  }

  AdapterKey(String key, Fate fate, String harmless, String text) {
    this(null, key, fate, harmless, text);
  }

  AdapterKey(Format only, String key, Fate fate, String text) {
    this(only, key, fate, "", text);
  }

  AdapterKey(Format only, String key, String text) {
    this(only, key, Fate.ABSENT, "", text);
  }

  /**
   * @param only null if every format has it
   * @param harmless values that do not ask for what the key is there for, separated by blanks
   */
  AdapterKey(@Nullable Format only, String key, Fate fate, String harmless, String text) {
    this.only = only;
    this.key = key;
    this.fate = fate;
    this.harmless = harmless;
    this.text = text;
  }

  static List<AdapterKey> of(Format format) {
    return Arrays.stream(values())
        .filter(known -> known.only == null || known.only == format)
        .toList();
  }

  static Optional<AdapterKey> of(Format format, String key) {
    return of(format).stream().filter(known -> known.key.equals(key)).findFirst();
  }

  /** Whether there are keys of members of an object of this key. */
  static boolean isObject(String key) {
    return Arrays.stream(values()).anyMatch(known -> known.key.startsWith(key + "."));
  }

  /** As it is in the file. */
  String key() {
    return key;
  }

  Fate fate() {
    return fate;
  }

  /** Whether its value is an object whose members are not looked at. */
  boolean isObject() {
    return OBJECTS.contains(this);
  }

  /** Whether a value asks for what the key is there for. */
  boolean isWanted(String value) {
    return harmless.isEmpty()
        || Arrays.stream(harmless.split(" ")).noneMatch(value::equalsIgnoreCase);
  }

  /** Our setting; else why it has no effect, and what there is in its place. In Markdown. */
  String text() {
    return text;
  }
}
