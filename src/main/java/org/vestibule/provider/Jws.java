package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * A JWS in compact serialization, read but not believed (RFC 7515 section 3.1). Three parts of the
 * base64url alphabet and nothing else; both JSON texts without repeated members; no critical
 * header, since none is understood.
 *
 * @param header only {@code alg}, {@code kid} and {@code typ} of it are ever looked at: keys and
 *     addresses of keys that a token brings along are nobody's
 */
record Jws(Claims header, Claims payload, String signingInput, String signature) {

  private static final Pattern COMPACT =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

  /**
   * @throws LoginException {@code ID_TOKEN_MALFORMED}
   */
  static Jws read(Secret compact) {
    Matcher parts = COMPACT.matcher(compact.value());
    if (!parts.matches()) {
      throw new LoginException(Violation.ID_TOKEN_MALFORMED);
    }
    try {
      Claims header = claims(parts.group(1));
      if (header.has("crit")) {
        throw new LoginException(Violation.ID_TOKEN_MALFORMED, "a critical header");
      }
      return new Jws(
          header, claims(parts.group(2)), parts.group(1) + "." + parts.group(2), parts.group(3));
    } catch (IllegalArgumentException e) {
      throw new LoginException(Violation.ID_TOKEN_MALFORMED, "", e);
    }
  }

  /** A JWT of these claims, in compact serialization (RFC 7515 section 7.1). */
  static Secret sign(JWSHeader.Builder header, Map<String, Object> claims, JWSSigner signer)
      throws JOSEException {
    JWSObject jwt =
        new JWSObject(header.type(JOSEObjectType.JWT).build(), new Payload(Json.write(claims)));
    jwt.sign(signer);
    return Secret.of(jwt.serialize());
  }

  String algorithm() {
    return header.string("alg").orElse("");
  }

  String keyId() {
    return header.string("kid").orElse("");
  }

  /** Whether the signature was made with the private half of this key. */
  boolean isSignedWith(PublicKey key) {
    byte[] input = signingInput.getBytes(US_ASCII);
    try {
      if (algorithm().equals("EdDSA")) {
        return isSignedWithEd25519(key, input);
      }
      String encodedHeader = signingInput.substring(0, signingInput.indexOf('.'));
      JWSHeader parsed = JWSHeader.parse(new Base64URL(encodedHeader));
      return new DefaultJWSVerifierFactory()
          .createJWSVerifier(parsed, key)
          .verify(parsed, input, new Base64URL(signature));
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException e) {
      return false;
    }
  }

  /** By the platform, which has it; the library would need another one for it. */
  private boolean isSignedWithEd25519(PublicKey key, byte[] input) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(input);
    return verifier.verify(Base64.getUrlDecoder().decode(signature));
  }

  private static Claims claims(String encoded) {
    return new Claims(Json.read(Base64.getUrlDecoder().decode(encoded)));
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "Jws[" + algorithm() + "]";
  }
}
