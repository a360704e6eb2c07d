package org.vestibule.protocol.openid;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.IssuerRule;

/**
 * What an ID token of this client at this provider has to look like.
 *
 * @param issuers whom it may name as its issuer
 * @param clientId the audience
 * @param otherAudiences further audiences that are trusted, from the setting {@code audience}
 * @param clockSkew by how much clocks may differ
 * @param maxAge how long ago the user may have been authenticated, if that was asked for
 * @param acrValues the acceptable authentication context class references; empty for any
 */
public record IdTokenExpectations(
    IssuerRule issuers,
    String clientId,
    Set<String> otherAudiences,
    Duration clockSkew,
    Optional<Duration> maxAge,
    Set<String> acrValues) {

  public IdTokenExpectations {
    otherAudiences = Set.copyOf(otherAudiences);
    acrValues = Set.copyOf(acrValues);
  }
}
