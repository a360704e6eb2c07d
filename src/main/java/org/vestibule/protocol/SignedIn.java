package org.vestibule.protocol;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of a login, and all that a session remembers of it. Immutable: a refresh makes a new
 * one.
 *
 * @param authentication null if the provider does not say, as without OpenID Connect
 * @param since when the login was completed
 * @param csrfToken what a state-changing request has to repeat
 */
public record SignedIn(
    Identity identity,
    @Nullable Authentication authentication,
    Tokens tokens,
    Instant since,
    Secret csrfToken) {

  public SignedIn withRoles(Set<String> more) {
    return new SignedIn(identity.withRoles(more), authentication, tokens, since, csrfToken);
  }

  public SignedIn with(Tokens renewed) {
    return new SignedIn(identity, authentication, renewed, since, csrfToken);
  }
}
