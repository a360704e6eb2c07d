package org.vestibule.protocol.openid;

import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Verifies signatures with the provider's keys. A seam, so that the rules of this package depend on
 * no JOSE library.
 */
@FunctionalInterface
public interface JwsVerifier {

  /**
   * Verifies a JWS in compact serialization (RFC 7515 section 5.2). The algorithm has to be one of
   * the configured ones, the key one of the provider's for that algorithm; whatever the header says
   * about keys is only a hint which of them to take.
   *
   * @throws LoginException {@code ID_TOKEN_MALFORMED}, {@code ID_TOKEN_ALGORITHM}, {@code
   *     ID_TOKEN_KEY_UNKNOWN} or {@code ID_TOKEN_SIGNATURE}
   */
  VerifiedJws verify(Secret jws);

  /**
   * The same for a JWS that is no ID token: whatever rule it breaks, it breaks this one.
   *
   * @throws LoginException {@code otherwise}, or the keys cannot be had
   */
  default VerifiedJws verify(Secret jws, Violation otherwise) {
    try {
      return verify(jws);
    } catch (LoginException e) {
      throw e.failure() instanceof Violation
          ? new LoginException(otherwise, e.failure().code(), e)
          : e;
    }
  }
}
