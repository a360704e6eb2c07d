package org.vestibule.protocol.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Ways in which a provider may be known to leave RFC 6749 section 5.1, each to be spelled out in
 * the setting {@code token-response-tolerance} or in that provider's preset.
 */
public enum TokenResponseTolerance {
  /** The response is {@code application/x-www-form-urlencoded} in place of JSON. */
  FORM_ENCODED,
  /** {@code token_type} is missing and {@code Bearer} is meant. */
  MISSING_TOKEN_TYPE,
  /**
   * {@code token_type} is some other text and {@code Bearer} is meant, as {@code User Access Token}
   * at eBay. The names of tokens that are bound to a key are never taken for it.
   */
  ODD_TOKEN_TYPE,
  /** The {@code Content-Type} is missing or is another one than the body's. */
  ANY_CONTENT_TYPE,
  /** Tokens come with a 2xx status other than 200. */
  ANY_SUCCESS_STATUS;

  /** The word in the setting, such as {@code form-encoded}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<TokenResponseTolerance> of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }
}
