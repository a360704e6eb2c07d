package org.vestibule.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vestibule.protocol.Secret;

/**
 * The client's own key, from {@code client-key-file}: a private key as PEM (PKCS #8) or as a JWK.
 * Immutable; its text has nothing of the key.
 *
 * @param content of the file
 * @param keyId the {@code kid} that the provider knows it by; empty for the JWK's own, or none
 */
public record ClientKey(Secret content, Optional<String> keyId) {

  /**
   * What is in the file.
   *
   * @param publicMembers of the JWK; empty if the file does not tell the public half
   */
  record Content(
      JWSSigner signer,
      JWSAlgorithm algorithm,
      Optional<String> keyId,
      Map<String, Object> publicMembers) {}

  /** Whether the content is a key of a kind that is supported. */
  boolean isUsable() {
    return ClientKeyFile.read(content.value()).isPresent();
  }

  /**
   * The public half as a JWK (RFC 7517 section 4); empty if the file does not tell it, which an EC
   * key in PEM need not.
   */
  public Optional<Map<String, Object>> publicJwk() {
    return ClientKeyFile.read(content.value())
        .filter(key -> !key.publicMembers().isEmpty())
        .map(
            key -> {
              Map<String, Object> jwk = new LinkedHashMap<>(key.publicMembers());
              jwk.put("use", "sig");
              jwk.put("alg", key.algorithm().getName());
              keyId.or(key::keyId).ifPresent(kid -> jwk.put("kid", kid));
              return jwk;
            });
  }

  /** A JWT of these claims, signed with the key (RFC 7515 section 5.1). */
  Secret sign(Map<String, Object> claims) {
    Content key = ClientKeyFile.read(content.value()).orElseThrow();
    JWSHeader.Builder header = new JWSHeader.Builder(key.algorithm());
    keyId.or(key::keyId).ifPresent(header::keyID);
    try {
      return Jws.sign(header, claims, key.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has these algorithms", e);
    }
  }
}
