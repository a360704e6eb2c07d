package org.vestibule.testing;

import com.sun.net.httpserver.HttpServer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.vestibule.testing.Mutations.Document;

/**
 * An OAuth 2.0 authorization server and OpenID Provider on the loopback interface: authorization
 * code grant with PKCE, refresh, revocation, introspection, UserInfo, metadata, logout.
 *
 * <p>It is strict: what a specification lets a server refuse is refused. Tests make it misbehave by
 * {@link #on scripting} an endpoint's answer or by changing one of the documents it makes. Any
 * number of servers may run at once; each has keys of its own. Safe for use by several threads.
 */
public final class AuthorizationServer implements AutoCloseable {

  private final ServerContext context;
  private final RequestLog log = new RequestLog();
  private final Map<Endpoint, EndpointScript> scripts = new EnumMap<>(Endpoint.class);
  private final Listener listener;
  private volatile Approval approval;

  private AuthorizationServer(ServerOptions options, HttpServer http) {
    Settings settings = options.settings();
    ServerAddress address = options.address(http.getAddress().getPort());
    this.approval = options.approval();
    this.context =
        new ServerContext(
            address,
            settings,
            new ConcurrentHashMap<>(options.clients()),
            new GrantStore(settings.clock()),
            new LoginSessions(),
            new Keys(settings.algorithm()),
            new Mutations());
    for (Endpoint endpoint : Endpoint.values()) {
      scripts.put(endpoint, new EndpointScript());
    }
    this.listener = Listener.start(http, new Dispatcher(address, log, scripts, handlers()));
  }

  /** Starts a server that is as the options say. */
  public static AuthorizationServer start(Consumer<ServerOptions> wishes) {
    ServerOptions options = new ServerOptions();
    wishes.accept(options);
    return new AuthorizationServer(options, Listener.bind(options.port(), options.certificate()));
  }

  private Map<Endpoint, EndpointHandler> handlers() {
    AuthorizationEndpoint authorization = new AuthorizationEndpoint(context, () -> approval);
    MetadataEndpoint metadata = new MetadataEndpoint(context);
    Map<Endpoint, EndpointHandler> handlers = new EnumMap<>(Endpoint.class);
    handlers.put(Endpoint.AUTHORIZATION, authorization);
    handlers.put(Endpoint.LOGIN, authorization::login);
    handlers.put(Endpoint.TOKEN, new TokenEndpoint(context));
    handlers.put(Endpoint.USERINFO, new UserInfoEndpoint(context));
    handlers.put(Endpoint.JWKS, request -> jwks());
    handlers.put(Endpoint.REVOCATION, new RevocationEndpoint(context));
    handlers.put(Endpoint.INTROSPECTION, new IntrospectionEndpoint(context));
    handlers.put(Endpoint.END_SESSION, new EndSessionEndpoint(context));
    handlers.put(Endpoint.OPENID_CONFIGURATION, metadata);
    handlers.put(Endpoint.OAUTH_METADATA, metadata);
    handlers
        .keySet()
        .removeIf(endpoint -> !Feature.serves(context.settings().features(), endpoint));
    return handlers;
  }

  private Answer jwks() {
    Map<String, Object> jwks = context.keys().jwks();
    context.mutations().apply(Document.JWKS, jwks);
    return Answer.json(200, jwks);
  }

  /** The issuer identifier, also the base of discovery. */
  public String issuer() {
    return context.address().issuer();
  }

  /** Scheme, host and port. */
  public String origin() {
    return context.address().origin();
  }

  /** The port. */
  public int port() {
    return Urls.port(origin());
  }

  /** The URL of an endpoint. */
  public String url(Endpoint endpoint) {
    return context.address().url(endpoint);
  }

  /** Registers a client, or changes the registration of one. */
  public void register(RegisteredClient client) {
    context.clients().put(client.clientId(), client);
  }

  /** From now on everything is granted for this user without asking. */
  public void approving(User user) {
    approval = new Approval.Approving(user);
  }

  /** From now on everything is refused without asking. */
  public void denying() {
    approval = new Approval.Denying();
  }

  /** From now on users get the page described at {@link ServerOptions#interactive()}. */
  public void interactive() {
    approval = new Approval.Interactive();
  }

