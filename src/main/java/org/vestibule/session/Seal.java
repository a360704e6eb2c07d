package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.vestibule.protocol.Secret;

/**
 * Seals bytes so that only this application can read or make them: AES-256-GCM with a random nonce.
 * What is sealed for one context, such as a cookie's name, cannot be opened for another.
 * Thread-safe.
 */
public final class Seal {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String HMAC = "HmacSHA256";

  private final SecureRandom random;
  private final List<SecretKeySpec> keys;

  private Seal(SecureRandom random, List<SecretKeySpec> keys) {
    this.random = random;
    this.keys = List.copyOf(keys);
  }

  /**
   * @param secrets from which keys are derived, each for this purpose alone; the first seals, all
   *     can open, so that a secret can be changed while what it sealed is still about
   */
  public static Seal of(SecureRandom random, String purpose, List<Secret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("no secret");
    }
    return new Seal(random, secrets.stream().map(secret -> derive(secret, purpose)).toList());
  }

  public byte[] seal(byte[] plain, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, context);
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** Empty if the bytes were not sealed by us, for this context, with a key that is still known. */
  public Optional<byte[]> open(byte[] sealed, String context) {
    if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    return keys.stream().flatMap(key -> open(sealed, nonce, key, context).stream()).findFirst();
  }

  private static Optional<byte[]> open(
      byte[] sealed, byte[] nonce, SecretKeySpec key, String context) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, context);
      return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** As text of the base64url alphabet, for a cookie. */
  public String sealText(String plain, String context) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(seal(plain.getBytes(UTF_8), context));
  }

  /** The opposite of {@link #sealText}; empty for anything else. */
  public Optional<String> openText(String sealed, String context) {
    try {
      return open(Base64.getUrlDecoder().decode(sealed), context)
          .map(plain -> new String(plain, UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(UTF_8));
    return cipher;
  }

  /** HKDF (RFC 5869) for one block: extract with a salt of ours, expand with the purpose. */
  private static SecretKeySpec derive(Secret secret, String purpose) {
    try {
      byte[] extracted = hmac("vestibule".getBytes(UTF_8), secret.value().getBytes(UTF_8));
      byte[] key = hmac(extracted, (purpose + "\u0001").getBytes(UTF_8));
      return new SecretKeySpec(key, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(message);
  }
}
