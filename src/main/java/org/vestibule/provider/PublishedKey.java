package org.vestibule.provider;

import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vestibule.protocol.Claims;

/**
 * One key of a JWK set (RFC 7517), and what is to be said about it. Without the key itself.
 *
 * @param id its {@code kid}; empty if it has none
 * @param type its {@code kty}; empty if it has none
 * @param isForSignatures whether its {@code use} allows that
 * @param bits of an RSA modulus; 0 for other keys
 * @param isSecret whether it has a part that only its owner may know, or is symmetric
 * @param algorithms of signatures that can be verified with it; empty if it is too weak, not
 *     understood, or for anything else
 */
public record PublishedKey(
    String id,
    String type,
    boolean isForSignatures,
    int bits,
    boolean isSecret,
    Set<String> algorithms) {

  /** RFC 7518 section 3.3. */
  public static final int SMALLEST_RSA_BITS = JwkSet.SMALLEST_RSA_BITS;

  public PublishedKey {
    algorithms = Set.copyOf(algorithms);
  }

  /** Those in {@code {"keys":[…]}}; empty if it is not of that shape. */
  static Optional<List<PublishedKey>> listed(Claims document) {
    if (!(document.members().get("keys") instanceof List<?> list)) {
      return Optional.empty();
    }
    return Optional.of(
        list.stream()
            .filter(Map.class::isInstance)
            .limit(JwkSet.MOST_KEYS)
            .map(key -> of((Map<?, ?>) key))
            .toList());
  }

  private static PublishedKey of(Map<?, ?> key) {
    String type = text(key, "kty");
    return new PublishedKey(
        text(key, "kid"),
        type,
        text(key, "use").isEmpty() || text(key, "use").equals("sig"),
        type.equals("RSA") ? bits(text(key, "n")) : 0,
        key.containsKey("d") || key.containsKey("k"),
        algorithms(key));
  }

  private static Set<String> algorithms(Map<?, ?> key) {
    JwkSet alone = JwkSet.of(new Claims(Map.of("keys", List.of(key)))).orElseThrow();
    return ProviderSettingsReader.ALGORITHMS.stream()
        .filter(name -> !alone.candidates(name, "").isEmpty())
        .collect(Collectors.toSet());
  }

  private static String text(Map<?, ?> key, String member) {
    return key.get(member) instanceof String text ? text : "";
  }

  private static int bits(String modulus) {
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(modulus)).bitLength();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
