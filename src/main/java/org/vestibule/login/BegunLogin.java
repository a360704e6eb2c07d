package org.vestibule.login;

import java.net.URI;
import org.vestibule.protocol.authorization.PendingAuthorization;

/**
 * A login that has begun.
 *
 * @param location where to send the browser
 * @param pending what to remember until it comes back
 */
public record BegunLogin(URI location, PendingAuthorization pending) {

  /** Without the location, which has {@code state} and {@code nonce} in the clear. */
  @Override
  public String toString() {
    return "BegunLogin[" + pending + "]";
  }
}
