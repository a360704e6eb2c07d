package org.vestibule.login;

import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.SignedIn;

/** How a login ended that broke no rule. */
public sealed interface LoginResult {

  /** Somebody is signed in. */
  record Success(SignedIn signedIn) implements LoginResult {}

  /** The user or the provider said no. */
  record Denied(OAuthError error) implements LoginResult {}
}
