package org.vestibule.provider;

import static org.vestibule.provider.Setting.Level.APPLICATION;
import static org.vestibule.provider.Setting.Level.PROVIDER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings, all of them: what the reader reads, what is known when an unknown key is found, and
 * what the reference documentation and {@code microprofile-config.properties} are made from.
 */
public enum Setting {
  // Which providers there are
  PROVIDERS(
      APPLICATION,
      "",
      "The ids of the providers, separated by commas. Without it there is one provider, whose"
          + " settings are those directly below oauth. and whose id is default."),
  DEFAULT_PROVIDER(APPLICATION, "", "The provider that is used when nobody chose: the first."),

  // Endpoints
  PRESET(
      PROVIDER,
      "",
      "The well-known provider whose addresses and ways are taken as defaults: the one named like"
          + " the id, if there is one."),
  ISSUER(
      PROVIDER,
      "",
      "The provider's issuer identifier, an https URL, exactly as the provider writes it. Its"
          + " metadata are found below it."),
  DISCOVERY(
      PROVIDER,
      "auto",
      "auto reads the metadata that the issuer publishes (OpenID Connect Discovery, RFC 8414); off"
          + " uses only what is set here."),
  AUTHORIZATION_ENDPOINT(
      PROVIDER, "", "Where the browser is sent to (RFC 6749 section 3.1), if not as published."),
  TOKEN_ENDPOINT(
      PROVIDER, "", "Where codes are redeemed (RFC 6749 section 3.2), if not as published."),
  USERINFO_ENDPOINT(
      PROVIDER,
      "",
      "Where the caller's claims come from: the UserInfo endpoint, or the profile address of a plain"
          + " OAuth 2.0 provider."),
  JWKS_URI(PROVIDER, "", "Where the provider's keys are, if not as published."),
  END_SESSION_ENDPOINT(
      PROVIDER, "", "Where the browser is sent to sign out at the provider, if not as published."),
  REVOCATION_ENDPOINT(
      PROVIDER, "", "Where tokens are revoked at logout (RFC 7009), if not as published."),

  // The client
  CLIENT_ID(PROVIDER, "", "The client identifier that the provider gave (RFC 6749 section 2.2)."),
  CLIENT_SECRET(PROVIDER, "", "The client secret; better in a file, see client-secret-file."),
  CLIENT_SECRET_FILE(
      PROVIDER, "", "A file with the client secret; a line end at its end does not count."),
  CLIENT_AUTHENTICATION(
      PROVIDER,
      "auto",
      "How the client authenticates at the provider: client_secret_basic, client_secret_post, none,"
          + " or auto: what the provider publishes, client_secret_basic if it is silent, none"
          + " without a secret."),
  TLS_TRUST_STORE_FILE(
      PROVIDER,
      "",
      "A PEM file with the certificates that are trusted at this provider, in place of the"
          + " server's trust store."),

  // The authorization request
  SCOPE(
      PROVIDER,
      "openid profile email",
      "What is asked for (RFC 6749 section 3.3), separated by spaces or commas. With openid the"
          + " login is OpenID Connect; a provider without issuer is asked for nothing by default."),
  SCOPE_SEPARATOR(
      PROVIDER, "space", "What the provider wants between two scopes: space, comma or plus."),
  RESPONSE_MODE(
      PROVIDER,
      "query",
      "How the answer comes back: query, or form_post, which keeps the code out of logs and needs"
          + " https."),
  PKCE(
      PROVIDER,
      "required",
      "required sends a code challenge with S256 always (RFC 7636). off gives up the protection"
          + " against injected codes and is for a provider that is known to break on it."),
  PROMPT(PROVIDER, "", "What the provider shall show: login, consent, select_account or none."),
  MAX_AGE(
      PROVIDER,
      "",
      "How long ago the user may have been authenticated at the provider; verified afterwards."),
  ACR_VALUES(
      PROVIDER,
      "",
      "The acceptable authentication context class references, preferred first; verified"
          + " afterwards."),
  UI_LOCALES(PROVIDER, "", "The languages for the provider's pages, such as de fr."),
  AUTHORIZATION_PARAMETERS(
      PROVIDER,
      "",
      "Further parameters of the authorization request: a=b,c=d. Those of the flow itself cannot be"
          + " replaced."),
  TOKEN_PARAMETERS(PROVIDER, "", "Further parameters of the token request: a=b,c=d, likewise."),
  TOKEN_RESPONSE_TOLERANCE(
      PROVIDER,
      "",
      "Ways in which this provider's token response is known to leave RFC 6749 section 5.1:"
          + " form-encoded, missing-token-type, any-success-status."),

  // Identity
  CLAIMS_FROM(
      PROVIDER,
      "id-token,userinfo",
      "Where claims are taken from, the first wins: id-token, userinfo."),
  SUBJECT_CLAIM(
      PROVIDER,
      "sub",
      "The claim of a plain OAuth 2.0 provider's profile that identifies a user for ever; with an ID"
          + " token it is always sub."),
  NAME_CLAIM(
      PROVIDER,
      "preferred_username,upn,email,name,sub",
      "The claims that can be the caller's name, the first present wins."),
  ROLES_CLAIM(
      PROVIDER,
      "groups,realm_access/roles,resource_access/{client-id}/roles",
      "The claims that hold roles, as paths; all of them count."),
  ROLES_MAP(
      PROVIDER,
      "",
      "Roles under other names: GRP-ADMIN:admin,GRP-STAFF:staff. A role that is not named stays as"
          + " it is."),

