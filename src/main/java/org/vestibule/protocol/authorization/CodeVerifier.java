package org.vestibule.protocol.authorization;

import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Sha256;

/**
 * The proof of possession for the authorization code (RFC 7636). Only {@code S256} exists here:
 * {@code plain} shows the verifier to everyone who sees the authorization request.
 *
 * @param value 43 to 128 unreserved characters (section 4.1)
 */
public record CodeVerifier(Secret value) {

  /** The only {@code code_challenge_method}. */
  public static final String METHOD = "S256";

  public static CodeVerifier generate(RandomValues random) {
    return new CodeVerifier(random.next());
  }

  /** {@code BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))}, section 4.2. */
  public String challenge() {
    return Sha256.base64url(value.value());
  }
}
