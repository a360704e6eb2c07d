package org.vestibule.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.RegisteredClient.Authentication;

/**
 * What an authorization server is to be, said before it starts. Used by the one thread that starts
 * it, inside {@link AuthorizationServer#start}.
 */
public final class ServerOptions {

  private final Map<String, RegisteredClient> clients = new LinkedHashMap<>();
  private final Map<Endpoint, String> paths = new EnumMap<>(Endpoint.class);
  private final Map<String, String> accounts = new LinkedHashMap<>();
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Set<Feature> features = EnumSet.copyOf(Feature.defaults());
  private final Set<String> scopes = new LinkedHashSet<>();
  private String host = "localhost";
  private int port;
  private @Nullable Certificate certificate;
  private String issuerPath = "";
  private Approval approval = new Approval.Approving(User.JANE);
  private JwsAlgorithm algorithm = JwsAlgorithm.RS256;
  private Duration accessTokenLifetime = Duration.ofHours(1);
  private Duration idTokenLifetime = Duration.ofMinutes(5);
  private String scopeSeparator = " ";
  private Clock clock = Clock.systemUTC();
  private Consumer<Map<String, Object>> tokenResponseShape = response -> {};

  ServerOptions() {}

  /** {@code localhost} (the default) or {@code 127.0.0.1}; two sites in the eyes of a browser. */
  public ServerOptions host(String name) {
    host = name;
    return this;
  }

  /** A fixed port, for a server that is to come back where it was. Default: any free one. */
  public ServerOptions port(int number) {
    port = number;
    return this;
  }

  /** Speak https and present this certificate. */
  public ServerOptions https(Certificate kind) {
    certificate = kind;
    return this;
  }

  /** Put the issuer and its endpoints below a path, such as {@code /realms/main}. */
  public ServerOptions issuerPath(String path) {
    issuerPath = path;
    return this;
  }

  /** Put one endpoint elsewhere below the issuer. */
  public ServerOptions path(Endpoint endpoint, String path) {
    paths.put(endpoint, path);
    return this;
  }

  /** Register a client that authenticates by {@code client_secret_basic}. */
  public ServerOptions client(String clientId, String secret, String... redirectUris) {
    return client(RegisteredClient.confidential(clientId, secret).redirectingTo(redirectUris));
  }

  /** Register a client without a secret. */
  public ServerOptions publicClient(String clientId, String... redirectUris) {
    return client(RegisteredClient.publicClient(clientId).redirectingTo(redirectUris));
  }

  /** Register any client. */
  public ServerOptions client(RegisteredClient client) {
    clients.put(client.clientId(), client);
    return this;
  }

  /** Grant everything for this user without asking. The default, for {@link User#JANE}. */
  public ServerOptions approving(User user) {
    approval = new Approval.Approving(user);
    return this;
  }

  /** Refuse everything without asking. */
  public ServerOptions denying() {
    approval = new Approval.Denying();
    return this;
  }

  /**
   * Show a page with a form: {@code username}, {@code password} and {@code decision} ({@code grant}
   * or {@code deny}). Without {@link #account} any name and password sign in as {@link User#named}.
   */
  public ServerOptions interactive() {
    approval = new Approval.Interactive();
    return this;
  }

  /** An account for the login page. As soon as there is one, no others sign in. */
  public ServerOptions account(String username, String password, User user) {
    accounts.put(username, password);
    users.put(username, user);
    return this;
  }

  /** Switch features on. */
  public ServerOptions with(Feature... on) {
    features.addAll(List.of(on));
    return this;
  }

  /** Switch features off. */
  public ServerOptions without(Feature... off) {
    List.of(off).forEach(features::remove);
    return this;
  }

  /** How tokens are signed. Default: RS256. */
  public ServerOptions algorithm(JwsAlgorithm other) {
    algorithm = other;
    return this;
  }

  /** Default: one hour. */
  public ServerOptions accessTokenLifetime(Duration lifetime) {
    accessTokenLifetime = lifetime;
    return this;
  }

  /** Default: five minutes. */
  public ServerOptions idTokenLifetime(Duration lifetime) {
    idTokenLifetime = lifetime;
    return this;
  }

  /** The scopes there are; others are refused with {@code invalid_scope}. Default: any. */
  public ServerOptions scopes(String... names) {
    scopes.addAll(List.of(names));
    return this;
  }

  /** What stands between scopes, in requests and responses. Default: a space. */
  public ServerOptions scopeSeparator(String separator) {
    scopeSeparator = separator;
    return this;
  }

  /** The time this server believes in. */
  public ServerOptions clock(Clock other) {
    clock = other;
    return this;
  }

  /**
   * What all token responses look like, before {@link AuthorizationServer#tokenResponse} changes
   * one.
   */
  public ServerOptions tokenResponseShape(Consumer<Map<String, Object>> shape) {
    tokenResponseShape = shape;
    return this;
  }

  /**
   * A provider of the plainest kind: OAuth 2.0 without OpenID Connect and without any metadata.
   *
   * <ul>
   *   <li>{@code /oauth/authorize}: a login page that grants or denies; scopes {@code read} and
   *       {@code write}, joined by a comma; {@code code_challenge} is ignored, no {@code iss};
   *   <li>{@code /oauth/token}: {@code client_id} and {@code client_secret} in the body; answers
   *       {@code {"access_token","refresh_token","token_type":"Bearer","expires":3600}}.
   * </ul>
   */
  public ServerOptions foundingProvider(String clientId, String secret, String... redirectUris) {
    without(
        Feature.OPENID_CONFIGURATION,
        Feature.OAUTH_METADATA,
        Feature.OPENID,
        Feature.PKCE,
        Feature.PKCE_REQUIRED,
        Feature.STATE_REQUIRED,
        Feature.ISS_PARAMETER,
        Feature.REVOCATION,
        Feature.INTROSPECTION,
        Feature.END_SESSION);
    tokenResponseShape(
        response -> {
          response.remove("scope");
          response.put("expires", response.remove("expires_in"));
        });
    return path(Endpoint.AUTHORIZATION, "/oauth/authorize")
        .path(Endpoint.TOKEN, "/oauth/token")
        .scopes("read", "write")
        .scopeSeparator(",")
        .interactive()
        .client(
            RegisteredClient.confidential(clientId, secret)
                .authenticatingBy(Authentication.CLIENT_SECRET_POST)
                .redirectingTo(redirectUris));
  }

  Settings settings() {
    return new Settings(
        features,
        algorithm,
        accessTokenLifetime,
        idTokenLifetime,
        scopes,
        scopeSeparator,
        accounts,
        users,
        clock,
        tokenResponseShape);
  }

  ServerAddress address(int actualPort) {
    String scheme = certificate == null ? "http" : "https";
    return new ServerAddress(scheme + "://" + host + ":" + actualPort, issuerPath, paths);
  }

  Map<String, RegisteredClient> clients() {
    return clients;
  }

  Approval approval() {
    return approval;
  }

  int port() {
    return port;
  }

  @Nullable Certificate certificate() {
    return certificate;
  }
}
