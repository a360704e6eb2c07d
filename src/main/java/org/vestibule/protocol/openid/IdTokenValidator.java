package org.vestibule.protocol.openid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Judges ID tokens, and is the only place that does: OpenID Connect Core section 3.1.3.7, one
 * method per rule, in the specification's order. Rule 6 allows to trust TLS in place of the
 * signature; here the signature is verified always and first, so that no claim of a stranger is
 * ever looked at.
 *
 * <p>Immutable and thread-safe.
 */
public final class IdTokenValidator {

  private static final int LONGEST_SUBJECT = 255;

  /** An ID token is issued when the code is redeemed; what is much older was kept by somebody. */
  private static final Duration OLDEST = Duration.ofHours(1);

  private static final Set<String> TYPES = Set.of("", "jwt", "application/jwt");

  private final Clock clock;
  private final IdTokenExpectations expected;
  private final JwsVerifier verifier;

  public IdTokenValidator(Clock clock, IdTokenExpectations expected, JwsVerifier verifier) {
    this.clock = clock;
    this.expected = expected;
    this.verifier = verifier;
  }

  /**
   * Judges the ID token of a login (section 3.1.3.7).
   *
   * @param nonce that the authorization request was sent with
   * @param accessToken that came along
   * @param requirement what was asked for beside what is asked of everyone. It comes from an
   *     address that anybody can write, so it can add to that and never takes its place
   * @throws LoginException a rule was broken
   */
  public VerifiedIdToken validate(
      Secret idToken, Secret nonce, Secret accessToken, AuthenticationRequirement requirement) {
    VerifiedJws jws = verifier.verify(idToken);
    VerifiedIdToken verified = judge(jws);
    requireNonce(jws.claims(), Optional.of(nonce));
    requireStrongerAuthentication(jws.claims(), requirement);
    requireNewAuthentication(jws.claims(), requirement);
    requireAcr(jws.claims());
    requireAuthTime(jws.claims());
    requireAccessTokenHash(jws, accessToken);
    return verified;
  }

  /**
   * Judges an ID token that came with refreshed tokens (section 12.2): it must speak of the same
   * user at the same issuer. It need not have a nonce, and an empty one is none, but has no other.
   * A later {@code auth_time} is no reason to end a session: it shows that the user authenticated
   * again elsewhere, and is not taken over.
   *
   * @param earlier the session's ID token
   * @throws LoginException a rule was broken
   */
  public VerifiedIdToken validateRefreshed(
      Secret idToken, EarlierIdToken earlier, Secret accessToken) {
    VerifiedJws jws = verifier.verify(idToken);
    VerifiedIdToken verified = judge(jws);
    if (!verified.issuer().equals(earlier.issuer())) {
      throw LoginException.differs(
          Violation.ID_TOKEN_OF_ANOTHER, earlier.issuer(), verified.issuer());
    }
    if (!verified.subject().equals(earlier.subject())) {
      throw new LoginException(Violation.ID_TOKEN_OF_ANOTHER, "sub differs");
    }
    if (jws.claims().has("nonce")
        && !isEmptyText(jws.claims(), "nonce")
        && earlier.nonce().isPresent()) {
      requireNonce(jws.claims(), earlier.nonce());
    }
    requireAccessTokenHash(jws, accessToken);
    return verified;
  }

  private static boolean isEmptyText(Claims claims, String name) {
    return "".equals(claims.members().get(name));
  }

  private VerifiedIdToken judge(VerifiedJws jws) {
    Claims claims = jws.claims();
    requireType(jws);
    String issuer = requireIssuer(jws);
    requireSubject(claims);
    requireAudience(claims);
    requireAuthorizedParty(claims);
    requireNotExpired(claims);
    requireValidAlready(claims);
    requireIssuedLately(claims);
    return new VerifiedIdToken(issuer, claims.string("sub").orElseThrow(), claims);
  }

