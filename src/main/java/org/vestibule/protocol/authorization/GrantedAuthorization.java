package org.vestibule.protocol.authorization;

import org.vestibule.protocol.Secret;

/**
 * The proof that an authorization code was asked for by this browser, lately, and comes from whom
 * it was asked of. Only {@link AuthorizationResponseValidator} can make one, and a token request
 * cannot be made without: the checks cannot be skipped. Immutable.
 */
public final class GrantedAuthorization {

  private final Secret code;
  private final PendingAuthorization pending;

  GrantedAuthorization(Secret code, PendingAuthorization pending) {
    this.code = code;
    this.pending = pending;
  }

  /** The authorization code; it works once. */
  public Secret code() {
    return code;
  }

  /** What was remembered when the code was asked for. */
  public PendingAuthorization pending() {
    return pending;
  }
}
