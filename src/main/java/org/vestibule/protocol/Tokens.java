package org.vestibule.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the authorization server issued (RFC 6749 section 5.1), checked. Immutable.
 *
 * @param accessToken opaque to the client (section 1.4)
 * @param expiresAt when the access token expires; null if the provider did not say
 * @param refreshToken null if there is none
 * @param idToken the ID token as it came, for {@code id_token_hint} at logout; null without OpenID
 *     Connect
 * @param scope what was granted, or what was asked for where the response is silent
 */
public record Tokens(
    Secret accessToken,
    @Nullable Instant expiresAt,
    @Nullable Secret refreshToken,
    @Nullable Secret idToken,
    Scope scope) {

  /** Whether the access token has expired. One of unknown lifetime never has. */
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Whether it is time to refresh: the access token expires within {@code lead}. */
  public boolean isDue(Instant now, Duration lead) {
    return expiresAt != null && !now.isBefore(expiresAt.minus(lead));
  }

  /**
   * Whether these are the tokens of the same response: what is stored has no fractions of seconds,
   * so the expiry does not count.
   */
  public boolean areThoseOf(Tokens other) {
    return accessToken.equals(other.accessToken)
        && Objects.equals(refreshToken, other.refreshToken);
  }

  /** These tokens without the ID token: one that nobody asked for and nobody verified. */
  public Tokens withoutIdToken() {
    return idToken == null ? this : new Tokens(accessToken, expiresAt, refreshToken, null, scope);
  }

  /** These tokens with {@code known} in place of an equal scope: all users together need one. */
  public Tokens sharing(Scope known) {
    return scope.equals(known)
        ? new Tokens(accessToken, expiresAt, refreshToken, idToken, known)
        : this;
  }

  /**
   * The tokens after a refresh: what the authorization server did not renew stays (RFC 6749 section
   * 6: "the authorization server MAY issue a new refresh token").
   */
  public Tokens refreshedWith(Tokens response) {
    return new Tokens(
        response.accessToken,
        response.expiresAt,
        response.refreshToken != null ? response.refreshToken : refreshToken,
        response.idToken != null ? response.idToken : idToken,
        response.scope.equals(scope) ? scope : response.scope);
  }
}
