package org.vestibule.testing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Codes and tokens, and the grants they stand for. Safe for use by several threads. */
final class GrantStore {

  /** An access or refresh token. */
  record Token(Grant grant, Set<String> scope, Instant issuedAt, Instant expiresAt) {}

  private record Code(Grant grant, Instant expiresAt) {}

  private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
  private static final Duration REFRESH_TOKEN_LIFETIME = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Grant> usedCodes = new HashMap<>();
  private final Map<String, Token> accessTokens = new HashMap<>();
  private final Map<String, Token> refreshTokens = new HashMap<>();
  private final Map<String, Token> usedRefreshTokens = new HashMap<>();
  private final Map<String, String> idTokenClients = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  GrantStore(Clock clock) {
    this.clock = clock;
  }

  /** An unguessable string of the characters that RFC 6750 allows in a token. */
  static String randomString() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  synchronized String issueCode(Grant grant) {
    String code = randomString();
    codes.put(code, new Code(grant, clock.instant().plus(CODE_LIFETIME)));
    return code;
  }

  /**
   * Uses the code up, whatever becomes of the request; a replay ends the grant (RFC 6749 §4.1.2).
   */
  synchronized Grant redeemCode(String code) {
    Grant replayed = usedCodes.get(code);
    if (replayed != null) {
      ended.add(replayed.id());
      throw OAuthProblem.invalidGrant("the code has been used before");
    }
    Code found = codes.remove(code);
    if (found == null) {
      throw OAuthProblem.invalidGrant("there is no such code");
    }
    usedCodes.put(code, found.grant());
    if (clock.instant().isAfter(found.expiresAt())) {
      throw OAuthProblem.invalidGrant("the code has expired");
    }
    return found.grant();
  }

  synchronized void putAccessToken(
      String token, Grant grant, Set<String> scope, Duration lifetime) {
    Instant now = clock.instant();
    accessTokens.put(token, new Token(grant, scope, now, now.plus(lifetime)));
  }

  synchronized String issueRefreshToken(Grant grant, Set<String> scope) {
    String token = randomString();
    Instant now = clock.instant();
    refreshTokens.put(token, new Token(grant, scope, now, now.plus(REFRESH_TOKEN_LIFETIME)));
    return token;
  }

  /**
   * The refresh token if it is good for this client and scope.
   *
   * @param scope what the client asks for; null: what was granted
   * @param rotate whether the token is used up by this
   * @param reuseEndsGrant whether a token that was used up before ends its grant
   */
  synchronized Token redeemRefreshToken(
      String token,
      String clientId,
      @Nullable Set<String> scope,
      boolean rotate,
      boolean reuseEndsGrant) {
    Token used = usedRefreshTokens.get(token);
    if (used != null) {
      if (reuseEndsGrant) {
        ended.add(used.grant().id());
      }
      throw OAuthProblem.invalidGrant("the refresh token has been used before");
    }
    Token found = refreshToken(token);
    if (found == null || !found.grant().clientId().equals(clientId)) {
      throw OAuthProblem.invalidGrant("the refresh token is not valid for this client");
    }
    if (scope != null && !found.scope().containsAll(scope)) {
      throw new OAuthProblem(400, "invalid_scope", "more than was granted");
    }
    if (rotate) {
      refreshTokens.remove(token);
      usedRefreshTokens.put(token, found);
    }
    return found;
  }

  synchronized @Nullable Token accessToken(@Nullable String token) {
    return token == null ? null : alive(accessTokens.get(token));
  }

  synchronized @Nullable Token refreshToken(String token) {
    return alive(refreshTokens.get(token));
  }

  /** Ends one access token, or with a refresh token the whole grant (RFC 7009 section 2.1). */
  synchronized void revoke(String token, String clientId) {
    Token refresh = refreshTokens.get(token);
    Token access = accessTokens.get(token);
    Token found = refresh != null ? refresh : access;
    if (found == null) {
      return;
    }
    if (!found.grant().clientId().equals(clientId)) {
      throw OAuthProblem.invalidGrant("the token was issued to another client");
    }
    if (refresh != null) {
      ended.add(refresh.grant().id());
    }
    accessTokens.remove(token);
  }

  /** Ends every grant there is, as a user does who takes the consent back. */
  synchronized void endAll() {
    codes.clear();
    accessTokens.clear();
    refreshTokens.clear();
  }

  synchronized void rememberIdToken(String idToken, String clientId) {
    idTokenClients.put(idToken, clientId);
  }

  /** The client an ID token was issued to, for {@code id_token_hint}. */
  synchronized @Nullable String clientOfIdToken(String idToken) {
    return idTokenClients.get(idToken);
  }

  private @Nullable Token alive(@Nullable Token token) {
    return token == null
            || ended.contains(token.grant().id())
            || clock.instant().isAfter(token.expiresAt())
        ? null
        : token;
  }
}
