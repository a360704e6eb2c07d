package org.vestibule.protocol.openid;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Judges logout tokens, and is the only place that does: OpenID Connect Back-Channel Logout section
 * 2.6, one method per rule, in the specification's order. The signature is verified first.
 *
 * <p>Thread-safe. It remembers the {@code jti} of what it accepted for as long as the same token
 * would be accepted again, so that each ends sessions once.
 */
public final class LogoutTokenValidator {

  /** The member of {@code events} that makes a security event a logout (section 2.4). */
  public static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private static final int LONGEST_ID = 255;

  /** A logout token is sent when somebody signs out; what is much older was kept by somebody. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  /** "logout+jwt" is recommended (section 2.4); providers from before that send JWT, or none. */
  private static final Set<String> TYPES =
      Set.of("", "jwt", "application/jwt", "logout+jwt", "application/logout+jwt");

  private final Clock clock;
  private final IdTokenExpectations expected;
  private final JwsVerifier verifier;
  private final SpentTokens spent = new SpentTokens();

  /**
   * @param expected issuer, audience and skew of this client's ID tokens; "in the same way" they
   *     are those of logout tokens
   */
  public LogoutTokenValidator(Clock clock, IdTokenExpectations expected, JwsVerifier verifier) {
    this.clock = clock;
    this.expected = expected;
    this.verifier = verifier;
  }

  /**
   * Judges a logout token, and uses it up.
   *
   * @throws LoginException a rule was broken, or the provider's keys cannot be had now
   */
  public VerifiedLogoutToken validate(Secret logoutToken) {
    VerifiedJws jws = verified(logoutToken);
    Claims claims = jws.claims();
    requireType(jws);
    String issuer = requireIssuer(jws);
    requireAudience(claims);
    Instant issuedAt = requireIssuedLately(claims);
    requireNotExpired(claims);
    requireSubjectOrSession(claims);
    requireEvent(claims);
    requireNoNonce(claims);
    requireFirstUse(claims, issuedAt);
    return new VerifiedLogoutToken(
        issuer, claims.string("sid"), claims.string("sub"), moment(issuedAt));
  }

  private Instant moment(Instant issuedAt) {
    Instant latest = issuedAt.plus(expected.clockSkew());
    Instant now = clock.instant();
    return latest.isBefore(now) ? latest : now;
  }

  /**
   * Rule 2: "Validate the Logout Token signature in the same way that an ID Token signature is
   * validated".
   */
  private VerifiedJws verified(Secret logoutToken) {
    return verifier.verify(logoutToken, Violation.LOGOUT_TOKEN_SIGNATURE);
  }

  /** Kinds of tokens must not be mistaken for each other (RFC 8725 section 3.11). */
  private static void requireType(VerifiedJws jws) {
    if (!TYPES.contains(jws.type().toLowerCase(Locale.ROOT))) {
      throw new LoginException(Violation.LOGOUT_TOKEN_TYPE, "typ is " + jws.type());
    }
  }

  /** Rule 3: {@code iss} as in an ID token. */
  private String requireIssuer(VerifiedJws jws) {
    return TokenIssuer.require(expected.issuers(), jws, Violation.LOGOUT_TOKEN_ISSUER, false);
  }

  /** Rule 3: {@code aud} as in an ID token. */
  private void requireAudience(Claims claims) {
    List<String> audiences = claims.strings("aud");
    if (!audiences.contains(expected.clientId())) {
      throw LoginException.differs(Violation.LOGOUT_TOKEN_AUDIENCE, expected.clientId(), audiences);
    }
    for (String audience : audiences) {
      if (!audience.equals(expected.clientId()) && !expected.otherAudiences().contains(audience)) {
        throw new LoginException(
            Violation.LOGOUT_TOKEN_AUDIENCE, "also meant for \"" + audience + "\"");
      }
    }
  }

  /** Rule 3: {@code iat} is required (section 2.4) and must be near. */
  private Instant requireIssuedLately(Claims claims) {
    Instant issued =
        claims
            .instant("iat")
            .orElseThrow(() -> new LoginException(Violation.LOGOUT_TOKEN_ISSUED_AT));
    Instant now = clock.instant();
    boolean future = issued.isAfter(now.plus(expected.clockSkew()));
    boolean old = issued.isBefore(now.minus(OLDEST).minus(expected.clockSkew()));
    if (future || old) {
      throw new LoginException(Violation.LOGOUT_TOKEN_ISSUED_AT, "at " + issued + ", it is " + now);
    }
    return issued;
  }

  /**
   * Rule 3: {@code exp} as in an ID token. The drafts had none, and some providers still follow
   * them: {@code iat} says when such a token is too old.
   */
  private void requireNotExpired(Claims claims) {
    if (!claims.has("exp")) {
      return;
    }
    Instant expiry =
        claims.instant("exp").orElseThrow(() -> new LoginException(Violation.LOGOUT_TOKEN_EXPIRED));
    if (!clock.instant().isBefore(expiry.plus(expected.clockSkew()))) {
      throw new LoginException(
          Violation.LOGOUT_TOKEN_EXPIRED, "at " + expiry + ", it is " + clock.instant());
    }
  }

  /** Rule 4: "Verify that the Logout Token contains a sub Claim, a sid Claim, or both". */
  private static void requireSubjectOrSession(Claims claims) {
    boolean either = claims.has("sub") || claims.has("sid");
    if (!either || !isAbsentOrId(claims, "sub") || !isAbsentOrId(claims, "sid")) {
      throw new LoginException(Violation.LOGOUT_TOKEN_SUBJECT);
    }
  }

  private static boolean isAbsentOrId(Claims claims, String name) {
    return !claims.has(name) || claims.string(name).filter(LogoutTokenValidator::isId).isPresent();
  }

  private static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_ID
        && text.chars().noneMatch(Character::isISOControl);
  }

  /**
   * Rule 5: {@code events} has the member {@value #EVENT}, whose "value MUST be a JSON object"
   * (section 2.4).
   */
  private static void requireEvent(Claims claims) {
    boolean logout =
        claims.members().get("events") instanceof Map<?, ?> events
            && events.get(EVENT) instanceof Map<?, ?>;
    if (!logout) {
      throw new LoginException(Violation.LOGOUT_TOKEN_EVENT);
    }
  }

  /** Rule 6: "Verify that the Logout Token does not contain a nonce Claim": it is an ID token. */
  private static void requireNoNonce(Claims claims) {
    if (claims.has("nonce")) {
      throw new LoginException(Violation.LOGOUT_TOKEN_NONCE);
    }
  }

  /** Rule 7: "another Logout Token with the same jti value has not been recently received". */
  private void requireFirstUse(Claims claims, Instant issuedAt) {
    Optional<String> id = claims.string("jti").filter(LogoutTokenValidator::isId);
    if (id.isEmpty()) {
      throw new LoginException(Violation.LOGOUT_TOKEN_ID);
    }
    Instant acceptableUntil = issuedAt.plus(OLDEST).plus(expected.clockSkew());
    if (!spent.spend(id.get(), acceptableUntil, clock.instant())) {
      throw new LoginException(Violation.LOGOUT_TOKEN_REPLAYED);
    }
  }
}
