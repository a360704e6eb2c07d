package org.vestibule.provider;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings, all of them: what the reader reads, what is known when an unknown key is found, and
 * what the reference documentation and {@code microprofile-config.properties} are made from.
 */
public enum Setting {
  PROVIDERS(
      Group.PROVIDERS,
      "",
      "The ids of the providers, separated by commas, in the order in which they are offered."
          + " Without it there is one provider, whose settings are those directly below oauth. and"
          + " whose id is default."),
  DEFAULT_PROVIDER(
      Group.PROVIDERS, "", "The provider that is used when nobody chooses; without it the first."),

  PRESET(
      Group.ENDPOINTS,
      "",
      "The well-known provider whose addresses and ways are taken as defaults, such as google,"
          + " github or keycloak, or one that the application brings; the manual's page about"
          + " providers has them all. Without it the one named like the provider's id, if there is"
          + " one. Where another issuer is set than a preset's own, or the endpoints of a provider"
          + " without one, nothing of the preset is used."),
  DISPLAY_NAME(
      Group.ENDPOINTS,
      "",
      "The provider's name for people, where they choose among several; without it the id."),
  ISSUER(
      Group.ENDPOINTS,
      "",
      "The provider's issuer identifier, an https URL, exactly as the provider writes it. Its"
          + " metadata are found below it."),
  ISSUER_ALIASES(
      Group.ENDPOINTS,
      "",
      "Further names under which the provider speaks of itself as that issuer, separated by commas,"
          + " each exactly as it writes them, such as accounts.google.com. Whoever signs in is the"
          + " same person under each."),
  ISSUER_TEMPLATE(
      Group.ENDPOINTS,
      "",
      "For a provider with many tenants, whose metadata have a template in place of an issuer: the"
          + " template, exactly as it writes it, with {tenantid} for the tenant. An ID token has to"
          + " name the template with its own tid as its issuer, and the tenant has to be one of"
          + " allowed-tenants. issuer only says where the metadata are, then."),
  ALLOWED_TENANTS(
      Group.ENDPOINTS,
      "",
      "The tenants of issuer-template whose people may sign in: identifiers, separated by commas."
          + " * allows all of them, which gives up that somebody vouches for who signs in: with many"
          + " providers everybody can make a tenant, and users with any name, address, role and group"
          + " in it."),
  METADATA_URI(
      Group.ENDPOINTS,
      "",
      "Where the metadata are, for a provider that has them elsewhere than below its issuer. They"
          + " still have to be those of issuer, to the letter."),
  DISCOVERY(
      Group.ENDPOINTS,
      "auto",
      "auto reads the metadata that the issuer publishes (OpenID Connect Discovery, RFC 8414); off"
          + " uses only what is set here."),
  AUTHORIZATION_ENDPOINT(
      Group.ENDPOINTS,
      "",
      "Where the browser is sent to (RFC 6749 section 3.1), if not as published."),
  TOKEN_ENDPOINT(
      Group.ENDPOINTS, "", "Where codes are redeemed (RFC 6749 section 3.2), if not as published."),
  USERINFO_ENDPOINT(
      Group.ENDPOINTS,
      "",
      "Where the caller's claims come from: the UserInfo endpoint, or the profile address of a"
          + " plain OAuth 2.0 provider."),
  JWKS_URI(Group.ENDPOINTS, "", "Where the provider's keys are, if not as published."),
  END_SESSION_ENDPOINT(
      Group.ENDPOINTS,
      "",
      "Where the browser is sent to sign out at the provider, if not as published."),
  REVOCATION_ENDPOINT(
      Group.ENDPOINTS, "", "Where tokens are revoked at logout (RFC 7009), if not as published."),

