package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/**
 * A key the server signs with.
 *
 * @param kid its identifier, unique in the virtual machine
 */
public record SigningKey(JwsAlgorithm algorithm, String kid, KeyPair keys) {

  /** A new key; RSA ones may have served a server that is closed by now. */
  public static SigningKey create(JwsAlgorithm algorithm) {
    return new SigningKey(algorithm, UUID.randomUUID().toString(), algorithm.generate());
  }

  /** The same key under another identifier, to pose as a published one. */
  public SigningKey withKid(String other) {
    return new SigningKey(algorithm, other, keys);
  }

  /** The signature's bytes. */
  public byte[] sign(byte[] input) {
    return algorithm.sign(keys, input);
  }

  /** The public half as a JWK, with {@code kid}, {@code use} and {@code alg}. */
  public Map<String, Object> publicJwk() {
    return algorithm.jwk(keys.getPublic(), kid).toJSONObject();
  }

  /** The public half as X.509 {@code SubjectPublicKeyInfo}. */
  public byte[] publicKeyDer() {
    return keys.getPublic().getEncoded();
  }

  /** The public half as PEM text, the favourite secret of algorithm confusion. */
  public byte[] publicKeyPem() {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKeyDer());
    return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
        .getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return algorithm.registeredName() + " key " + kid;
  }
}
