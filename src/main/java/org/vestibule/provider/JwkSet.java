package org.vestibule.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.protocol.Claims;

/**
 * The provider's public signature keys (RFC 7517). What is not understood, is too weak, or is meant
 * for anything else is as if it were not there: one bad key does not spoil the good ones. Symmetric
 * keys never count. Immutable.
 */
record JwkSet(List<VerificationKey> keys) {

  static final int MOST_KEYS = 100;
  static final int SMALLEST_RSA_BITS = 2048;
  private static final HexFormat HEX = HexFormat.of();

  /** The DER of an Ed25519 public key up to the key itself (RFC 8410 section 4). */
  private static final String ED25519_PREFIX = "302a300506032b6570032100";

  /**
   * @param kid empty if the key has none
   * @param alg empty if the key is for any algorithm of its type
   * @param family of algorithms that the key can verify: {@code RS}, {@code ES256}, {@code EdDSA},
   *     …
   * @param issuer whose it is, where the set has keys of several; empty if it does not say
   */
  record VerificationKey(
      String kid, String alg, String family, PublicKey publicKey, String issuer) {

    boolean verifies(String algorithm) {
      boolean rightFamily =
          family.equals("RSA")
              ? algorithm.startsWith("RS") || algorithm.startsWith("PS")
              : family.equals(algorithm);
      return rightFamily && (alg.isEmpty() || alg.equals(algorithm));
    }
  }

  JwkSet {
    keys = List.copyOf(keys);
  }

  /** Reads {@code {"keys":[…]}}; empty if it is not of that shape. */
  static Optional<JwkSet> of(Claims document) {
    if (!(document.members().get("keys") instanceof List<?> list)) {
      return Optional.empty();
    }
    return Optional.of(
        new JwkSet(list.stream().limit(MOST_KEYS).flatMap(JwkSet::verificationKey).toList()));
  }

  /** The keys that a signature with this algorithm and key identifier may have been made with. */
  List<VerificationKey> candidates(String algorithm, String kid) {
    return keys.stream()
        .filter(key -> key.verifies(algorithm))
        .filter(key -> kid.isEmpty() || key.kid().equals(kid))
        .toList();
  }

  /** Whose the keys are; empty if one of them may be anybody's. */
  static Set<String> issuers(List<VerificationKey> keys) {
    return keys.stream().anyMatch(key -> key.issuer().isEmpty())
        ? Set.of()
        : keys.stream().map(VerificationKey::issuer).collect(Collectors.toSet());
  }

  private static Stream<VerificationKey> verificationKey(Object member) {
    if (!(member instanceof Map<?, ?> map)) {
      return Stream.empty();
    }
    try {
      JWK jwk = JWK.parse(Json.write(new Claims(texts(map)).members()));
      if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
        return Stream.empty();
      }
      String kid = jwk.getKeyID() == null ? "" : jwk.getKeyID();
      String alg = jwk.getAlgorithm() == null ? "" : jwk.getAlgorithm().getName();
      String issuer = map.get("issuer") instanceof String text ? text : "";
      return publicKey(jwk)
          .map(key -> new VerificationKey(kid, alg, family(jwk), key, issuer))
          .stream();
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException e) {
      return Stream.empty();
    }
  }

  /** The members that describe a public key; certificates and private parts are not looked at. */
  private static Map<String, Object> texts(Map<?, ?> jwk) {
    return Stream.of("kty", "use", "kid", "alg", "n", "e", "crv", "x", "y")
        .filter(name -> jwk.get(name) instanceof String)
        .collect(Collectors.toMap(name -> name, name -> (Object) jwk.get(name)));
  }

  private static Optional<PublicKey> publicKey(JWK jwk)
      throws JOSEException, GeneralSecurityException {
    if (jwk instanceof RSAKey rsa) {
      boolean strong = rsa.size() >= SMALLEST_RSA_BITS && isOddAboveOne(rsa);
      return strong ? Optional.of(rsa.toRSAPublicKey()) : Optional.empty();
    }
    if (jwk instanceof ECKey ec) {
      return Optional.of(ec.toECPublicKey());
    }
    if (jwk instanceof OctetKeyPair okp && okp.getCurve().getName().equals("Ed25519")) {
      String der = ED25519_PREFIX + HEX.formatHex(okp.getX().decode());
      return Optional.of(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(HEX.parseHex(der))));
    }
    return Optional.empty();
  }

  private static boolean isOddAboveOne(RSAKey rsa) {
    BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
    return exponent.testBit(0) && exponent.bitLength() > 1;
  }

  private static String family(JWK jwk) {
    if (jwk instanceof ECKey ec) {
      return switch (ec.getCurve().getName()) {
        case "P-256" -> "ES256";
        case "P-384" -> "ES384";
        case "P-521" -> "ES512";
        default -> "none";
      };
    }
    return jwk instanceof RSAKey ? "RSA" : "EdDSA";
  }
}
