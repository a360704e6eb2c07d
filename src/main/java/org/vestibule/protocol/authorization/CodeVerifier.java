package org.vestibule.protocol.authorization;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;

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
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.value().getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
