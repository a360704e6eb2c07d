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
    /** The session reached {@code session-maximum}. */
    EXPIRED
  }
}
