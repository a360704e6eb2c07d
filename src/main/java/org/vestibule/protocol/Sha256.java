package org.vestibule.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 of a text in UTF-8, written as text. */
public final class Sha256 {

  private Sha256() {}

  /** 43 characters of the base64url alphabet, without padding (RFC 7515 appendix C). */
  public static String base64url(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(of(text));
  }

  /** 44 characters of Base64, with padding. */
  public static String base64(String text) {
    return Base64.getEncoder().encodeToString(of(text));
  }

  private static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
