package org.vestibule.testing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The signature algorithms of RFC 7518 section 3.1 and RFC 8037 that the server can use. */
public enum JwsAlgorithm {
  RS256("RS256", "SHA256withRSA", "SHA-256"),
  RS384("RS384", "SHA384withRSA", "SHA-384"),
  RS512("RS512", "SHA512withRSA", "SHA-512"),
  PS256("PS256", "RSASSA-PSS", "SHA-256") {
    @Override
    @Nullable AlgorithmParameterSpec parameters() {
      return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
    }
  },
  ES256("ES256", "SHA256withECDSAinP1363Format", "SHA-256") {
    @Override
    KeyPair generate() {
      return generate("EC", new ECGenParameterSpec("secp256r1"));
    }

    @Override
    JWK jwk(PublicKey key, String kid) {
      return new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
          .keyID(kid)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .build();
    }
  },
  EDDSA("EdDSA", "Ed25519", "SHA-512") {
    private static final int KEY_LENGTH = 32;

    @Override
    KeyPair generate() {
      return generate("Ed25519", null);
    }

    @Override
    JWK jwk(PublicKey key, String kid) {
      // The X.509 encoding of an Ed25519 key ends in the 32 bytes that "x" holds (RFC 8410 §4).
      byte[] encoded = key.getEncoded();
      byte[] x = Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
      return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
          .keyID(kid)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.EdDSA)
          .build();
    }
  };

  private final String registeredName;
  private final String jcaName;
  private final String hash;

  JwsAlgorithm(String registeredName, String jcaName, String hash) {
    this.registeredName = registeredName;
    this.jcaName = jcaName;
    this.hash = hash;
  }

  /** The value of the {@code alg} header parameter. */
  public String registeredName() {
    return registeredName;
  }

  /** The left half of the algorithm's hash, as {@code at_hash} wants it (OIDC Core §3.1.3.6). */
  String halfHash(byte[] input) {
    try {
      byte[] digest = MessageDigest.getInstance(hash).digest(input);
      return Base64URL.encode(Arrays.copyOf(digest, digest.length / 2)).toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] sign(KeyPair keys, byte[] input) {
    try {
      Signature signature = Signature.getInstance(jcaName);
      AlgorithmParameterSpec parameters = parameters();
      if (parameters != null) {
        signature.setParameter(parameters);
      }
      signature.initSign(keys.getPrivate());
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Nullable AlgorithmParameterSpec parameters() {
    return null;
  }

  /** A key pair that no other live server signs with. */
  KeyPair generate() {
    return RsaKeyPool.take();
  }

  JWK jwk(PublicKey key, String kid) {
    return new RSAKey.Builder((RSAPublicKey) key)
        .keyID(kid)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.parse(registeredName))
        .build();
  }

  static KeyPair generate(String type, @Nullable AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (parameters != null) {
        generator.initialize(parameters);
      }
      return generator.generateKeyPair();
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalArgumentException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
