package org.vestibule.provider;

import java.util.Optional;
import org.vestibule.protocol.token.ClientCredentials;

/**
 * Where a client's credentials can be read once more: a provider that refuses them may have been
 * given new ones that lie in the settings or in a mounted file already.
 */
@FunctionalInterface
public interface CredentialsSource {

  /** Reads nothing. */
  CredentialsSource NONE = provider -> Optional.empty();

  /**
   * Thread-safe; does not fail.
   *
   * @param provider the provider's id
   * @return as they are set now; empty if they cannot be read
   */
  Optional<ClientCredentials> read(String provider);
}
