package org.vestibule.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Verifies {@code private_key_jwt} by the keys that the client publishes (RFC 7523 section 3). */
final class ClientAssertion {

  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private ClientAssertion() {}

  /** Whom an assertion is about, as it says itself; empty if it is none. */
  static String subject(String assertion) {
    try {
      return String.valueOf(Jws.claims(assertion).get("sub"));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "";
    }
  }

  /**
   * Whether the client signed it, for this server and for now. The keys are read anew each time,
   * and the identifier alone chooses among them.
   */
  static boolean isValid(
      String assertion, String clientId, String issuer, Supplier<String> keys, Instant now) {
    try {
      JWSObject jws = JWSObject.parse(assertion);
      Map<String, Object> claims = Jws.claims(assertion);
      return isSigned(jws, JWKSet.parse(keys.get()))
          && clientId.equals(claims.get("iss"))
          && clientId.equals(claims.get("sub"))
          && issuer.equals(claims.get("aud"))
          && claims.get("exp") instanceof Long expiry
          && now.isBefore(Instant.ofEpochSecond(expiry));
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  private static boolean isSigned(JWSObject jws, JWKSet keys) throws JOSEException {
    JWSHeader header = jws.getHeader();
    List<JWK> candidates =
        keys.getKeys().stream()
            .filter(key -> Objects.equals(key.getKeyID(), header.getKeyID()))
            .toList();
    return candidates.size() == 1
        && candidates.get(0) instanceof AsymmetricJWK key
        && jws.verify(new DefaultJWSVerifierFactory().createJWSVerifier(header, key.toPublicKey()));
  }
}