  /** Kinds of tokens must not be mistaken for each other (RFC 8725 section 3.11). */
  private static void requireType(VerifiedJws jws) {
    String type = jws.type().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(type)) {
      throw new LoginException(Violation.ID_TOKEN_TYPE, "typ is " + jws.type());
    }
    if (jws.claims().has("events")) {
      throw new LoginException(Violation.ID_TOKEN_TYPE, "it is a security event");
    }
  }

  /** Rule 2: "The Issuer Identifier … MUST exactly match the value of the iss Claim". */
  private String requireIssuer(VerifiedJws jws) {
    return TokenIssuer.require(expected.issuers(), jws, Violation.ID_TOKEN_ISSUER, true);
  }

  /** Section 2: {@code sub} is required and "MUST NOT exceed 255 ASCII characters in length". */
  private static void requireSubject(Claims claims) {
    String subject = claims.string("sub").orElse("");
    boolean acceptable =
        !subject.isEmpty()
            && subject.length() <= LONGEST_SUBJECT
            && subject.chars().noneMatch(Character::isISOControl);
    if (!acceptable) {
      throw new LoginException(Violation.ID_TOKEN_SUBJECT);
    }
  }

  /**
   * Rule 3: the client has to be among the audiences, and none may be there that it does not trust.
   */
  private void requireAudience(Claims claims) {
    List<String> audiences = claims.strings("aud");
    if (!audiences.contains(expected.clientId())) {
      throw LoginException.differs(Violation.ID_TOKEN_AUDIENCE, expected.clientId(), audiences);
    }
    for (String audience : audiences) {
      if (!audience.equals(expected.clientId()) && !expected.otherAudiences().contains(audience)) {
        throw new LoginException(
            Violation.ID_TOKEN_AUDIENCE, "also meant for \"" + audience + "\"");
      }
    }
  }

  /**
   * Rules 4 and 5: if {@code azp} is there, it has to be this client, with one audience or many.
   */
  private void requireAuthorizedParty(Claims claims) {
    if (claims.has("azp") && !claims.string("azp").equals(Optional.of(expected.clientId()))) {
      throw LoginException.differs(
          Violation.ID_TOKEN_AUTHORIZED_PARTY,
          expected.clientId(),
          claims.string("azp").orElse("no text"));
    }
  }

  /** Rule 9: "The current time MUST be before the time represented by the exp Claim". */
  private void requireNotExpired(Claims claims) {
    Instant expiry =
        claims.instant("exp").orElseThrow(() -> new LoginException(Violation.ID_TOKEN_EXPIRED));
    if (!clock.instant().isBefore(expiry.plus(expected.clockSkew()))) {
      throw new LoginException(
          Violation.ID_TOKEN_EXPIRED, "at " + expiry + ", it is " + clock.instant());
    }
  }

  /** RFC 7519 section 4.1.5. */
  private void requireValidAlready(Claims claims) {
    if (!claims.has("nbf")) {
      return;
    }
    Instant notBefore =
        claims
            .instant("nbf")
            .orElseThrow(() -> new LoginException(Violation.ID_TOKEN_NOT_YET_VALID));
    if (clock.instant().isBefore(notBefore.minus(expected.clockSkew()))) {
      throw new LoginException(
          Violation.ID_TOKEN_NOT_YET_VALID, "until " + notBefore + ", it is " + clock.instant());
    }
  }

  /** Rule 10: {@code iat} is required (section 2) and must be near. */
  private void requireIssuedLately(Claims claims) {
    Instant issued =
        claims.instant("iat").orElseThrow(() -> new LoginException(Violation.ID_TOKEN_ISSUED_AT));
    Instant now = clock.instant();
    boolean future = issued.isAfter(now.plus(expected.clockSkew()));
    boolean old = issued.isBefore(now.minus(OLDEST).minus(expected.clockSkew()));
    if (future || old) {
      throw new LoginException(Violation.ID_TOKEN_ISSUED_AT, "at " + issued + ", it is " + now);
    }
  }

  /**
   * Rule 11: "a nonce Claim MUST be present and its value checked to verify that it is the same
   * value as the one that was sent".
   */
  private static void requireNonce(Claims claims, Optional<Secret> nonce) {
    Optional<Secret> actual =
        claims.string("nonce").filter(text -> !text.isEmpty()).map(Secret::of);
    if (!actual.equals(nonce)) {
      throw new LoginException(Violation.ID_TOKEN_NONCE);
    }
  }

  /** Rule 12: what was asked for with {@code acr_values} has to have happened. */
  private void requireAcr(Claims claims) {
    String acr = claims.string("acr").orElse("");
    if (!expected.acrValues().isEmpty() && !expected.acrValues().contains(acr)) {
      throw LoginException.differs(Violation.ID_TOKEN_ACR, expected.acrValues(), acr);
    }
  }

  /** Rule 13: with {@code max_age}, {@code auth_time} is required and must not be older. */
  private void requireAuthTime(Claims claims) {
    if (expected.maxAge().isEmpty()) {
      return;
    }
    Instant authenticated =
        claims
            .instant("auth_time")
            .orElseThrow(() -> new LoginException(Violation.ID_TOKEN_AUTH_TIME, "unknown"));
    Instant latest = authenticated.plus(expected.maxAge().get()).plus(expected.clockSkew());
    if (clock.instant().isAfter(latest)) {
      throw new LoginException(Violation.ID_TOKEN_AUTH_TIME, "at " + authenticated);
    }
  }

  /** RFC 9470 section 5: {@code acr_values} were asked for again, and one of them is required. */
  private static void requireStrongerAuthentication(
      Claims claims, AuthenticationRequirement requirement) {
    String acr = claims.string("acr").orElse(null);
    if (!requirement.accepts(acr)) {
      throw LoginException.differs(Violation.STEP_UP_ACR, requirement.acrValues(), acr);
    }
  }

  /** RFC 9470 section 5: {@code max_age} was asked for again. */
  private void requireNewAuthentication(Claims claims, AuthenticationRequirement requirement) {
    Instant time = claims.instant("auth_time").orElse(null);
    if (!requirement.isRecent(time, clock.instant(), expected.clockSkew())) {
      throw new LoginException(Violation.STEP_UP_AUTH_TIME, "at " + time);
    }
  }

  /**
   * Section 3.1.3.8: {@code at_hash} may be left out; if it is there, it is the left half of the
   * access token's hash, with the hash function of the signature's algorithm.
   */
  private static void requireAccessTokenHash(VerifiedJws jws, Secret accessToken) {
    if (!jws.claims().has("at_hash")) {
      return;
    }
    byte[] expected = leftHalfOfHash(jws.algorithm(), accessToken).getBytes(UTF_8);
    byte[] actual = jws.claims().string("at_hash").orElse("").getBytes(UTF_8);
    if (!MessageDigest.isEqual(expected, actual)) {
      throw new LoginException(Violation.ID_TOKEN_ACCESS_TOKEN_HASH);
    }
  }

  private static String leftHalfOfHash(String algorithm, Secret token) {
    String function =
        algorithm.endsWith("384")
            ? "SHA-384"
            : algorithm.endsWith("512") || algorithm.equals("EdDSA") ? "SHA-512" : "SHA-256";
    try {
      byte[] hash = MessageDigest.getInstance(function).digest(token.value().getBytes(US_ASCII));
      byte[] half = Arrays.copyOf(hash, hash.length / 2);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }
}
