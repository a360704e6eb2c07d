package org.vestibule.api;

import java.util.Map;

/**
 * CDI event: somebody signed in. Fired synchronously at the end of the login's request, after the
 * session was established; an observer that throws does not undo the login.
 *
 * @param provider id of the provider
 * @param name the caller's name
 * @param claims what the provider said about the caller; unmodifiable
 */
public record LoggedIn(String provider, String name, Map<String, Object> claims) {
  public LoggedIn {
    claims = Map.copyOf(claims);
  }
}
