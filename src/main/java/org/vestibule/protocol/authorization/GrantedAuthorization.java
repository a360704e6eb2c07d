package org.vestibule.protocol.authorization;

import java.util.Optional;
import org.vestibule.protocol.Secret;

/**
 * The proof that an authorization code was asked for by this browser, lately, and comes from whom
 * it was asked of. Only {@link AuthorizationResponseValidator} can make one, and a token request
 * cannot be made without: the checks cannot be skipped. Immutable.
 */
public final class GrantedAuthorization {

  private final Secret code;
  private final PendingAuthorization pending;
  private final Optional<String> issuer;

  GrantedAuthorization(Secret code, PendingAuthorization pending, Optional<String> issuer) {
    this.code = code;
    this.pending = pending;
    this.issuer = issuer;
  }

  /** The authorization code; it works once. */
  public Secret code() {
    return code;
  }

  /** What was remembered when the code was asked for. */
  public PendingAuthorization pending() {
    return pending;
  }

  /** Who the response says granted it (RFC 9207), if it does and the provider's issuer is known. */
  public Optional<String> issuer() {
    return issuer;
  }
}
