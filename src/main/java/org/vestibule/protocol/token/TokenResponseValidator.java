package org.vestibule.protocol.token;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;

/**
 * Judges what the token endpoint answered (RFC 6749 sections 5.1 and 5.2), and is the only place
 * that does. Strict where a mistake would be dangerous; where real servers differ harmlessly (the
 * lifetime as a text, or under the name {@code expires}; the scope as a list) they are understood.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenResponseValidator {

  /**
   * Nothing longer is named in a log: a provider that mixes up its members may have a token here.
   */
  private static final int LONGEST_TYPE = 15;

  /** Types that are registered, or were, and want a proof along with the token. */
  private static final Set<String> BOUND_TO_A_KEY = Set.of("dpop", "pop", "mac", "n_a");

  /** No honest lifetime is longer; what is larger must not overflow. */
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;

  private final Clock clock;
  private final Set<TokenResponseTolerance> tolerances;

  public TokenResponseValidator(Clock clock, Set<TokenResponseTolerance> tolerances) {
    this.clock = clock;
    this.tolerances = Set.copyOf(tolerances);
  }

  /**
   * @param status of HTTP
   * @param body the members of the answer; empty if it has none that can be read
   * @throws LoginException the answer is neither a grant nor a refusal
   */
  public TokenResponse judge(TokenRequest request, int status, Optional<Claims> body) {
    Optional<OAuthError> error = body.flatMap(TokenResponseValidator::error);
    if (error.isPresent()) {
      return new TokenResponse.Refused(status, error.get());
    }
    boolean success =
        status == OK
            || (tolerances.contains(TokenResponseTolerance.ANY_SUCCESS_STATUS)
                && status > OK
                && status < MULTIPLE_CHOICES);
    if (!success) {
      return refusedWithoutError(status, body);
    }
    Claims members = body.orElseThrow(() -> new LoginException(Violation.TOKEN_RESPONSE_MALFORMED));
    Secret accessToken = accessToken(members);
    requireBearer(members);
    return new TokenResponse.Issued(
        new Tokens(
            accessToken,
            expiresAt(members),
            members
                .string("refresh_token")
                .filter(text -> !text.isEmpty())
                .map(Secret::of)
                .orElse(null),
            idToken(members, request),
            scope(members, request)));
  }

  /** {@code error} is a text; some send an object, a number, or a 200 along. */
  private static Optional<OAuthError> error(Claims members) {
    Object error = members.members().get("error");
    if (error instanceof String code) {
      return Optional.of(new OAuthError(code, members.string("error_description")));
    }
    if (error instanceof Map<?, ?> object) {
      return Optional.of(
          new OAuthError(
              object.get("type") instanceof String type ? type : "unknown",
              object.get("message") instanceof String message
                  ? Optional.of(message)
                  : Optional.empty()));
    }
    if (error instanceof Long number) {
      return Optional.of(new OAuthError(number.toString(), members.string("error_description")));
    }
    return error == null ? Optional.empty() : Optional.of(OAuthError.of("unknown"));
  }

  private static TokenResponse refusedWithoutError(int status, Optional<Claims> body) {
    if (body.isPresent() && body.get().has("access_token")) {
      throw new LoginException(Violation.TOKEN_RESPONSE_STATUS, "status " + status);
    }
    return new TokenResponse.Refused(status, OAuthError.of("status_" + status));
  }

  /** Printable ASCII (appendix A.12): what is anything else does not fit into a header. */
  private static Secret accessToken(Claims members) {
    String accessToken =
        members
            .string("access_token")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> new LoginException(Violation.ACCESS_TOKEN_MISSING));
    if (accessToken.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new LoginException(
          Violation.TOKEN_RESPONSE_MALFORMED, "characters that an access_token cannot have");
    }
    return Secret.of(accessToken);
  }

  /**
   * "The client MUST NOT use an access token if it does not understand the token type" (section
   * 7.1). The type is case insensitive (section 5.1).
   */
  private void requireBearer(Claims members) {
    if (!members.has("token_type")) {
      if (tolerances.contains(TokenResponseTolerance.MISSING_TOKEN_TYPE)) {
        return;
      }
      throw new LoginException(Violation.TOKEN_TYPE_MISSING);
    }
    String type = members.string("token_type").orElse("");
    boolean tolerated =
        tolerances.contains(TokenResponseTolerance.ODD_TOKEN_TYPE)
            && !type.isBlank()
            && !BOUND_TO_A_KEY.contains(type.toLowerCase(Locale.ROOT));
    if (!tolerated && !type.equalsIgnoreCase("Bearer")) {
      throw LoginException.differs(
          Violation.TOKEN_TYPE_UNSUPPORTED,
          "Bearer",
          type.length() > LONGEST_TYPE ? "something long" : type);
    }
  }

  /** "RECOMMENDED. The lifetime in seconds of the access token" (section 5.1). */
  private @Nullable Instant expiresAt(Claims members) {
    Object lifetime = members.members().get("expires_in");
    if (lifetime == null) {
      lifetime = members.members().get("expires");
    }
    if (lifetime == null) {
      return null;
    }
    BigDecimal seconds = seconds(lifetime);
    if (seconds.signum() < 0) {
      throw new LoginException(Violation.EXPIRES_IN_INVALID, "it is negative");
    }
    BigDecimal longest = BigDecimal.valueOf(LONGEST_LIFETIME.toSeconds());
    return clock.instant().plusSeconds(seconds.min(longest).longValue());
  }

  private static BigDecimal seconds(Object lifetime) {
    if (lifetime instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    if (lifetime instanceof BigDecimal number) {
      return number;
    }
    if (lifetime instanceof String text && text.matches("\\d{1,18}")) {
      return new BigDecimal(text);
    }
    throw new LoginException(Violation.EXPIRES_IN_INVALID);
  }

  private static @Nullable Secret idToken(Claims members, TokenRequest request) {
    Optional<Secret> idToken =
        members.string("id_token").filter(text -> !text.isEmpty()).map(Secret::of);
    if (idToken.isEmpty() && request.wantsIdToken()) {
      throw new LoginException(Violation.ID_TOKEN_MISSING);
    }
    return idToken.orElse(null);
  }

  /**
   * "OPTIONAL, if identical to the scope requested by the client; otherwise, REQUIRED" (section
   * 5.1): silence means what was asked for, an empty scope means nothing, and so does one that
   * cannot be understood.
   */
  private static Scope scope(Claims members, TokenRequest request) {
    Object scope = members.members().get("scope");
    if (scope instanceof String text) {
      return Scope.parse(text);
    }
    if (scope instanceof List<?>) {
      return Scope.of(members.strings("scope"));
    }
    return scope == null ? request.requested() : Scope.NONE;
  }
}
