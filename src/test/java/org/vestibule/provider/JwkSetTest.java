package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Secret;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.SigningKey;

class JwkSetTest {

  private static final SigningKey RSA = SigningKey.create(JwsAlgorithm.RS256);
  private static final SigningKey OTHER_RSA = SigningKey.create(JwsAlgorithm.RS256);
  private static final SigningKey EC = SigningKey.create(JwsAlgorithm.ES256);
  private static final SigningKey ED25519 = SigningKey.create(JwsAlgorithm.EDDSA);

  private static JwkSet set(Object... keys) {
    return JwkSet.of(new Claims(Map.of("keys", List.of(keys)))).orElseThrow();
  }

  private static Map<String, Object> rsa(String... changes) {
    return changed(RSA, changes);
  }

  /** Pairs of member and value; an empty value takes it away. */
  private static Map<String, Object> changed(SigningKey key, String... changes) {
    Map<String, Object> jwk = new HashMap<>(key.publicJwk());
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1].isEmpty()) {
        jwk.remove(changes[i]);
      } else {
        jwk.put(changes[i], changes[i + 1]);
      }
    }
    return jwk;
  }

  @Test
  void keys_are_found_by_algorithm_and_identifier() {
    JwkSet set = set(RSA.publicJwk(), EC.publicJwk(), ED25519.publicJwk());

    assertThat(set.candidates("RS256", RSA.kid())).hasSize(1);
    assertThat(set.candidates("RS256", "")).hasSize(1);
    assertThat(set.candidates("ES256", EC.kid())).hasSize(1);
    assertThat(set.candidates("EdDSA", ED25519.kid())).hasSize(1);
    assertThat(set.candidates("RS256", EC.kid())).isEmpty();
    assertThat(set.candidates("ES256", RSA.kid())).isEmpty();
    assertThat(set.candidates("RS256", "unknown")).isEmpty();
  }

  /** ID-03, CR-02: a key serves its own algorithm and no other. */
  @ParameterizedTest
  @CsvSource({"HS256", "none", "NONE", "ES384", "ES512", "ES256K", "EdDSA448", "''"})
  void a_key_serves_no_algorithm_of_another_kind(String algorithm) {
    JwkSet set =
        set(
            rsa("alg", ""),
            changed(EC, "alg", ""),
            changed(ED25519, "alg", ""),
            Map.of("kty", "oct", "k", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

    assertThat(set.candidates(algorithm, "")).isEmpty();
  }

  @Test
  void an_rsa_key_without_algorithm_serves_its_family_and_one_with_only_that() {
    for (String algorithm : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
      assertThat(set(rsa("alg", "")).candidates(algorithm, "")).hasSize(1);
      assertThat(set(rsa("alg", "RS512")).candidates(algorithm, ""))
          .hasSize(algorithm.equals("RS512") ? 1 : 0);
    }
  }

  /** JW-08, CR-08, ID-16: each as if it were not there. */
  static Stream<Object> unusable() {
    return Stream.of(
        "text",
        1L,
        List.of(),
        Map.of(),
        Map.of("kty", "AKP", "alg", "ML-DSA-65", "pub", "AAAA"),
        Map.of("kty", "oct", "k", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "alg", "HS256"),
        Map.of("kty", "RSA"),
        Map.of("kty", 1L),
        rsa("kty", ""),
        rsa("kty", "rsa"),
        rsa("use", "enc"),
        rsa("n", ""),
        rsa("e", ""),
        rsa("e", "AQ"),
        rsa("e", "Ag"),
        rsa("n", "AQAB"),
        rsa("n", "not base64!"),
        rsa("n", rsaModulus(1024)),
        rsa("n", odd(20_000)),
        rsa("n", odd(4_096), "e", odd(4_096)),
        changed(EC, "crv", ""),
        changed(EC, "crv", "P-257"),
        changed(EC, "crv", "P-384"),
        changed(EC, "y", ""),
        changed(EC, "y", String.valueOf(EC.publicJwk().get("x"))),
        changed(EC, "x", "AA", "y", "AA"),
        changed(ED25519, "x", "AAAA"),
        changed(ED25519, "x", ""),
        changed(ED25519, "crv", "X25519"),
        changed(ED25519, "crv", "Ed448"));
  }

  /** DS-07: it takes a processor a while to verify with such numbers. */
  private static String odd(int bits) {
    return Base64URL.encode(BigInteger.ONE.shiftLeft(bits - 1).setBit(0)).toString();
  }

  private static String rsaModulus(int bits) {
    try {
      return new RSAKeyGenerator(bits, true).generate().getModulus().toString();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void a_key_that_is_of_no_use_does_not_spoil_the_good_ones(Object bad) {
    assertThat(set(bad).keys()).isEmpty();
    assertThat(set(bad, RSA.publicJwk(), bad).keys())
        .extracting(JwkSet.VerificationKey::kid)
        .containsExactly(RSA.kid());
  }

  @Test
  void certificates_and_private_parts_are_not_looked_at() {
    Map<String, Object> jwk = rsa("d", "AAAA", "p", "x", "x5u", "https://attacker.example/");
    jwk.put("x5c", List.of("garbage"));
    jwk.put("key_ops", 7L);

    assertThat(set(jwk).keys()).hasSize(1);
  }

  @Test
  void a_key_may_have_neither_identifier_nor_use() {
    JwkSet set = set(rsa("kid", "", "use", ""));

    assertThat(set.candidates("RS256", "")).hasSize(1);
    assertThat(set.candidates("RS256", RSA.kid())).isEmpty();
  }

  @Test
  void two_keys_with_one_identifier_are_both_tried() {
    assertThat(set(rsa("kid", "1"), changed(EC, "kid", "1", "alg", "")).keys()).hasSize(2);
    assertThat(set(rsa("kid", "1"), rsa("kid", "1")).candidates("RS256", "1")).hasSize(2);
  }

  @Test
  void a_flood_of_keys_is_cut() {
    List<Object> flood = new ArrayList<>();
    IntStream.range(0, 10_000).forEach(i -> flood.add(EC.publicJwk()));

    assertThat(set(flood.toArray()).keys()).hasSize(100);
  }

  @Test
  void a_document_of_another_shape_is_no_set() {
    assertThat(JwkSet.of(Claims.NONE)).isEmpty();
    assertThat(JwkSet.of(new Claims(Map.of("keys", "text")))).isEmpty();
    assertThat(JwkSet.of(new Claims(Map.of("keys", RSA.publicJwk())))).isEmpty();
    assertThat(JwkSet.of(new Claims(Map.of("keys", List.of()))))
        .hasValueSatisfying(set -> assertThat(set.keys()).isEmpty());
  }

  /** CR-01: those that the test kit's server does not sign with, signed by the library. */
  @ParameterizedTest
  @CsvSource({"RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
  void every_algorithm_is_verified(String name) throws JOSEException {
    JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
    JWK mine = key(algorithm, RSA);
    JWK other = key(algorithm, OTHER_RSA);
    JWSObject jws = new JWSObject(new JWSHeader(algorithm), new Payload("{\"sub\":\"1\"}"));
    jws.sign(signer(mine));
    Jws read = Jws.read(Secret.of(jws.serialize()));
    JwkSet set = set(mine.toPublicJWK().toJSONObject(), other.toPublicJWK().toJSONObject());

    List<JwkSet.VerificationKey> candidates = set.candidates(name, "");
    assertThat(candidates).hasSize(2);
    assertThat(read.isSignedWith(candidates.get(0).publicKey())).isTrue();
    assertThat(read.isSignedWith(candidates.get(1).publicKey())).isFalse();
  }

  private static JWK key(JWSAlgorithm algorithm, SigningKey rsa) throws JOSEException {
    return JWSAlgorithm.Family.EC.contains(algorithm)
        ? new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next()).generate()
        : new RSAKey.Builder((RSAPublicKey) rsa.keys().getPublic())
            .privateKey(rsa.keys().getPrivate())
            .build();
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) key);
  }
}