  CLIENT_ID(
      Group.CLIENT, "", "The client identifier that the provider gave (RFC 6749 section 2.2)."),
  CLIENT_SECRET(
      Group.CLIENT,
      "",
      "The client secret, better kept in a file, see client-secret-file. It is taken as it stands,"
          + " blanks included; only ${ begins an expression of MicroProfile Config."),
  CLIENT_SECRET_FILE(
      Group.CLIENT,
      "",
      "A file with the client secret, taken as it stands but for one line end at its end."),
  CLIENT_AUTHENTICATION(
      Group.CLIENT,
      "auto",
      "How the client authenticates at the provider (RFC 6749 section 2.3): client_secret_basic,"
          + " client_secret_post, client_secret_jwt, private_key_jwt, or auto, which is"
          + " private_key_jwt with a client-key-file, else what the provider publishes and"
          + " client_secret_basic if it is silent; none for a public client, which has no secret"
          + " and has to say so."),
  CLIENT_KEY_FILE(
      Group.CLIENT,
      "",
      "A file with the client's private key, as PEM (PKCS #8) or JWK: RSA, or EC on P-256, P-384 or"
          + " P-521. Its public half is served at /oauth/jwks for the provider, if the file tells"
          + " it."),
  CLIENT_KEY_ID(Group.CLIENT, "", "The kid by which the provider knows that key."),
  CLIENT_TEAM_ID(
      Group.CLIENT,
      "",
      "The identifier of the team that the key belongs to. With it the client secret is a JWT that"
          + " is made from client-key-file for each request, as Sign in with Apple wants it."),
  CLIENT_ASSERTION_AUDIENCE(
      Group.CLIENT,
      "issuer",
      "Whom assertions of client_secret_jwt and private_key_jwt are for: issuer, or token-endpoint"
          + " for servers that are older than that rule (RFC 7523 section 3). token-endpoint lets a"
          + " server that names another's endpoint as its own use what was meant for that one."),
  TLS_TRUST_STORE_FILE(
      Group.CLIENT,
      "",
      "A file with the certificates that are trusted at this provider, in place of the server's"
          + " trust store: PEM, PKCS #12 or JKS."),
  TLS_TRUST_STORE_PASSWORD(
      Group.CLIENT, "", "The password of tls-trust-store-file, if it is PKCS #12 or JKS."),

  SCOPE(
      Group.REQUEST,
      "openid profile email",
      "What is asked for (RFC 6749 section 3.3), separated by spaces or commas. With openid the"
          + " login is OpenID Connect. A provider without issuer is asked for nothing by default."),
  SCOPE_SEPARATOR(
      Group.REQUEST,
      "space",
      "What the provider wants between two scopes: space, as the RFC says, comma or plus."),
  RESPONSE_MODE(
      Group.REQUEST,
      "query",
      "How the answer comes back: query, or form_post, which keeps the code out of logs and whose"
          + " cookies need https."),
  CALLBACK_FRAGMENT(
      Group.REQUEST,
      "keep",
      "drop is for a provider that adds a fragment of its own to the redirection URI, as Facebook"
          + " does with #_=_: browsers take it along to the application's page."),
  PKCE(
      Group.REQUEST,
      "required",
      "required sends a code challenge with S256 always (RFC 7636). off gives up the protection"
          + " against injected codes and is for a provider that is known to break on it."),
  PROMPT(
      Group.REQUEST,
      "",
      "What the provider shall show: login, consent, select_account, create, or none alone."),
  MAX_AGE(
      Group.REQUEST,
      "",
      "How long ago the user may have been authenticated at the provider, as a duration; verified"
          + " in the ID token, hence only with openid."),
  ACR_VALUES(
      Group.REQUEST,
      "",
      "The acceptable authentication context class references, preferred first, separated by spaces"
          + " or commas; verified in the ID token, hence only with openid."),
  UI_LOCALES(Group.REQUEST, "", "The languages for the provider's pages, such as de fr."),
  AUTHORIZATION_PARAMETERS(
      Group.REQUEST,
      "",
      "Further parameters of the authorization request: a=b,c=d. Those of the flow itself cannot be"
          + " replaced, and no name may occur twice but resource (RFC 8707)."),
  PARAMETER_NAMES(
      Group.REQUEST,
      "",
      "What the provider calls client_id, client_secret or scope in its requests, as TikTok does:"
          + " client_id:client_key."),
  TOKEN_PARAMETERS(
      Group.REQUEST, "", "Further parameters of the token request: a=b,c=d, likewise."),
  FORWARD_PARAMETERS(
      Group.REQUEST,
      "",
      "Parameters of the authorization request that a link may set, such as kc_idp_hint or"
          + " login_hint: by the address of the login, or by that of the page that needs it. Anybody"
          + " can write such a link. What the settings say of a parameter is not replaced."),
  TOKEN_RESPONSE_TOLERANCE(
      Group.REQUEST,
      "",
      "Ways in which this provider's token response is known to leave RFC 6749 section 5.1:"
          + " form-encoded, missing-token-type, odd-token-type (any text but those of tokens that are"
          + " bound to a key; gives up that another type is noticed), any-content-type (gives up that"
          + " a page in place of an answer is noticed by its type), any-success-status."),
  TOKEN_RESPONSE_MEMBERS(
      Group.REQUEST,
      "",
      "Members of the token response that the provider calls otherwise or has further down:"
          + " accessToken:access_token,expiresIn:expires_in, with paths such as"
          + " authed_user/access_token on the left. What they say is checked as ever."),

