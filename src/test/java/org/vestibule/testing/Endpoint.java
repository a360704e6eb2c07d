package org.vestibule.testing;

import org.jspecify.annotations.Nullable;

/** The doors of the authorization server; requests are recorded and scripted per endpoint. */
public enum Endpoint {
  /** RFC 6749 section 3.1. */
  AUTHORIZATION("/authorize", "authorization_endpoint"),
  /** Where the form of the interactive login page is posted to. */
  LOGIN("/login", null),
  /** RFC 6749 section 3.2. */
  TOKEN("/token", "token_endpoint"),
  /** OpenID Connect Core section 5.3. */
  USERINFO("/userinfo", "userinfo_endpoint"),
  /** RFC 7517 section 5. */
  JWKS("/jwks", "jwks_uri"),
  /** RFC 7009. */
  REVOCATION("/revoke", "revocation_endpoint"),
  /** RFC 7662. */
  INTROSPECTION("/introspect", "introspection_endpoint"),
  /** OpenID Connect RP-Initiated Logout section 2. */
  END_SESSION("/end_session", "end_session_endpoint"),
  /** OpenID Connect Discovery section 4: appended to the issuer. */
  OPENID_CONFIGURATION("/.well-known/openid-configuration", null),
  /** RFC 8414 section 3.1: inserted between the issuer's host and path. */
  OAUTH_METADATA("/.well-known/oauth-authorization-server", null),
  /** Every other path. Answers 404 unless scripted, which makes any server a canary too. */
  OTHER("/other", null);

  private final String defaultPath;
  private final @Nullable String metadataName;

  Endpoint(String defaultPath, @Nullable String metadataName) {
    this.defaultPath = defaultPath;
    this.metadataName = metadataName;
  }

  /** The path below the issuer, unless the options say otherwise. */
  String defaultPath() {
    return defaultPath;
  }

  /** The member of the metadata document that holds this endpoint's URL, if it is published. */
  @Nullable String metadataName() {
    return metadataName;
  }
}
