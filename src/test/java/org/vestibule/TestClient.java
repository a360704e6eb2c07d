package org.vestibule;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.vestibule.login.AuthorizationCodeFlow;
import org.vestibule.login.BegunLogin;
import org.vestibule.login.LoginResult;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.SettingsReader;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.MovableClock;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.ServerOptions;

/**
 * A client below the web floor and the authorization server that it is registered at: what an
 * application would be with a browser that does as it is told. Both go by the same clock.
 */
public final class TestClient implements AutoCloseable {

  public static final String ID = "s6BhdRkqt3";
  public static final String SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";
  public static final URI REDIRECT_URI = URI.create("https://client.example.com/cb");
  public static final String RETURN_TO = "/account?tab=1";
  public static final Duration LOGIN_TIMEOUT = Duration.ofMinutes(10);

  private final MovableClock clock = new MovableClock();
  private final RawBrowser browser = new RawBrowser();
  private final AuthorizationServer server;
  private final Provider provider;
  private final AuthorizationCodeFlow flow =
      new AuthorizationCodeFlow(clock, new RandomValues(new SecureRandom()), LOGIN_TIMEOUT);

  private TestClient(
      Consumer<ServerOptions> options, Map<String, String> settings, boolean discovers) {
    server = AuthorizationServer.start(options.andThen(c -> c.clock(clock)));
    Map<String, String> all = new HashMap<>();
    all.put("client-id", ID);
    all.put("client-secret", SECRET);
    if (discovers) {
      all.put("issuer", server.issuer());
    }
    settings.forEach((key, value) -> all.put(key, value.replace("{server}", server.origin())));
    provider = new Provider(clock, settings(all), CredentialsSource.NONE);
  }

  /** A client of OpenID Connect, with more settings: keys, without {@code oauth.}, and values. */
  public static TestClient openId(String... settings) {
    return openId(options -> {}, settings);
  }

  /** The same at a server of another kind. */
  public static TestClient openId(Consumer<ServerOptions> options, String... settings) {
    return new TestClient(registered().andThen(options), map(settings), true);
  }

  /** A client that is set up by hand; {@code {server}} in a value is the server's address. */
  public static TestClient byHand(Consumer<ServerOptions> options, String... settings) {
    return new TestClient(options, map(settings), false);
  }

  private static Consumer<ServerOptions> registered() {
    return options -> options.client(ID, SECRET, REDIRECT_URI.toString());
  }

  /** A provider's settings, read as an application's are; the least is there already. */
  public static ProviderSettings settings(String... keysAndValues) {
    Map<String, String> all = new HashMap<>();
    all.put("client-id", ID);
    all.put("client-secret", SECRET);
    all.put("issuer", "https://server.example.com");
    all.putAll(map(keysAndValues));
    return settings(all);
  }

  private static ProviderSettings settings(Map<String, String> settings) {
    Map<String, String> keys = new HashMap<>();
    settings.forEach((key, value) -> keys.put("oauth." + key, value));
    Configuration configuration =
        SettingsReader.read(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build(),
            TestClient.class.getClassLoader());
    return configuration
        .provider(configuration.defaultProvider())
        .orElseThrow(() -> new AssertionError(configuration.problems()));
  }

  private static Map<String, String> map(String... keysAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  public MovableClock clock() {
    return clock;
  }

  public AuthorizationServer server() {
    return server;
  }

  public Provider provider() {
    return provider;
  }

  public AuthorizationCodeFlow flow() {
    return flow;
  }

  /** Step A. */
  public BegunLogin begin() {
    return begin(AuthenticationRequirement.NONE);
  }

  /** The same, with more asked of how the user is authenticated. */
  public BegunLogin begin(AuthenticationRequirement requirement) {
    return flow.begin(provider, REDIRECT_URI, RETURN_TO, requirement, Parameters.empty(), false);
  }

  /** Steps A to C: what the browser brings back from a server that needs nobody to decide. */
  public AuthorizationResponse answer(BegunLogin begun) {
    return read(browser.get(begun.location().toString()));
  }

  /** The authorization response in a redirect to the client. */
  public static AuthorizationResponse read(RawResponse redirect) {
    return AuthorizationResponse.read(
        Parameters.parse(URI.create(redirect.location()).getRawQuery()));
  }

  /** Steps A to E. */
  public LoginResult login() {
    BegunLogin begun = begin();
    return flow.complete(provider, answer(begun), begun.pending());
  }

  /** Steps A to E, which must succeed. */
  public SignedIn signedIn() {
    return ((LoginResult.Success) login()).signedIn();
  }

  @Override
  public void close() {
    server.close();
  }
}
