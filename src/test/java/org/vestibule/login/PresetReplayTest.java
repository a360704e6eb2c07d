package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.provider.Json;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.SettingsReader;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.ClientKeys;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Jws;
import org.vestibule.testing.RecordedRequest;

/**
 * Replays what each well-known provider is documented to answer: from the preset as it is shipped,
 * over HTTP, through the whole flow. Only the addresses are those of the server at hand.
 */
class PresetReplayTest {

  private static final String CLIENT_ID = "s6BhdRkqt3";
  private static final String CLIENT_SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";
  private static final URI REDIRECT_URI = URI.create("https://client.example.com/cb");
  private static final String KEY_FILE =
      ClientKeys.file(ClientKeys.pem(ClientKeys.ec("secp256r1"))).toString();
  private static final String CODE = "SplxlOBeZQQYbYS6WxSbIA";

  private final AuthorizationCodeFlow flow =
      new AuthorizationCodeFlow(
          Clock.systemUTC(), new RandomValues(new SecureRandom()), Duration.ofMinutes(10));
  private final Instant now = Instant.now();
  private AuthorizationServer server = AuthorizationServer.start(c -> {});

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Replay> replays() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            PresetReplayTest.class
                .getClassLoader()
                .getResource("META-INF/vestibule/presets")
                .toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".properties", ""))
          .sorted()
          .toList()
          .stream()
          .map(Replay::of);
    }
  }

  /** The provider as its preset and what has to be set beside it say, moved to our server. */
  private Provider provider(Replay replay) {
    server.close();
    server = AuthorizationServer.start(c -> c.algorithm(replay.algorithm()));
    Map<String, String> keys = new HashMap<>();
    keys.put("oauth.preset", replay.preset());
    keys.put("oauth.client-id", CLIENT_ID);
    if (!replay.settings().containsKey("client-key-file")) {
      keys.put("oauth.client-secret", CLIENT_SECRET);
    }
    replay
        .settings()
        .forEach((key, value) -> keys.put("oauth." + key, value.replace("{key-file}", KEY_FILE)));
    Configuration configuration =
        SettingsReader.read(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build(),
            PresetReplayTest.class.getClassLoader());
    ProviderSettings settings =
        configuration
            .provider(configuration.defaultProvider())
            .orElseThrow(() -> new AssertionError(configuration.problems()));
    return new Provider(
        Clock.systemUTC(), moved(settings, replay.has("profile")), CredentialsSource.NONE);
  }

  private ProviderSettings moved(ProviderSettings settings, boolean hasProfile) {
    return new ProviderSettings(
        settings.id(),
        settings.displayName(),
        new ProviderSettings.Endpoints(
            settings.endpoints().issuers(),
            false,
            Optional.empty(),
            Optional.of(url(Endpoint.AUTHORIZATION)),
            Optional.of(url(Endpoint.TOKEN)),
            Optional.of(url(Endpoint.USERINFO)).filter(url -> hasProfile),
            Optional.of(url(Endpoint.JWKS)),
            Optional.empty(),
            Optional.empty()),
        settings.client(),
        settings.request(),
        settings.caller(),
        settings.checks(),
        settings.http(),
        settings.refresh(),
        settings.logout(),
        settings.taken());
  }

  private URI url(Endpoint endpoint) {
    return URI.create(server.url(endpoint));
  }

  private BegunLogin begin(Provider provider) {
    return flow.begin(
        provider, REDIRECT_URI, "/", AuthenticationRequirement.NONE, Parameters.empty(), false);
  }

  private LoginResult answered(Provider provider, PendingAuthorization pending, String query) {
    String state = "&state=" + Parameters.encode(pending.state().value());
    return flow.complete(
        provider, AuthorizationResponse.read(Parameters.parse(query + state)), pending);
  }

  /** The provider's documented claims, for this client and this moment. */
  private String idToken(Replay replay, Provider provider, PendingAuthorization pending) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", provider.settings().endpoints().issuer().orElse(""));
    claims.put("aud", CLIENT_ID);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 300);
    pending.nonce().map(Secret::value).ifPresent(nonce -> claims.put("nonce", nonce));
    replay.object("idToken").members().forEach((name, value) -> claims.put(name, filled(value)));
    return Jws.sign(server.signingKey(), "JWT", claims);
  }

  private Object filled(Object value) {
    return value.equals("{now}")
        ? (Object) now.getEpochSecond()
        : value.equals("{client-id}") ? CLIENT_ID : value;
  }

  private Answer profile(Replay replay, Provider provider) {
    Claims profile = replay.object("profile");
    if (!(profile.members().get("signed") instanceof Map<?, ?> claims)) {
      return Answer.json(200, Json.write(profile.members()));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    claims.forEach((name, value) -> all.put(name.toString(), value));
    all.put("iss", provider.settings().endpoints().issuer().orElse(""));
    all.put("aud", CLIENT_ID);
    return Answer.of(200, "application/jwt", Jws.sign(server.signingKey(), "JWT", all));
  }

  @ParameterizedTest
  @MethodSource("replays")
  void what_the_provider_documents_signs_its_user_in(Replay replay) {
    Provider provider = provider(replay);
    PendingAuthorization pending = begin(provider).pending();
    server.on(Endpoint.TOKEN).once(replay.token(idToken(replay, provider, pending)));
    server.on(Endpoint.USERINFO).once(profile(replay, provider));

    LoginResult result = answered(provider, pending, "code=" + CODE);

    SignedIn user = ((LoginResult.Success) result).signedIn();
    Claims expected = replay.object("user");
    assertThat(user.identity().subject()).isEqualTo(expected.string("subject").orElseThrow());
    assertThat(user.identity().name()).isEqualTo(expected.string("name").orElseThrow());
    assertThat(user.identity().roles())
        .containsExactlyInAnyOrderElementsOf(expected.strings("roles"));
    assertThat(user.tokens().refreshToken() != null)
        .isEqualTo(Boolean.TRUE.equals(expected.members().get("refreshable")));
    expected
        .string("scope")
        .ifPresent(
            scope ->
                assertThat(user.tokens().scope().tokens())
                    .containsExactlyInAnyOrder(scope.split(" ")));
    if (expected.members().get("lifetime") instanceof Long seconds) {
      assertThat(Duration.between(now, user.tokens().expiresAt()))
          .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds).plusMinutes(1));
    } else {
      assertThat(user.tokens().expiresAt()).isNull();
    }
    assertThat(server.lastRequest(Endpoint.TOKEN).header("User-Agent")).isEqualTo("Vestibule");
  }

  @ParameterizedTest
  @MethodSource("replays")
  void what_the_provider_documents_as_an_error_is_understood(Replay replay) {
    Provider provider = provider(replay);
    for (Replay.Refusal refusal : replay.refusals()) {
      server.on(Endpoint.TOKEN).once(refusal.answer());
      assertThatExceptionOfType(LoginException.class)
          .isThrownBy(() -> answered(provider, begin(provider).pending(), "code=" + CODE))
          .extracting(LoginException::failure)
          .isEqualTo(refusal.trouble());
    }
    assertThat(replay.refusals()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("replays")
  void the_requests_are_as_the_provider_wants_them(Replay replay) {
    Provider provider = provider(replay);
    BegunLogin begun = begin(provider);
    Claims expected = replay.object("request");
    Parameters request = Parameters.parse(begun.location().getRawQuery());

    expected.string("scope").ifPresent(scope -> assertThat(request.get("scope")).contains(scope));
    assertThat(request.get(expected.string("client").orElse("client_id"))).contains(CLIENT_ID);
    assertThat(request.contains("client_id")).isEqualTo(!expected.has("client"));
    assertThat(request.get("response_mode")).isEqualTo(expected.string("response_mode"));
    assertThat(request.contains("code_challenge"))
        .isEqualTo(!Boolean.FALSE.equals(expected.members().get("pkce")));
    assertThat(request.contains("nonce")).isEqualTo(replay.has("idToken"));
  }

  static Stream<Replay> cancelled() throws IOException, URISyntaxException {
    return replays().filter(replay -> replay.cancelled().isPresent());
  }

  @ParameterizedTest
  @MethodSource("cancelled")
  void a_user_who_cancels_is_one_who_says_no(Replay replay) {
    Provider provider = provider(replay);

    LoginResult result =
        answered(provider, begin(provider).pending(), replay.cancelled().orElseThrow());

    assertThat(((LoginResult.Denied) result).error().isDenial()).isTrue();
    assertThat(server.requests())
        .extracting(RecordedRequest::endpoint)
        .doesNotContain(Endpoint.TOKEN);
  }
}