  CLAIMS_FROM(
      Group.IDENTITY,
      "id-token,userinfo",
      "Where claims are taken from, the first wins: id-token, userinfo, access-token. An access"
          + " token has to be a JWT of the provider then; it is meant for others and may change."),
  ID_TOKEN(
      Group.IDENTITY,
      "required",
      "required wants an ID token wherever the scope has openid, and verifies it. ignored is for a"
          + " provider whose ID tokens cannot be verified: they are not looked at, and who it is"
          + " comes from the UserInfo endpoint alone, as with plain OAuth 2.0. That gives up nonce,"
          + " max-age and acr-values, so that PKCE is all that protects against injected codes."),
  SUBJECT_CLAIM(
      Group.IDENTITY,
      "sub",
      "The claim of a plain OAuth 2.0 provider's profile that identifies a user for ever, as a path"
          + " such as data/id; with an ID token it is always sub."),
  NAME_CLAIM(
      Group.IDENTITY,
      "preferred_username,upn,email,name,sub",
      "The claims that can be the caller's name, the first present wins."),
  ROLES_CLAIM(
      Group.IDENTITY,
      "groups,realm_access/roles,resource_access/{client-id}/roles",
      "The claims that hold roles, as paths; all of them count."),
  ROLES_MAP(
      Group.IDENTITY,
      "",
      "Roles under other names: GRP-ADMIN:admin,GRP-STAFF:staff. A role that is not named stays as"
          + " it is."),

  CLOCK_SKEW(Group.CHECKS, "PT30S", "By how much the clocks may differ, at most PT10M."),
  ALLOWED_ALGORITHMS(
      Group.CHECKS,
      "RS256",
      "The signature algorithms that ID tokens may have: RS256, RS384, RS512, PS256, PS384, PS512,"
          + " ES256, ES384, ES512, EdDSA."),
  AUDIENCE(Group.CHECKS, "", "Audiences beside the client that an ID token may also be meant for."),

  CONNECT_TIMEOUT(Group.BACK_CHANNEL, "PT2S", "How long to wait for a connection to the provider."),
  READ_TIMEOUT(
      Group.BACK_CHANNEL,
      "PT5S",
      "How long a whole answer of the provider may take, to its last byte."),
  PROXY(Group.BACK_CHANNEL, "", "The HTTP proxy to the provider, as host:port."),
  MAXIMUM_RESPONSE_SIZE(
      Group.BACK_CHANNEL, "1048576", "The largest answer of the provider that is read, in bytes."),
  METADATA_REFRESH(
      Group.BACK_CHANNEL,
      "PT1H",
      "How long the provider's metadata and keys are used before they are read again; the last good"
          + " ones go on if that fails."),
  METADATA_CACHE_DIRECTORY(
      Group.BACK_CHANNEL,
      "",
      "A directory for copies of the provider's metadata and keys, so that the application can start"
          + " while the provider is down. A copy is used for a day at most. Whoever can write there"
          + " can sign in as anybody: only the server may."),

