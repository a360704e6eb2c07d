package org.vestibule.session;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a JWS or JWE in its compact form (RFC 7515 section 7.1, RFC 7516 section 7.1), as
 * bytes: a third less than the text, and in the JSON that comes to light a token repeats the
 * issuer, the user and the roles of the others, which base64 hides from whoever looks for
 * repetitions. Nothing is understood, and nothing believed.
 */
final class CompactToken {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** {@code eyJ} is <code>{"</code>; what is opaque is better left alone. */
  private static final Pattern COMPACT =
      Pattern.compile("eyJ[A-Za-z0-9_-]*(?:(?:\\.[A-Za-z0-9_-]*){2}){1,2}");

  private CompactToken() {}

  /** Empty for anything else, and for what is not written to the letter as {@link #join} would. */
  static Optional<List<byte[]>> split(String token) {
    if (!COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      List<byte[]> parts = Stream.of(token.split("\\.", -1)).map(DECODER::decode).toList();
      return join(parts).equals(token) ? Optional.of(parts) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String join(List<byte[]> parts) {
    return parts.stream().map(ENCODER::encodeToString).collect(Collectors.joining("."));
  }
}
