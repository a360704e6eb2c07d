package org.vestibule.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Sha256;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;

/**
 * What a client shows in place of its secret: an assertion that is signed anew for each request
 * (RFC 7523 section 3), or a client secret that is one, as Sign in with Apple wants it.
 * Thread-safe.
 */
final class ClientProof {

  /** HS256 wants a key of its own length at least (RFC 7518 section 3.2). */
  static final int SHORTEST_HMAC_SECRET = 32;

  /** Long enough for clocks that differ a little, and no longer. */
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private final Clock clock;
  private final ProviderSettings settings;
  private final AtomicLong count = new AtomicLong();

  ClientProof(Clock clock, ProviderSettings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * The credentials as this method is to send them.
   *
   * @param form that they go along with
   */
  ClientCredentials of(
      ClientAuthenticationMethod method,
      ClientCredentials client,
      ProviderMetadata metadata,
      Parameters form) {
    Map<String, Object> claims = claims(client, metadata, form);
    return switch (method) {
      case PRIVATE_KEY_JWT -> proven(client, signed(claims));
      case CLIENT_SECRET_JWT -> proven(client, sealed(client, claims));
      case CLIENT_SECRET_POST, CLIENT_SECRET_BASIC ->
          settings
              .client()
              .teamId()
              .map(team -> proven(client, signed(ofTeam(team, claims))))
              .orElse(client);
      case NONE -> client;
    };
  }

  private static ClientCredentials proven(ClientCredentials credentials, Secret proof) {
    return new ClientCredentials(credentials.clientId(), Optional.of(proof));
  }

  private Secret signed(Map<String, Object> claims) {
    return settings.client().key().orElseThrow().sign(claims);
  }

  /** Signed with the client secret. */
  private static Secret sealed(ClientCredentials credentials, Map<String, Object> claims) {
    byte[] secret =
        credentials.clientSecret().orElseThrow().value().getBytes(StandardCharsets.UTF_8);
    try {
      return Jws.sign(new JWSHeader.Builder(JWSAlgorithm.HS256), claims, new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException("its length was checked with the settings", e);
    }
  }

  /** RFC 7523 section 3: rules 1 to 4, 6 and 7. */
  private Map<String, Object> claims(
      ClientCredentials client, ProviderMetadata metadata, Parameters form) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client.clientId());
    claims.put("sub", client.clientId());
    claims.put("aud", audience(metadata));
    claims.put("jti", identifier(form));
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("exp", clock.instant().plus(LIFETIME).getEpochSecond());
    return claims;
  }

  private static Map<String, Object> ofTeam(String team, Map<String, Object> claims) {
    Map<String, Object> ofTeam = new LinkedHashMap<>(claims);
    ofTeam.put("iss", team);
    ofTeam.remove("jti");
    return ofTeam;
  }

  /**
   * One for each request, on all nodes: the codes and tokens that it is about have not been seen
   * elsewhere, and the same request again is counted.
   */
  private String identifier(Parameters form) {
    return Sha256.base64url(form.encode() + " " + clock.instant() + " " + count.incrementAndGet());
  }

  /** One text and never a list, which some servers refuse. */
  private String audience(ProviderMetadata metadata) {
    return metadata
        .issuer()
        .filter(issuer -> !settings.client().audienceIsTokenEndpoint())
        .orElse(metadata.tokenEndpoint().toString());
  }
}