  /** What the endpoint does instead of its work. */
  public EndpointScript on(Endpoint endpoint) {
    EndpointScript script = scripts.get(endpoint);
    if (script == null) {
      throw new IllegalArgumentException("no such endpoint: " + endpoint);
    }
    return script;
  }

  /** Changes the claims of all ID tokens from now on; {@code at_hash} is among them. */
  public void idTokenClaims(Consumer<Map<String, Object>> change) {
    context.mutations().set(Document.ID_TOKEN_CLAIMS, change);
  }

  /** Signs all ID tokens from now on in this way. */
  public void idTokenSigner(IdTokenSigner signer) {
    context.mutations().setSigner(signer);
  }

  /**
   * A logout token as it is sent to this client (OpenID Connect Back-Channel Logout section 2.4),
   * with a {@code jti} of its own.
   *
   * @param change of its claims, which name neither user nor session to begin with
   */
  public String logoutToken(String clientId, Consumer<Map<String, Object>> change) {
    long now = context.settings().clock().instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", clientId);
    claims.put("iat", now);
    claims.put("exp", now + 120);
    claims.put("jti", GrantStore.randomString());
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    change.accept(claims);
    return Jws.sign(signingKey(), "logout+jwt", claims);
  }

  /** Changes the claims of all {@linkplain Feature#JWT_ACCESS_TOKENS JWT access tokens}. */
  public void accessTokenClaims(Consumer<Map<String, Object>> change) {
    context.mutations().set(Document.ACCESS_TOKEN_CLAIMS, change);
  }

  /** Changes all successful token responses from now on. */
  public void tokenResponse(Consumer<Map<String, Object>> change) {
    context.mutations().set(Document.TOKEN_RESPONSE, change);
  }

  /** Changes the parameters of all authorization responses from now on, errors included. */
  public void authorizationResponse(Consumer<Map<String, String>> change) {
    context.mutations().setAuthorizationResponse(change);
  }

  /** Changes both metadata documents from now on. */
  public void metadata(Consumer<Map<String, Object>> change) {
    context.mutations().set(Document.METADATA, change);
  }

  /** Changes the JWK set from now on; its {@code keys} are a mutable list of mutable maps. */
  public void jwks(Consumer<Map<String, Object>> change) {
    context.mutations().set(Document.JWKS, change);
  }

  /** Changes all UserInfo answers from now on. */
  public void userInfo(Consumer<Map<String, Object>> change) {
    context.mutations().set(Document.USERINFO, change);
  }

  /** The key that signs at present. */
  public SigningKey signingKey() {
    return context.keys().current();
  }

  /** Signs with a new key from now on; the old ones stay in the JWK set. */
  public SigningKey rotateKey() {
    return context.keys().rotate();
  }

  /** Takes all keys but the current one out of the JWK set. */
  public void retireOldKeys() {
    context.keys().retireOld();
  }

  /** Ends all grants: no code, access token or refresh token is good any more. */
  public void endAllGrants() {
    context.grants().endAll();
  }

  /** Everything received so far, in order. */
  public List<RecordedRequest> requests() {
    return log.all();
  }

  /** What one endpoint received so far, in order. */
  public List<RecordedRequest> requests(Endpoint endpoint) {
    return log.at(endpoint);
  }

  /**
   * What one endpoint received last.
   *
   * @throws AssertionError if there was nothing
   */
  public RecordedRequest lastRequest(Endpoint endpoint) {
    List<RecordedRequest> received = requests(endpoint);
    if (received.isEmpty()) {
      throw new AssertionError("no request at " + endpoint);
    }
    return received.get(received.size() - 1);
  }

  /**
   * Waits until the endpoint has received that many requests.
   *
   * @throws AssertionError if it does not within ten seconds
   */
  public List<RecordedRequest> awaitRequests(Endpoint endpoint, int count) {
    return log.await(endpoint, count, Duration.ofSeconds(10));
  }

  /** Forgets what was received. */
  public void forgetRequests() {
    log.clear();
  }

  /** Stops at once; requests under way lose their connection. */
  @Override
  public void close() {
    listener.close();
    context.keys().close();
  }

  /** The issuer. */
  @Override
  public String toString() {
    return issuer();
  }
}