  // Checks
  CLOCK_SKEW(PROVIDER, "PT30S", "By how much the clocks may differ, at most PT10M."),
  ALLOWED_ALGORITHMS(
      PROVIDER,
      "RS256",
      "The signature algorithms that ID tokens may have: RS256, RS384, RS512, PS256, PS384, PS512,"
          + " ES256, ES384, ES512, EdDSA."),
  AUDIENCE(PROVIDER, "", "Audiences beside the client that an ID token may also be meant for."),

  // The back channel
  CONNECT_TIMEOUT(PROVIDER, "PT2S", "How long to wait for a connection to the provider."),
  READ_TIMEOUT(
      PROVIDER, "PT5S", "How long a whole answer of the provider may take, to its last byte."),
  PROXY(PROVIDER, "", "The HTTP proxy to the provider, host:port."),
  MAXIMUM_RESPONSE_SIZE(
      PROVIDER, "1048576", "The largest answer of the provider that is read, in bytes."),
  METADATA_REFRESH(
      PROVIDER,
      "PT1H",
      "How long the provider's metadata and keys are used before they are read again; the last good"
          + " ones go on if that fails."),

  // Tokens
  REFRESH(
      PROVIDER,
      "auto",
      "auto refreshes an access token that the application asks for when it is due; off never does."),
  REFRESH_LEAD(
      PROVIDER, "PT60S", "How long before its expiry an access token is due to be refreshed."),
  REFRESH_GRACE(
      PROVIDER,
      "PT30S",
      "How long a request that still holds the tokens from before a refresh is given the new ones."),

  // The session
  SESSION_MAXIMUM(
      APPLICATION, "PT12H", "How long after the login a user has to sign in again, at the latest."),
  SESSION_IDLE(
      APPLICATION,
      "",
      "After how long without a request a session ends; without it as the server is set."),
  ENCRYPTION_KEY_FILE(
      APPLICATION,
      "",
      "A file with 32 random bytes in Base64 (openssl rand -base64 32), the same on every node. It"
          + " seals the cookies of pending logins and encrypts tokens wherever the server stores its"
          + " sessions. Without it cookies are sealed with a key made from the client secret, and"
          + " stored sessions are not encrypted."),
  ENCRYPTION_KEY_PREVIOUS_FILE(
      APPLICATION,
      "",
      "The key from before a change of encryption-key-file, which can still open what it sealed."),

  // The browser
  PROTECTED_PATHS(APPLICATION, "/*", "The paths that need a login, below the context root."),
  PUBLIC_PATHS(
      APPLICATION,
      "",
      "The exceptions: a path (/about), a folder with all below it (/assets/*), or the root page"
          + " (/). Extensions are no patterns."),
  CALLBACK_PATH(APPLICATION, "/oauth/callback", "The path of the redirection URI."),
  LOGIN_PATH(APPLICATION, "/oauth/login", "The path that starts a login."),
  LOGOUT_PATH(APPLICATION, "/oauth/logout", "The path that signs out."),
  SESSION_PATH(APPLICATION, "/oauth/session", "The path of the JSON about the session."),
  LOGGED_OUT_PAGE(
      APPLICATION,
      "",
      "The public page of the application that is shown after a logout, in place of the built-in"
          + " one; a path below the context root."),
  PUBLIC_URL(
      APPLICATION,
      "",
      "The address under which browsers reach the server: scheme, host and, if need be, port. Only"
          + " loopback addresses work without it."),
  REDIRECT_URI(
      APPLICATION,
      "{public-url}{context-path}{callback-path}",
      "The redirection URI as it is registered at the provider."),
  LOGIN_TIMEOUT(APPLICATION, "PT10M", "How long a user may take at the provider; at most PT1H."),
  MAXIMUM_PENDING_LOGINS(
      APPLICATION,
      "8",
      "How many logins one browser may have begun and not finished, 1 to 20; the oldest is"
          + " forgotten."),
  COOKIE_PREFIX(
      APPLICATION, "vestibule", "How the names of the cookies begin, after __Host- under https.");

  /** The prefix of all keys. */
  public static final String PREFIX = "oauth.";

  /** The prefix of the keys of one provider, followed by its id. */
  public static final String PROVIDER_PREFIX = PREFIX + "provider.";

  /** Whether a setting belongs to the application or can differ by provider. */
  public enum Level {
    APPLICATION,
    PROVIDER
  }

  private final Level level;
  private final String defaultValue;
  private final String description;

  Setting(Level level, String defaultValue, String description) {
    this.level = level;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** The last part of the key, such as {@code client-id}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Level level() {
    return level;
  }

  /** As text; empty if there is none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** One or two sentences, ending with a full stop. */
  public String description() {
    return description;
  }

  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }
}
