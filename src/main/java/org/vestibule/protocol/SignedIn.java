package org.vestibule.protocol;

import java.time.Instant;

/**
 * The result of a login, and all that a session remembers of it. Immutable: a refresh makes a new
 * one.
 *
 * @param since when the login was completed
 * @param csrfToken what a state-changing request has to repeat
 */
public record SignedIn(Identity identity, Tokens tokens, Instant since, Secret csrfToken) {

  public SignedIn with(Tokens renewed) {
    return new SignedIn(identity, renewed, since, csrfToken);
  }
}
