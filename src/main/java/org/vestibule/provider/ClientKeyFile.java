package org.vestibule.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key: RSA from 2048 bits, or EC on P-256, P-384 or P-521. */
final class ClientKeyFile {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final int SMALLEST_RSA_BITS = 2048;

  /** How a point on a curve begins that is written with both coordinates (SEC 1 section 2.3.3). */
  private static final byte UNCOMPRESSED = 4;

  private ClientKeyFile() {}

  /** Empty if it is anything else. */
  static Optional<ClientKey.Content> read(String text) {
    try {
      if (text.stripLeading().startsWith("{")) {
        return ofJwk(JWK.parse(text));
      }
      Matcher pem = PEM.matcher(text);
      return pem.find() ? ofPkcs8(Base64.getMimeDecoder().decode(pem.group(1))) : Optional.empty();
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Optional<ClientKey.Content> ofJwk(JWK jwk) throws JOSEException {
    Optional<String> keyId = Optional.ofNullable(jwk.getKeyID());
    if (jwk instanceof RSAKey rsa && rsa.isPrivate() && rsa.size() >= SMALLEST_RSA_BITS) {
      JWSAlgorithm algorithm =
          JWSAlgorithm.PS256.equals(rsa.getAlgorithm()) ? JWSAlgorithm.PS256 : JWSAlgorithm.RS256;
      return Optional.of(
          new ClientKey.Content(
              new RSASSASigner(rsa.toPrivateKey()), algorithm, keyId, publicMembers(jwk)));
    }
    if (jwk instanceof ECKey ec && ec.isPrivate()) {
      ECDSASigner signer = new ECDSASigner(ec);
      return Optional.of(
          new ClientKey.Content(signer, algorithm(signer), keyId, publicMembers(jwk)));
    }
    return Optional.empty();
  }

  private static Optional<ClientKey.Content> ofPkcs8(byte[] der)
      throws JOSEException, GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    try {
      return ofJwk(rsa((RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec)));
    } catch (GeneralSecurityException notRsa) {
      ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
      ECDSASigner signer = new ECDSASigner(key);
      Curve curve = Curve.forECParameterSpec(key.getParams());
      return Optional.of(
          new ClientKey.Content(
              signer, algorithm(signer), Optional.empty(), publicMembers(curve, key, der)));
    }
  }

  private static RSAKey rsa(RSAPrivateCrtKey key) throws GeneralSecurityException {
    RSAPublicKey publicKey =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    return new RSAKey.Builder(publicKey).privateKey(key).build();
  }

  private static JWSAlgorithm algorithm(ECDSASigner signer) {
    return signer.supportedJWSAlgorithms().iterator().next();
  }

  private static Map<String, Object> publicMembers(JWK jwk) {
    Map<String, Object> members = jwk.toPublicJWK().toJSONObject();
    members.keySet().retainAll(Set.of("kty", "n", "e", "crv", "x", "y"));
    return members;
  }

  /** The public key is optional (RFC 5915 section 3), and the last thing there if it is there. */
  private static Map<String, Object> publicMembers(Curve curve, ECPrivateKey key, byte[] der) {
    int size = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    int start = der.length - 2 * size - 1;
    if (start < 0 || der[start] != UNCOMPRESSED) {
      return Map.of();
    }
    try {
      Base64URL x = Base64URL.encode(Arrays.copyOfRange(der, start + 1, start + 1 + size));
      Base64URL y = Base64URL.encode(Arrays.copyOfRange(der, start + 1 + size, der.length));
      return publicMembers(new ECKey.Builder(curve, x, y).build());
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Map.of();
    }
  }
}
