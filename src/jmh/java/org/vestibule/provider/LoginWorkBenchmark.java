package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.AuthorizationOutcome;
import org.vestibule.protocol.authorization.AuthorizationRequest;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.protocol.authorization.AuthorizationResponseValidator;
import org.vestibule.protocol.authorization.CodeVerifier;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.protocol.openid.IdTokenExpectations;
import org.vestibule.protocol.openid.IdTokenValidator;
import org.vestibule.protocol.openid.VerifiedIdToken;
import org.vestibule.protocol.openid.VerifiedJws;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.protocol.token.TokenResponseValidator;
import org.vestibule.session.PendingLogins;
import org.vestibule.session.Seal;
import org.vestibule.session.SpentStates;

/**
 * The work of one whole login without the network: request, sealed cookie, judged answer, judged
 * tokens, an RS256 ID token verified with a 2048-bit key.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoginWorkBenchmark {

  private static final String ISSUER = "https://login.example";
  private static final String CLIENT = "s6BhdRkqt3";
  private static final Clock CLOCK = Clock.systemUTC();

  private final RandomValues random = new RandomValues(new SecureRandom());
  private final Secret nonce = random.next();
  private PendingLogins logins;
  private AuthorizationResponseValidator responseValidator;
  private TokenResponseValidator tokenValidator;
  private IdTokenValidator idTokenValidator;
  private String tokenResponse;

  @Setup
  public void setUp() throws Exception {
    logins =
        new PendingLogins(
            Seal.of(new SecureRandom(), "pending-login", List.of(random.next())),
            "/app",
            new SpentStates());
    responseValidator = new AuthorizationResponseValidator(CLOCK, Duration.ofMinutes(10));
    tokenValidator = new TokenResponseValidator(CLOCK, Set.of());
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    JwkSet jwks = JwkSet.of(new Claims(Map.of("keys", List.of(jwk(keys))))).orElseThrow();
    idTokenValidator =
        new IdTokenValidator(
            CLOCK,
            new IdTokenExpectations(
                IssuerRule.exactly(ISSUER, Set.of()),
                CLIENT,
                Set.of(),
                Duration.ofSeconds(30),
                Optional.empty(),
                Set.of()),
            compact -> {
              Jws jws = Jws.read(compact);
              boolean good =
                  jwks.candidates(jws.algorithm(), jws.keyId()).stream()
                      .anyMatch(key -> jws.isSignedWith(key.publicKey()));
              if (!good) {
                throw new IllegalStateException("the benchmark's own token");
              }
              return new VerifiedJws(jws.algorithm(), "", jws.payload(), Set.of());
            });
    tokenResponse =
        Json.write(
            Map.of(
                "access_token", "SlAV32hkKG",
                "token_type", "Bearer",
                "refresh_token", "8xLOxBtZp8",
                "expires_in", 3600L,
                "id_token", idToken(keys)));
  }

  @Benchmark
  public VerifiedIdToken wholeLogin() {
    PendingAuthorization pending = begin();
    String cookie = logins.seal(pending);
    AuthorizationResponse answer =
        AuthorizationResponse.read(
            Parameters.parse("code=SplxlOBeZQQYbYS6WxSbIA&state=" + pending.state().value()));
    String id = PendingLogins.id(answer.state().orElseThrow());
    PendingAuthorization remembered = logins.open(id, cookie).orElseThrow();
    AuthorizationOutcome.Granted granted =
        (AuthorizationOutcome.Granted)
            responseValidator.judge(answer, remembered, IssuerRule.exactly(ISSUER, Set.of()));
    TokenRequest.AuthorizationCode request =
        new TokenRequest.AuthorizationCode(granted.authorization());
    TokenResponse.Issued issued =
        (TokenResponse.Issued)
            tokenValidator.judge(request, 200, Optional.of(new Claims(Json.read(tokenResponse))));
    return idTokenValidator.validate(
        issued.tokens().idToken(),
        remembered.nonce().orElseThrow(),
        issued.tokens().accessToken(),
        AuthenticationRequirement.NONE);
  }

  private PendingAuthorization begin() {
    PendingAuthorization pending =
        new PendingAuthorization(
            "default",
            "Kq3Zr0aT",
            Optional.of(ISSUER),
            false,
            random.next(),
            Optional.of(nonce),
            Optional.of(CodeVerifier.generate(random)),
            URI.create("https://app.example/app/oauth/callback"),
            org.vestibule.protocol.Scope.parse("openid profile email"),
            "/app/orders/17",
            CLOCK.instant(),
            AuthenticationRequirement.NONE,
            false);
    AuthorizationRequest request =
        new AuthorizationRequest(
            CLIENT,
            pending.redirectUri(),
            pending.requested(),
            " ",
            pending.state(),
            pending.nonce(),
            pending.verifier(),
            Optional.empty(),
            Parameters.empty());
    if (request.uri(URI.create(ISSUER + "/authorize")).toString().isEmpty()) {
      throw new IllegalStateException("never");
    }
    return pending;
  }

  private static Map<String, Object> jwk(KeyPair keys) {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "kid",
        "1",
        "n",
        encode(key.getModulus().toByteArray()),
        "e",
        encode(key.getPublicExponent().toByteArray()));
  }

  private String idToken(KeyPair keys) throws Exception {
    long now = Instant.now().getEpochSecond();
    String input =
        encode("{\"alg\":\"RS256\",\"kid\":\"1\"}".getBytes(UTF_8))
            + "."
            + encode(
                Json.write(
                        Map.of(
                            "iss",
                            ISSUER,
                            "sub",
                            "248289761001",
                            "aud",
                            CLIENT,
                            "nonce",
                            nonce.value(),
                            "iat",
                            now,
                            "exp",
                            now + 3000))
                    .getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(input.getBytes(US_ASCII));
    return input + "." + encode(signature.sign());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
