package org.vestibule.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /** A shorter one would be over before the user is back from the provider. */
  public static final Duration SHORTEST_AGE = Duration.ofMinutes(1);

  public static final Duration LONGEST_AGE = Duration.ofDays(366);

  /** A word that can be repeated in headers (RFC 6749 section 3.3). */
  private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

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

  /** Whether both name classes and none in common, so that nobody can meet both. */
  public boolean contradicts(AuthenticationRequirement other) {
    return !acrValues.isEmpty() && !other.acrValues.isEmpty() && and(other).acrValues.isEmpty();
  }

  /** What meets both, in this one's order of preference; they must not contradict each other. */
  public AuthenticationRequirement and(AuthenticationRequirement other) {
    List<String> both =
        acrValues.isEmpty() ? other.acrValues : acrValues.stream().filter(other::accepts).toList();
    Optional<Duration> shorter =
        Stream.of(maxAge, other.maxAge).flatMap(Optional::stream).min(Comparator.naturalOrder());
    return new AuthenticationRequirement(both, shorter);
  }

  /** Whether a class reference, or a scope, can be repeated in headers. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Whether an age can be asked for. */
  public static boolean isPossible(Duration age) {
    return age.compareTo(SHORTEST_AGE) >= 0 && age.compareTo(LONGEST_AGE) <= 0;
  }
}
