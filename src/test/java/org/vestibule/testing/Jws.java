package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The compact serialisation of RFC 7515 section 3.1, with no rule about what makes sense. */
public final class Jws {

  private Jws() {}

  /** A correct JWT with {@code alg}, {@code kid} and the given {@code typ}. */
  public static String sign(SigningKey key, String type, Map<String, ?> claims) {
    Map<String, Object> header = header(key);
    header.put("typ", type);
    return compact(header, claims, key::sign);
  }

  /** Any header and any claims; the function makes the signature's bytes from its input. */
  public static String compact(
      Map<String, ?> header, Map<String, ?> claims, UnaryOperator<byte[]> signature) {
    return compact(Json.write(header), Json.write(claims), signature);
  }

  /** Any header and payload, JSON or not. */
  public static String compact(String header, String payload, UnaryOperator<byte[]> signature) {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
    return input + "." + Base64URL.encode(signature.apply(input.getBytes(UTF_8)));
  }

  /** The claims of a compact JWT, unverified. */
  public static Map<String, Object> claims(String compact) {
    return Json.read(new Base64URL(compact.split("\\.", -1)[1]).decodeToString());
  }

  /** A mutable header with {@code alg} and {@code kid}. */
  static Map<String, Object> header(SigningKey key) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", key.algorithm().registeredName());
    header.put("kid", key.kid());
    return header;
  }

  /** The MAC of HS256. */
  static byte[] hmacSha256(byte[] secret, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
