package org.vestibule.testing;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Turns the claims of an ID token into the string that is sent. */
@FunctionalInterface
public interface IdTokenSigner {

  /**
   * Signs, or pretends to.
   *
   * @param claims the claims, already changed as scripted
   * @param key the server's current signing key
   */
  String sign(Map<String, Object> claims, SigningKey key);

  /** The right one. */
  static IdTokenSigner correct() {
    return (claims, key) -> Jws.sign(key, "JWT", claims);
  }

  /** The right signature over a changed header. */
  static IdTokenSigner header(Consumer<Map<String, Object>> change) {
    return (claims, key) -> {
      Map<String, Object> header = Jws.header(key);
      change.accept(header);
      return Jws.compact(header, claims, key::sign);
    };
  }

  /** Another key's signature under the server's {@code kid}. */
  static IdTokenSigner foreign(SigningKey foreign) {
    return (claims, key) -> Jws.sign(foreign.withKid(key.kid()), "JWT", claims);
  }

  /** Another key's signature under that key's own {@code kid}. */
  static IdTokenSigner with(SigningKey other) {
    return (claims, key) -> Jws.sign(other, "JWT", claims);
  }

  /** No signature, and the given {@code alg}: {@code none}, {@code nOnE}, {@code RS256}, … */
  static IdTokenSigner unsigned(String algorithm) {
    return (claims, key) -> {
      Map<String, Object> header = Jws.header(key);
      header.put("alg", algorithm);
      return Jws.compact(header, claims, input -> new byte[0]);
    };
  }

  /**
   * HS256 under a secret an attacker can have, for instance {@code
   * hs256(SigningKey::publicKeyPem)}.
   */
  static IdTokenSigner hs256(Function<SigningKey, byte[]> secret) {
    return (claims, key) -> {
      Map<String, Object> header = Jws.header(key);
      header.put("alg", "HS256");
      return Jws.compact(header, claims, input -> Jws.hmacSha256(secret.apply(key), input));
    };
  }

  /** The right token, spoilt afterwards. */
  static IdTokenSigner spoilt(UnaryOperator<String> change) {
    return (claims, key) -> change.apply(correct().sign(claims, key));
  }

  /** Any string. */
  static IdTokenSigner raw(String token) {
    return (claims, key) -> token;
  }
}
