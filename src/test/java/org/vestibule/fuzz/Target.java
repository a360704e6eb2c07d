package org.vestibule.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.protocol.authorization.Granted;
import org.vestibule.protocol.openid.IdTokenExpectations;
import org.vestibule.protocol.openid.IdTokenValidator;
import org.vestibule.protocol.openid.LogoutTokenValidator;
import org.vestibule.protocol.openid.UserInfoValidator;
import org.vestibule.protocol.openid.VerifiedIdToken;
import org.vestibule.protocol.openid.VerifiedJws;
import org.vestibule.protocol.openid.VerifiedLogoutToken;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.protocol.token.TokenResponseTolerance;
import org.vestibule.protocol.token.TokenResponseValidator;
import org.vestibule.provider.ProviderTargets;
import org.vestibule.session.SessionTargets;
import org.vestibule.web.WebTargets;

/** Everything that reads what strangers, browsers and providers send. */
public enum Target {
  CALLBACK_QUERY(Target::callbackQuery),
  COOKIE(SessionTargets::cookie),
  STORED_SESSION(SessionTargets::storedSession),
  TOKEN_RESPONSE(Target::tokenResponse),
  USERINFO(Target::userInfo),
  ID_TOKEN(Target::idToken),
  LOGOUT_TOKEN(Target::logoutToken),
  JWS(ProviderTargets::jws),
  JWKS(ProviderTargets::jwks),
  METADATA(ProviderTargets::metadata),
  FORWARDED_HEADERS(WebTargets::forwarded),
  REQUEST_PATH(WebTargets::path),
  RETURN_ADDRESS(WebTargets::returnAddress),
  MULTIPART_FORM(WebTargets::multipart);

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final IdTokenExpectations EXPECTED =
      new IdTokenExpectations(
          IssuerRule.exactly("https://server.example.com", Set.of()),
          "s6BhdRkqt3",
          Set.of(),
          Duration.ofSeconds(30),
          Optional.empty(),
          Set.of());
  private static final Claims JANE =
      new Claims(
          Map.of(
              "iss", "https://server.example.com",
              "sub", "248289761001",
              "aud", "s6BhdRkqt3",
              "nonce", "n-0S6_WzA2Mj",
              "iat", CLOCK.instant().getEpochSecond(),
              "exp", CLOCK.instant().getEpochSecond() + 300));
  private static final Secret NONCE = Secret.of("n-0S6_WzA2Mj");
  private static final Secret ANY = Secret.of("a.b.c");

  private final Consumer<byte[]> reader;

  Target(Consumer<byte[]> reader) {
    this.reader = reader;
  }

  /** Lets it read these bytes; whatever is thrown is a finding. */
  public void read(byte[] data) {
    reader.accept(data);
  }

  /** Where its seeds are, among the test resources of this package. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void callbackQuery(byte[] data) {
    try {
      Parameters parameters = Parameters.parse(new String(data, UTF_8));
      assertThat(Parameters.parse(parameters.encode()).encode()).isEqualTo(parameters.encode());
      AuthorizationResponse response = AuthorizationResponse.read(parameters);
      assertThat(response.toString()).doesNotContain("SplxlOBeZQQYbYS6WxSbIA");
    } catch (IllegalArgumentException | LoginException refused) {
      assertThat(refused).isNotNull();
    }
  }

  private static void tokenResponse(byte[] data) {
    Optional<Claims> body = ProviderTargets.json(data);
    for (int status : new int[] {200, 400, 201}) {
      judged(
          () -> {
            TokenResponse response =
                new TokenResponseValidator(CLOCK, Set.of(TokenResponseTolerance.values()))
                    .judge(
                        new TokenRequest.AuthorizationCode(Granted.of(Scope.parse("openid"))),
                        status,
                        body);
            if (response instanceof TokenResponse.Issued issued) {
              assertThat(issued.tokens().accessToken().value()).matches("[!-~]+");
              assertThat(issued.tokens().idToken()).isNotNull();
            }
          });
    }
  }

  private static void userInfo(byte[] data) {
    ProviderTargets.json(data)
        .ifPresent(
            claims ->
                judged(
                    () -> {
                      VerifiedIdToken jane =
                          new IdTokenValidator(CLOCK, EXPECTED, jws -> verified("JWT", JANE))
                              .validate(ANY, NONCE, ANY, AuthenticationRequirement.NONE);
                      assertThat(UserInfoValidator.judge(claims, jane).string("sub"))
                          .contains("248289761001");
                    }));
  }

  private static void idToken(byte[] data) {
    ProviderTargets.json(data)
        .ifPresent(
            claims ->
                judged(
                    () -> {
                      VerifiedIdToken token =
                          new IdTokenValidator(CLOCK, EXPECTED, jws -> verified("JWT", claims))
                              .validate(ANY, NONCE, ANY, AuthenticationRequirement.NONE);
                      assertThat(token.issuer()).isEqualTo("https://server.example.com");
                      assertThat(token.subject()).isNotEmpty();
                    }));
  }

  private static void logoutToken(byte[] data) {
    ProviderTargets.json(data)
        .ifPresent(
            claims ->
                judged(
                    () -> {
                      VerifiedLogoutToken token =
                          new LogoutTokenValidator(
                                  CLOCK, EXPECTED, jws -> verified("logout+jwt", claims))
                              .validate(ANY);
                      assertThat(token.sessionId().isPresent() || token.subject().isPresent())
                          .isTrue();
                    }));
  }

  private static VerifiedJws verified(String type, Claims claims) {
    return new VerifiedJws("RS256", type, claims, Set.of());
  }

  /** To be refused with a number is to be understood. */
  private static void judged(Runnable judgement) {
    try {
      judgement.run();
    } catch (LoginException refused) {
      assertThat(refused.getMessage()).startsWith("VEST");
    }
  }
}
