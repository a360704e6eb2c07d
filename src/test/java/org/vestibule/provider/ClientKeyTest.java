package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.protocol.Secret;
import org.vestibule.testing.ClientKeys;

class ClientKeyTest {

  private static final KeyPair EC = ClientKeys.ec("secp256r1");
  private static final KeyPair RSA = ClientKeys.rsa(2048);

  private static ClientKey key(String text) {
    return new ClientKey(Secret.of(text), Optional.of("k1"));
  }

  private static void assertSigned(ClientKey key, PublicKey expected)
      throws JOSEException, ParseException {
    JWSObject jwt = JWSObject.parse(key.sign(Map.of("sub", "s6BhdRkqt3")).value());
    JWSVerifier verifier =
        new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), expected);
    assertThat(jwt.verify(verifier)).isTrue();
    assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
    assertThat(jwt.getPayload().toJSONObject()).containsEntry("sub", "s6BhdRkqt3");
  }

  @ParameterizedTest
  @CsvSource({"secp256r1, ES256", "secp384r1, ES384", "secp521r1, ES512"})
  void an_ec_key_in_pem_signs_by_its_curve(String curve, String algorithm) throws Exception {
    KeyPair keys = ClientKeys.ec(curve);

    assertSigned(key(ClientKeys.pem(keys)), keys.getPublic());
    assertThat(JWSObject.parse(key(ClientKeys.pem(keys)).sign(Map.of()).value()).getHeader())
        .extracting(header -> header.getAlgorithm().getName())
        .isEqualTo(algorithm);
  }

  @Test
  void an_rsa_key_in_pem_signs_and_tells_its_public_half() throws Exception {
    ClientKey key = key(ClientKeys.pem(RSA));

    assertSigned(key, RSA.getPublic());
    assertThat(RSAKey.parse(key.publicJwk().orElseThrow()).toRSAPublicKey())
        .isEqualTo(RSA.getPublic());
    assertThat(key.publicJwk().orElseThrow())
        .containsOnlyKeys("kty", "n", "e", "use", "alg", "kid")
        .containsEntry("use", "sig")
        .containsEntry("kid", "k1");
  }

  @Test
  void a_jwk_signs_with_its_own_identifier_unless_another_is_set() throws Exception {
    String jwk =
        new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic())
            .privateKey(EC.getPrivate())
            .keyID("own")
            .build()
            .toJSONString();

    assertSigned(key(jwk), EC.getPublic());
    ClientKey own = new ClientKey(Secret.of(jwk), Optional.empty());
    assertThat(own.publicJwk().orElseThrow())
        .containsOnlyKeys("kty", "crv", "x", "y", "use", "alg", "kid")
        .containsEntry("kid", "own");
  }

  /** As openssl and Apple write it; the JDK leaves the public half out. */
  @Test
  void an_ec_key_in_pem_tells_its_public_half_if_the_file_does() throws Exception {
    assertThat(key(ClientKeys.pem(EC)).publicJwk()).isEmpty();

    ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic()).build();
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    byte[] secret = Arrays.copyOfRange(EC.getPrivate().getEncoded(), 35, 67);
    der.writeBytes(hex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"));
    der.writeBytes(EC.getPrivate().getEncoded().length == 67 ? secret : new byte[32]);
    der.writeBytes(hex("a14403420004"));
    der.writeBytes(jwk.getX().decode());
    der.writeBytes(jwk.getY().decode());
    ClientKey key = key(ClientKeys.pem(der.toByteArray()));

    assertThat(ECKey.parse(key.publicJwk().orElseThrow()).toECPublicKey())
        .isEqualTo(EC.getPublic());
    assertSigned(key, EC.getPublic());
  }

  private static byte[] hex(String text) {
    return java.util.HexFormat.of().parseHex(text);
  }

  static Stream<String> useless() {
    RSAPublicKey publicKey = (RSAPublicKey) RSA.getPublic();
    return Stream.of(
        "no key",
        "{}",
        "{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"}",
        new RSAKey.Builder(publicKey).build().toJSONString(),
        ClientKeys.pem(ClientKeys.rsa(1024)),
        ClientKeys.pem(new byte[] {1, 2, 3}),
        ClientKeys.pem(RSA).replace("PRIVATE", "PUBLIC"));
  }

  @ParameterizedTest
  @MethodSource("useless")
  void what_is_no_private_key_or_too_weak_is_none(String text) {
    assertThat(key(text).isUsable()).isFalse();
    assertThat(key(text).publicJwk()).isEmpty();
  }

  @Test
  void its_text_has_nothing_of_the_key() {
    assertThat(key("SplxlOBeZQQYbYS6WxSbIA").toString()).doesNotContain("Splx");
  }
}
