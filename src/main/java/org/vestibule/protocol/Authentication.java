package org.vestibule.protocol;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How and when the provider made sure of a user, as its verified ID token says (OpenID Connect Core
 * section 2). It is the login's: a refresh does not change it. Immutable.
 *
 * @param sessionId {@code sid}, by which the provider names its own session at logout; null if it
 *     does not say
 * @param contextClass {@code acr}, the authentication context class reference that was satisfied;
 *     null if it does not say
 * @param time {@code auth_time}, when the user was authenticated, in whole seconds; null if it does
 *     not say
 */
public record Authentication(
    @Nullable String sessionId, @Nullable String contextClass, @Nullable Instant time) {

  /** Of an ID token; null if it says nothing of all that. */
  public static @Nullable Authentication of(Claims idToken) {
    Optional<String> sessionId = idToken.string("sid");
    Optional<String> contextClass = idToken.string("acr");
    Optional<Instant> time = idToken.instant("auth_time");
    return sessionId.isEmpty() && contextClass.isEmpty() && time.isEmpty()
        ? null
        : new Authentication(sessionId.orElse(null), contextClass.orElse(null), time.orElse(null));
  }
}