  REFRESH(
      Group.TOKENS,
      "auto",
      "auto refreshes an access token that the application asks for when it is due; off never"
          + " does."),
  REFRESH_LEAD(
      Group.TOKENS, "PT60S", "How long before its expiry an access token is due to be refreshed."),
  REFRESH_GRACE(
      Group.TOKENS,
      "PT30S",
      "How long a request that still holds the tokens from before a refresh is given the new"
          + " ones, at most PT5M."),

  LOGOUT_ID_TOKEN_HINT(
      Group.LOGOUT,
      "auto",
      "auto sends the ID token along as id_token_hint when a browser signs out at the provider, which"
          + " many providers want; off does not, since it has claims of the user in the address."),
  LOGOUT_REDIRECT_PARAMETER(
      Group.LOGOUT,
      "post_logout_redirect_uri",
      "What the provider calls the parameter that says where the browser comes back to:"
          + " post_logout_redirect_uri, or a name of its own, such as logout_uri at Amazon Cognito"
          + " and returnTo at Auth0."),
  LOGOUT_PARAMETERS(
      Group.LOGOUT,
      "",
      "Further parameters of the logout request: a=b,c=d. Those of the logout itself cannot be"
          + " replaced."),

  SESSION_MAXIMUM(
      Group.SESSION,
      "PT12H",
      "How long after the login a user has to sign in again, at the latest; up to a year."),
  MAXIMUM_SESSION_SIZE(
      Group.SESSION,
      "524288",
      "The most that is remembered of a user, in bytes: claims, roles and tokens. Who is larger cannot"
          + " sign in; from 4096 to 1048576."),
  SESSION_IDLE(
      Group.SESSION,
      "",
      "After how long without a request a session ends, at least PT1S; without it as the server is"
          + " set."),
  CONTAINER_IDENTITY(
      Group.SESSION,
      "off",
      "on tells a server with Jakarta Security who the caller is, at some cost for each request;"
          + " then its SecurityContext, enterprise beans and constraints know them."),
  SESSION_EXPIRED(
      Group.SESSION,
      "login",
      "What people meet on their next page when their session has ended by itself: login starts a"
          + " login at once, page says so first, with a button to sign in again."),
  RENEWAL(
      Group.SESSION,
      "off",
      "silent asks the provider first whether it still knows somebody whose session has ended by"
          + " itself, without showing a page (prompt=none, OpenID Connect Core section 3.1.2.1); if"
          + " it does not, a usual login follows, once. off begins a usual one."),
  ENCRYPTION_KEY_FILE(
      Group.SESSION,
      "",
      "A file with 32 random bytes in Base64 (openssl rand -base64 32), the same on every node. It"
          + " seals the cookies of pending logins and encrypts tokens wherever the server stores"
          + " its sessions. Without it cookies are sealed with a key made from the client secret,"
          + " and stored sessions are not encrypted."),
  ENCRYPTION_KEY_PREVIOUS_FILE(
      Group.SESSION,
      "",
      "The key from before a change of encryption-key-file, which can still open what it sealed."),

