package org.vestibule.login;

import java.util.List;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.SignedIn;

/** How a login ended that broke no rule. */
public sealed interface LoginResult {

  /**
   * Somebody is signed in.
   *
   * @param remarks what is not as it should be and does not stop the login, to be logged
   */
  record Success(SignedIn signedIn, List<Failure> remarks) implements LoginResult {
    public Success {
      remarks = List.copyOf(remarks);
    }
  }

  /** The user or the provider said no. */
  record Denied(OAuthError error) implements LoginResult {}
}
