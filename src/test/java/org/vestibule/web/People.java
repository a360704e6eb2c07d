package org.vestibule.web;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;

/** Who signed in, where it does not matter how. */
final class People {

  /** RFC 6749 section 5.1. */
  static final String ACCESS_TOKEN = "2YotnFZFEjr1zCsicMWpAA";

  private People() {}

  static Identity identity(String issuer, String subject) {
    return new Identity("default", issuer, subject, "j.doe", Set.of("staff"), "{}");
  }

  /** Signed in at this time, with a {@code csrf_token} of their own. */
  static SignedIn signedIn(String subject, Instant since) {
    return signedIn(identity(Houses.ISSUER, subject), since);
  }

  static SignedIn signedIn(Identity identity, Instant since) {
    return new SignedIn(
        identity, null, tokens(ACCESS_TOKEN, null), since, Secret.of("csrf-" + since));
  }

  static Tokens tokens(String accessToken, @Nullable Instant expiresAt) {
    return new Tokens(
        Secret.of(accessToken),
        expiresAt,
        Secret.of("tGzv3JOkF0XG5Qx2TlKWIA"),
        null,
        Scope.parse("openid profile"));
  }
}