  PROTECTED_PATHS(
      Group.BROWSER,
      "/*",
      "The paths that need a login, below the context root: patterns like those of public-paths; /*"
          + " is everything."),
  PUBLIC_PATHS(
      Group.BROWSER,
      "",
      "The exceptions from protected-paths: a path (/about), a folder with all below it"
          + " (/assets/*), or the root page (/). Nothing else is a pattern."),
  CALLBACK_PATH(Group.BROWSER, "/oauth/callback", "The path of the redirection URI."),
  LOGIN_PATH(Group.BROWSER, "/oauth/login", "The path that starts a login."),
  LOGOUT_PATH(Group.BROWSER, "/oauth/logout", "The path that signs out."),
  SESSION_PATH(Group.BROWSER, "/oauth/session", "The path of the JSON about the session."),
  PUBLIC_URL(
      Group.BROWSER,
      "",
      "The address under which browsers reach the server: scheme, host and, if need be, port. Only"
          + " loopback addresses work without it."),
  TRUSTED_PROXIES(
      Group.BROWSER,
      "",
      "The proxies that are believed what address browsers use where public-url is not set: addresses"
          + " and networks such as 10.0.0.0/8,fd00::/8, separated by commas. Others' Forwarded and"
          + " X-Forwarded- headers are never looked at."),
  REDIRECT_URI(
      Group.BROWSER,
      "{public-url}{context-path}{callback-path}",
      "The redirection URI as it is registered at the provider (RFC 6749 section 3.1.2). It may be"
          + " written out, or made from public-url, context-path and callback-path in braces."),
  LOGIN_TIMEOUT(Group.BROWSER, "PT10M", "How long a user may take at the provider; at most PT1H."),
  MAXIMUM_PENDING_LOGINS(
      Group.BROWSER,
      "8",
      "How many logins one browser may have begun and not finished, 1 to 20; the oldest is"
          + " forgotten."),
  PRESERVE_POST_SIZE(
      Group.BROWSER,
      "65536",
      "The largest form, in bytes, that is kept when it is sent by somebody who is not signed in,"
          + " so that it can be sent after the login; 0 keeps none, 1048576 is the most."),
  COOKIE_PARTITIONED(
      Group.BROWSER,
      "off",
      "on is for an application in the frames of other sites: all cookies are SameSite=None and"
          + " Partitioned, each of those sites has a session of its own, and frames can sign in."
          + " Needs a public-url with https, without which it does nothing, and a provider that can"
          + " be framed."),
  KEEP_FRAGMENT(
      Group.BROWSER,
      "off",
      "on lets whoever opens an address with a #fragment come back to it after the login, as"
          + " applications want that keep their routes there. A navigation is then answered with a"
          + " page whose script goes on to the login, in place of a redirection."),
  COOKIE_PREFIX(
      Group.BROWSER,
      "vestibule",
      "How the names of the cookies begin, after __Host- under https: letters, digits, - and _."),

  CHOOSE_BY(
      Group.CHOOSING,
      "default",
      "Who decides, where there are several providers: default takes default-provider; page lets"
          + " the user choose on a page; email-domain asks for the user's e-mail address and takes"
          + " the provider of its domain; path, host and header go by what is asked for, and a"
          + " session of another provider does not do there. A link that names a provider is"
          + " followed in any case. Whatever is not decided so is for default-provider."),
  CHOOSE_HEADER(
      Group.CHOOSING,
      "",
      "The header whose value is a provider's id, for choose-by=header; a proxy in front sets it, and"
          + " takes away what browsers send under that name."),
  SECOND_PROVIDER(
      Group.CHOOSING,
      "replace",
      "What happens when somebody who is signed in begins a login at another provider: replace ends"
          + " the first session when the second login is complete, refuse lets them sign out first."),

  PATHS(
      Group.TAKEN,
      "",
      "The paths below the context root for which this provider signs in, with choose-by=path:"
          + " patterns like those of public-paths. The most specific counts."),
  HOSTS(
      Group.TAKEN,
      "",
      "The names of this application's hosts for which this provider signs in, with choose-by=host."
          + " Each becomes a host of the redirection URI: list only names that are yours."),
  EMAIL_DOMAINS(
      Group.TAKEN,
      "",
      "The domains of e-mail addresses whose users sign in at this provider, with"
          + " choose-by=email-domain; *.example.com also stands for all below example.com."),
  LOGO_FILE(
      Group.TAKEN,
      "",
      "An SVG or PNG file of at most 32 KB that is shown beside the provider's name where users"
          + " choose; without it there are the initials of the name."),

  CLUSTER_CACHE(
      Group.CLUSTER,
      "",
      "The JCache manager that all nodes have in common: the URI of its configuration, the same text"
          + " on every node, or its JNDI name, such as payara/CacheManager. Through it one node at a"
          + " time refreshes the tokens of a session, and all nodes hear of sign-outs at the"
          + " provider. Without this and cluster-data-source each node is on its own."),
  CLUSTER_DATA_SOURCE(
      Group.CLUSTER,
      "",
      "The JNDI name of a data source that all nodes have in common, in place of cluster-cache. It"
          + " must not take part in transactions. The table vestibule_shared is made if it is not"
          + " there."),

