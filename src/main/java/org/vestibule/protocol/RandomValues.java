package org.vestibule.protocol;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Values that nobody can guess, for {@code state}, {@code nonce}, {@code code_verifier} and the
 * like. Thread-safe.
 */
public final class RandomValues {

  private static final int BYTES = 32;

  private final SecureRandom random;

  public RandomValues(SecureRandom random) {
    this.random = random;
  }

  /** 256 random bits as 43 characters of the base64url alphabet (RFC 7636 section 4.1). */
  public Secret next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
