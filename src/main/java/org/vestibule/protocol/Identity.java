package org.vestibule.protocol;

import java.security.Principal;
import java.util.HashSet;
import java.util.Set;

/**
 * Who signed in. Two identities are equal if provider, issuer and subject are: names and addresses
 * change hands (OpenID Connect Core section 5.7). Somebody without a subject equals nobody else.
 *
 * <p>It is the request's principal itself, so that asking for one costs nothing.
 *
 * @param provider the configured id
 * @param issuer empty for a plain OAuth 2.0 provider
 * @param subject empty if the provider does not tell who the caller is
 * @param name what to show
 * @param roles unmodifiable
 * @param claims what the provider said, as a JSON object's text: a tenth of the memory that it
 *     takes as a map, and seldom asked for
 */
public record Identity(
    String provider, String issuer, String subject, String name, Set<String> roles, String claims)
    implements Principal {

  public Identity {
    roles = Set.copyOf(roles);
  }

  /** The same caller with more roles. */
  public Identity withRoles(Set<String> more) {
    Set<String> all = new HashSet<>(roles);
    all.addAll(more);
    return new Identity(provider, issuer, subject, name, all, claims);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Identity identity
            && !subject.isEmpty()
            && provider.equals(identity.provider)
            && issuer.equals(identity.issuer)
            && subject.equals(identity.subject));
  }

  @Override
  public int hashCode() {
    return subject.hashCode() * 31 + provider.hashCode();
  }

  /** The name alone, as principals of the servers print. */
  @Override
  public String toString() {
    return name;
  }
}