  RELOAD_INTERVAL(
      Group.OPERATIONS,
      "PT30S",
      "How often the settings and the files that they name are looked at again. What has changed is"
          + " checked and takes effect without a restart, or is refused with its reasons while the"
          + " old settings go on. PT0S never looks."),
  DOCTOR(
      Group.OPERATIONS,
      "off",
      "on serves the diagnosis at /oauth/doctor to whoever has doctor-role; loopback to everybody on"
          + " this machine too, and is for a developer's. With either the diagnosis is also made"
          + " once at the start, in the background, and logged."),
  DOCTOR_ROLE(
      Group.OPERATIONS, "", "The role that may see the diagnosis; needed where doctor is on."),

  ERROR_PAGE(
      Group.PAGES, "", "Shown when a login or another request to the library could not succeed."),
  LOGOUT_PAGE(Group.PAGES, "", "Shown by GET of logout-path: asks whether to sign out."),
  LOGGED_OUT_PAGE(Group.PAGES, "", "Shown after a logout."),
  SESSION_EXPIRED_PAGE(Group.PAGES, "", "Shown where session-expired is page."),
  CHOOSER_PAGE(Group.PAGES, "", "Shown where the user chooses a provider.");

  /** The prefix of all keys. */
  public static final String PREFIX = "oauth.";

  /** The prefix of the keys of one provider, followed by its id. */
  public static final String PROVIDER_PREFIX = PREFIX + "provider.";

  private static final Set<Setting> CONFIDENTIAL =
      Collections.unmodifiableSet(
          EnumSet.of(
              CLIENT_SECRET,
              TLS_TRUST_STORE_PASSWORD,
              AUTHORIZATION_PARAMETERS,
              TOKEN_PARAMETERS,
              LOGOUT_PARAMETERS));

  /** Whether a setting belongs to the application or can differ by provider. */
  public enum Level {
    APPLICATION,
    PROVIDER
  }

  /** Settings that belong together; all of a group are of one level. */
  public enum Group {
    PROVIDERS("Which providers there are", Level.APPLICATION),
    ENDPOINTS("The provider and its endpoints", Level.PROVIDER),
    CLIENT("The client", Level.PROVIDER),
    REQUEST("The authorization request", Level.PROVIDER),
    IDENTITY("The caller's identity", Level.PROVIDER),
    CHECKS("Checks", Level.PROVIDER),
    BACK_CHANNEL("The back channel", Level.PROVIDER),
    TOKENS("Tokens", Level.PROVIDER),
    LOGOUT("Signing out at the provider", Level.PROVIDER),
    SESSION("The session", Level.APPLICATION),
    BROWSER("Paths and the browser", Level.APPLICATION),
    CHOOSING("Which provider is taken", Level.APPLICATION),
    TAKEN("When this provider is taken", Level.PROVIDER),
    CLUSTER("Several nodes", Level.APPLICATION),
    OPERATIONS("Running it", Level.APPLICATION),
    PAGES("The application's pages in place of the built-in ones", Level.APPLICATION);

    private final String title;
    private final Level level;

    Group(String title, Level level) {
      this.title = title;
      this.level = level;
    }

    public String title() {
      return title;
    }

    public Level level() {
      return level;
    }

    /** In the order of the table. */
    public List<Setting> settings() {
      return Arrays.stream(Setting.values()).filter(setting -> setting.group == this).toList();
    }
  }

  private final Group group;
  private final String defaultValue;
  private final String description;

  Setting(Group group, String defaultValue, String description) {
    this.group = group;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** The last part of the key, such as {@code client-id}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Group group() {
    return group;
  }

  public Level level() {
    return group.level();
  }

  /** Whether the value is never to be shown: it is a secret, or may hold one. */
  public boolean isConfidential() {
    return CONFIDENTIAL.contains(this);
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
