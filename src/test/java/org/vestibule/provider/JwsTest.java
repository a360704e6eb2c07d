package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.SigningKey;

class JwsTest {

  /** RFC 7515 appendix A: the payload of its examples. */
  private static final String PAYLOAD =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

  /** Appendix A.2. */
  private static final String RS256 =
      "eyJhbGciOiJSUzI1NiJ9."
          + PAYLOAD
          + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
          + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
          + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
          + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
          + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
          + "p0igcN_IoypGlUPQGe77Rw";

  private static final Map<String, Object> RSA_KEY =
      Map.of(
          "kty", "RSA",
          "n",
              "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
                  + "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
                  + "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
                  + "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k"
                  + "G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
                  + "PAcDTW9gb54h4FRWyuXpoQ",
          "e", "AQAB");

  /** Appendix A.3. */
  private static final String ES256 =
      "eyJhbGciOiJFUzI1NiJ9."
          + PAYLOAD
          + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
          + "pmWQxfKTUJqPP3-Kg6NU1Q";

  private static final Map<String, Object> EC_KEY =
      Map.of(
          "kty", "EC",
          "crv", "P-256",
          "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");

  /** RFC 8037 appendix A.2. */
  private static final Map<String, Object> ED25519_KEY =
      Map.of(
          "kty", "OKP",
          "crv", "Ed25519",
          "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

  private static Jws read(String compact) {
    return Jws.read(Secret.of(compact));
  }

  private static PublicKey key(Map<String, Object> jwk) {
    return JwkSet.of(new Claims(Map.of("keys", List.of(jwk))))
        .orElseThrow()
        .keys()
        .get(0)
        .publicKey();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String jws(String header, String payload) {
    return encoded(header) + "." + encoded(payload) + ".AAAA";
  }

  @Test
  void the_examples_of_the_specification_are_signed_by_their_keys() {
    assertThat(read(RS256).isSignedWith(key(RSA_KEY))).isTrue();
    assertThat(read(ES256).isSignedWith(key(EC_KEY))).isTrue();
    assertThat(read(RS256).payload())
        .isEqualTo(
            new Claims(
                Map.of("iss", "joe", "exp", 1300819380L, "http://example.com/is_root", true)));
  }

  @Test
  void a_key_of_another_kind_has_signed_nothing() {
    for (Map<String, Object> jwk : List.of(EC_KEY, ED25519_KEY)) {
      assertThat(read(RS256).isSignedWith(key(jwk))).isFalse();
    }
    for (Map<String, Object> jwk : List.of(RSA_KEY, ED25519_KEY)) {
      assertThat(read(ES256).isSignedWith(key(jwk))).isFalse();
    }
  }

  /** RFC 7518 sections 3.4 and 3.5: no ASN.1 around it, and no salt of another length. */
  @Test
  void a_signature_in_another_form_than_the_specifications_is_none()
      throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
    SigningKey ec = SigningKey.create(JwsAlgorithm.ES256);
    SigningKey rsa = SigningKey.create(JwsAlgorithm.PS256);
    Signature der = Signature.getInstance("SHA256withECDSA");
    Signature shortSalt = Signature.getInstance("RSASSA-PSS");
    shortSalt.setParameter(
        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1));

    assertThat(signed(ec, ec::sign).isSignedWith(ec.keys().getPublic())).isTrue();
    assertThat(signed(ec, input -> by(der, ec, input)).isSignedWith(ec.keys().getPublic()))
        .isFalse();
    assertThat(signed(rsa, rsa::sign).isSignedWith(rsa.keys().getPublic())).isTrue();
    assertThat(signed(rsa, input -> by(shortSalt, rsa, input)).isSignedWith(rsa.keys().getPublic()))
        .isFalse();
  }

  private static Jws signed(SigningKey key, UnaryOperator<byte[]> signature) {
    return read(
        org.vestibule.testing.Jws.compact(
            Map.of("alg", key.algorithm().registeredName()), Map.of("iss", "joe"), signature));
  }

  private static byte[] by(Signature algorithm, SigningKey key, byte[] input) {
    try {
      algorithm.initSign(key.keys().getPrivate());
      algorithm.update(input);
      return algorithm.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** ID-02: one bit in each character of each part. */
  @Test
  void no_bit_can_be_flipped() {
    PublicKey key = key(EC_KEY);
    Base64.Decoder decoder = Base64.getUrlDecoder();
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String[] parts = ES256.split("\\.");
    byte[] signature = decoder.decode(parts[2]);
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] damaged = signature.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      String compact = parts[0] + "." + parts[1] + "." + encoder.encodeToString(damaged);
      assertThat(read(compact).isSignedWith(key)).isFalse();
    }
    String otherPayload = parts[0] + "." + encoded("{\"iss\":\"joe\"}") + "." + parts[2];
    assertThat(read(otherPayload).isSignedWith(key)).isFalse();
    String otherHeader = encoded("{\"alg\":\"ES256\" }") + "." + parts[1] + "." + parts[2];
    assertThat(read(otherHeader).isSignedWith(key)).isFalse();
  }

