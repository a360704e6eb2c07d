package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.Mutations.Document;

/** Makes ID tokens (OpenID Connect Core section 2), right ones or as scripted. */
final class IdTokenFactory {

  private final ServerContext server;

  IdTokenFactory(ServerContext server) {
    this.server = server;
  }

  /**
   * An ID token for the grant.
   *
   * @param accessToken what {@code at_hash} covers
   * @param nonce null in answers to a refresh (OpenID Connect Core section 12.2)
   */
  String create(Grant grant, String accessToken, @Nullable String nonce) {
    SigningKey key = server.keys().current();
    Map<String, Object> claims = claims(grant, nonce);
    claims.put("at_hash", key.algorithm().halfHash(accessToken.getBytes(US_ASCII)));
    server.mutations().apply(Document.ID_TOKEN_CLAIMS, claims);
    String idToken = server.mutations().signer().sign(claims, key);
    server.grants().rememberIdToken(idToken, grant.clientId());
    return idToken;
  }

  private Map<String, Object> claims(Grant grant, @Nullable String nonce) {
    Instant now = server.settings().clock().instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    if (server.has(Feature.CLAIMS_IN_ID_TOKEN)) {
      claims.putAll(grant.user().claims());
    }
    claims.put("iss", server.address().issuer());
    claims.put("sub", grant.user().sub());
    claims.put("aud", grant.clientId());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(server.settings().idTokenLifetime()).getEpochSecond());
    claims.put("auth_time", grant.authTime().getEpochSecond());
    if (nonce != null) {
      claims.put("nonce", nonce);
    }
    return claims;
  }
}
