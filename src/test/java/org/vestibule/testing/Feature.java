package org.vestibule.testing;

import java.util.EnumSet;
import java.util.Set;

/** What an authorization server may or may not do. Metadata follows these switches. */
public enum Feature {
  /** Refuse an authorization request without {@code state}. */
  STATE_REQUIRED,
  /**
   * Verify {@code code_challenge} (RFC 7636). Off: it is ignored, as by servers that predate it.
   */
  PKCE,
  /** Refuse an authorization request without an {@code S256} challenge. */
  PKCE_REQUIRED,
  /** Publish {@code code_challenge_methods_supported}. */
  PKCE_ADVERTISED,
  /** Send {@code iss} in authorization responses (RFC 9207). */
  ISS_PARAMETER,
  /** Publish {@code authorization_response_iss_parameter_supported}. */
  ISS_PARAMETER_ADVERTISED,
  /** Issue an ID token when the scope contains {@code openid}. */
  OPENID,
  /** Repeat the user's claims in the ID token; otherwise they come from UserInfo only. */
  CLAIMS_IN_ID_TOKEN(false),
  /** Issue access tokens as JWTs (RFC 9068) instead of opaque strings. */
  JWT_ACCESS_TOKENS(false),
  /** Issue refresh tokens. */
  REFRESH_TOKENS,
  /** Answer each refresh with a new refresh token and refuse the old one. */
  ROTATION,
  /** End the whole grant when a rotated refresh token comes back (RFC 9700 section 4.14.2). */
  REUSE_DETECTION,
  /** Serve and publish {@link Endpoint#USERINFO}. */
  USERINFO,
  /** Serve and publish {@link Endpoint#REVOCATION}. */
  REVOCATION,
  /** Serve and publish {@link Endpoint#INTROSPECTION}. */
  INTROSPECTION,
  /** Serve and publish {@link Endpoint#END_SESSION}. */
  END_SESSION,
  /** Serve {@link Endpoint#OPENID_CONFIGURATION}. */
  OPENID_CONFIGURATION,
  /** Serve {@link Endpoint#OAUTH_METADATA}. */
  OAUTH_METADATA;

  private final boolean onByDefault;

  Feature() {
    this(true);
  }

  Feature(boolean onByDefault) {
    this.onByDefault = onByDefault;
  }

  static EnumSet<Feature> defaults() {
    EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    for (Feature feature : values()) {
      if (feature.onByDefault) {
        features.add(feature);
      }
    }
    return features;
  }

  /** Whether the endpoint is there at all under these features. */
  static boolean serves(Set<Feature> features, Endpoint endpoint) {
    return switch (endpoint) {
      case USERINFO -> features.contains(USERINFO);
      case REVOCATION -> features.contains(REVOCATION);
      case INTROSPECTION -> features.contains(INTROSPECTION);
      case END_SESSION -> features.contains(END_SESSION);
      case OPENID_CONFIGURATION -> features.contains(OPENID_CONFIGURATION);
      case OAUTH_METADATA -> features.contains(OAUTH_METADATA);
      case AUTHORIZATION, LOGIN, TOKEN, JWKS -> true;
      case OTHER -> false;
    };
  }
}
