package org.vestibule.provider;

import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;

/**
 * What the callers of some paths need beside being signed in; each component is described by the
 * {@link AccessSetting} of its name. Immutable.
 *
 * @param number the one in its keys
 * @param pattern a path, or a folder that ends with {@code /*}
 * @param roles of which a caller needs one; empty for any caller
 * @param scope that the access token needs to have, all of it
 * @param provider id of the one who signs users in; empty for any
 * @param unauthorized whether a request that does not say what it can understand is answered with
 *     401 rather than a redirection
 */
public record AccessRule(
    int number,
    String pattern,
    Set<String> roles,
    Scope scope,
    AuthenticationRequirement authentication,
    Optional<String> provider,
    boolean unauthorized) {

  public AccessRule {
    roles = Set.copyOf(roles);
  }

  /** A rule that asks for nothing but to be signed in by one provider. */
  public static AccessRule only(String pattern, String provider) {
    return new AccessRule(
        0,
        pattern,
        Set.of(),
        Scope.NONE,
        AuthenticationRequirement.NONE,
        Optional.of(provider),
        false);
  }

  /** The same rule, that asks for more of a user's authentication. */
  public AccessRule and(AuthenticationRequirement more) {
    return new AccessRule(
        number, pattern, roles, scope, more.and(authentication), provider, unauthorized);
  }

  /** The same rule, for the users of one provider. */
  public AccessRule by(String id) {
    return new AccessRule(
        number, pattern, roles, scope, authentication, Optional.of(id), unauthorized);
  }

  /** The same rule, for other paths. */
  AccessRule at(String other) {
    return new AccessRule(number, other, roles, scope, authentication, provider, unauthorized);
  }
}
