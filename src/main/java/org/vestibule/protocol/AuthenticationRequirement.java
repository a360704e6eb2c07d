package org.vestibule.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How, and how lately, a user has to have been authenticated (RFC 9470 section 3, OpenID Connect
 * Core section 3.1.2.1). Immutable.
 *
 * @param acrValues the acceptable authentication context class references, preferred first; empty
 *     for any
 * @param maxAge how long ago at most, in whole seconds; empty for any time
 */
public record AuthenticationRequirement(List<String> acrValues, Optional<Duration> maxAge) {

  /** However it was done, and whenever. */
  public static final AuthenticationRequirement NONE =
      new AuthenticationRequirement(List.of(), Optional.empty());

  public AuthenticationRequirement {
    acrValues = List.copyOf(acrValues);
  }

  public boolean isEmpty() {
    return acrValues.isEmpty() && maxAge.isEmpty();
  }

  /**
   * Whether an authentication is good enough; one of which nothing is known is only if nothing is
   * required.
   *
   * @param clockSkew by how much the clocks may differ
   */
  public boolean isMetBy(@Nullable Authentication authentication, Instant now, Duration clockSkew) {
    return isEmpty()
        || (authentication != null
            && accepts(authentication.contextClass())
            && isRecent(authentication.time(), now, clockSkew));
  }

  /** Whether a context class reference is among the acceptable ones; null is if any is. */
  public boolean accepts(@Nullable String contextClass) {
    return acrValues.isEmpty() || (contextClass != null && acrValues.contains(contextClass));
  }

  /** Whether somebody was authenticated lately enough; null is an unknown time. */
  public boolean isRecent(@Nullable Instant authenticated, Instant now, Duration clockSkew) {
    return maxAge.isEmpty()
        || (authenticated != null
            && !now.isAfter(authenticated.plus(maxAge.get()).plus(clockSkew)));
  }
}