  /** ID-16: the "psychic" signature, and others of no substance, of every length. */
  @Test
  void an_empty_or_zero_signature_is_none() {
    for (Map<String, Object> jwk : List.of(RSA_KEY, EC_KEY, ED25519_KEY)) {
      for (String algorithm : List.of("RS256", "PS256", "ES256", "EdDSA")) {
        String input = encoded("{\"alg\":\"" + algorithm + "\"}") + "." + PAYLOAD + ".";
        for (int length : List.of(1, 2, 3, 4, 5, 32, 63, 64, 65, 86, 96, 256, 342)) {
          assertThat(read(input + "A".repeat(length)).isSignedWith(key(jwk))).isFalse();
        }
      }
    }
  }

  /** ID-15, ID-17. */
  static Stream<String> malformed() {
    String header = encoded("{\"alg\":\"RS256\"}");
    String none = encoded("{\"alg\":\"none\"}");
    return Stream.of(
        "a",
        "..",
        ".",
        header,
        header + "." + PAYLOAD,
        header + "." + PAYLOAD + ".",
        none + "." + PAYLOAD + ".",
        "." + PAYLOAD + ".AAAA",
        header + "..AAAA",
        header + "." + PAYLOAD + ".AAAA.",
        header + "." + PAYLOAD + ".AAAA.AAAA.AAAA",
        encoded("{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647}")
            + ".AAAA.AAAA.AAAA.AAAA",
        encoded("{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}") + "..AAAA.AAAA.AAAA",
        header + "." + PAYLOAD + ".AAAA=",
        header + "=." + PAYLOAD + ".AAAA",
        header + "." + PAYLOAD + ".AA+/",
        header + "." + PAYLOAD + ".AA AA",
        header + "." + PAYLOAD + ".AAAA\n",
        " " + header + "." + PAYLOAD + ".AAAA",
        "A." + PAYLOAD + ".AAAA",
        header + ".A.AAAA",
        "{\"payload\":\"" + PAYLOAD + "\",\"protected\":\"" + header + "\",\"signature\":\"AAAA\"}",
        jws("", "{}"),
        jws("null", "{}"),
        jws("[]", "{}"),
        jws("{\"alg\":\"RS256\",\"alg\":\"none\"}", "{}"),
        jws("{\"alg\":\"RS256\"}x", "{}"),
        jws("{\"alg\":\"RS256\"}", "[]"),
        jws("{\"alg\":\"RS256\"}", "text"),
        jws("{\"alg\":\"RS256\"}", "{\"sub\":\"1\",\"sub\":\"2\"}"),
        jws("{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}", "{}"),
        jws("{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}", "{}"),
        jws("{\"alg\":\"RS256\",\"crit\":[]}", "{}"),
        jws("{\"alg\":\"RS256\",\"crit\":\"\"}", "{}"),
        jws("{\"alg\":\"RS256\"," + "\"x\":{".repeat(1_000) + "}".repeat(1_000) + "}", "{}"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Provokes(Violation.ID_TOKEN_MALFORMED)
  void what_is_no_jws_in_compact_serialization_is_refused(String compact) {
    assertFails(Violation.ID_TOKEN_MALFORMED, () -> read(compact));
  }

  /** ID-04: keys and addresses that the token brings along, and headers of odd types. */
  static Stream<String> headers() {
    return Stream.of(
        "\"jku\":\"https://attacker.example/jwks\"",
        "\"x5u\":\"file:///etc/passwd\"",
        "\"x5c\":[\"garbage\"]",
        "\"x5c\":7",
        "\"x5t\":7",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "\"jwk\":{\"kty\":\"RSA\"}",
        "\"jwk\":{}",
        "\"jwk\":7",
        "\"kid\":7",
        "\"kid\":\"../../x'; DROP TABLE keys\"",
        "\"typ\":7",
        "\"cty\":7",
        "\"b64\":false",
        "\"b64\":\"no\"",
        "\"zip\":\"DEF\"",
        "\"p2c\":2147483647",
        "\"x\":\"" + "x".repeat(30_000) + "\"");
  }

  @ParameterizedTest
  @MethodSource("headers")
  void nothing_in_a_header_makes_a_signature_right_or_does_harm(String member) {
    String header = encoded("{\"alg\":\"ES256\"," + member + "}");
    String compact = header + "." + ES256.substring(ES256.indexOf('.') + 1);

    assertThat(read(compact).isSignedWith(key(EC_KEY))).isFalse();
  }

  @Test
  void only_the_algorithm_is_printed() {
    assertThat(read(RS256)).hasToString("Jws[RS256]");
  }
}
