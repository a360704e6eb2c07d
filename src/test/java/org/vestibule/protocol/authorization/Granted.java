package org.vestibule.protocol.authorization;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;

/** A proof of the example in RFC 6749 section 4.1, made by the only one who can. */
public final class Granted {

  private Granted() {}

  /** Granted with PKCE as in RFC 7636 appendix B. */
  public static GrantedAuthorization of(Scope scope) {
    return of(
        scope,
        Optional.of(new CodeVerifier(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))));
  }

  /** Granted with PKCE or without. */
  public static GrantedAuthorization of(Scope scope, Optional<CodeVerifier> verifier) {
    Clock clock = Clock.systemUTC();
    PendingAuthorization pending =
        new PendingAuthorization(
            "corp",
            "Kq3Zr0aT",
            Optional.empty(),
            false,
            Secret.of("xyz"),
            scope.isOpenId() ? Optional.of(Secret.of("n-0S6_WzA2Mj")) : Optional.empty(),
            verifier,
            URI.create("https://client.example.com/cb"),
            scope,
            "/",
            clock.instant(),
            AuthenticationRequirement.NONE,
            false);
    AuthorizationResponse response =
        AuthorizationResponse.read(Parameters.parse("code=SplxlOBeZQQYbYS6WxSbIA&state=xyz"));
    AuthorizationOutcome outcome =
        new AuthorizationResponseValidator(clock, Duration.ofMinutes(10))
            .judge(response, pending, IssuerRule.NONE);
    return ((AuthorizationOutcome.Granted) outcome).authorization();
  }
}
