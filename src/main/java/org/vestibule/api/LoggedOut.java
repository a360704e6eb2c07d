package org.vestibule.api;

/**
 * CDI event: a session ended.
 *
 * @param provider id of the provider
 * @param name the caller's name
 * @param reason why it ended
 */
public record LoggedOut(String provider, String name, Reason reason) {

  /** Why a session ended. */
  public enum Reason {
    /** The user signed out. */
    USER,
    /** The authorization server refused to refresh the tokens. */
    REFRESH_REFUSED,
    /** The session reached {@code session-maximum}; noticed when it is next used. */
    EXPIRED,
    /**
     * The user signed out at the provider, which said so to this server (OpenID Connect
     * Back-Channel Logout); noticed when the session is next used.
     */
    BACK_CHANNEL,
    /**
     * The user signed out at the provider, which said so through the browser (OpenID Connect
     * Front-Channel Logout); noticed when the session is next used.
     */
    FRONT_CHANNEL
  }
}
