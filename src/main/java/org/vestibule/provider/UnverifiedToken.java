package org.vestibule.provider;

import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;

/**
 * Whom a token names as its issuer and its audience. Anybody can write that: it serves to choose
 * whose keys judge the token, and for nothing else.
 *
 * @param issuer empty if it does not say
 */
public record UnverifiedToken(String issuer, List<String> audiences) {

  /**
   * @throws LoginException {@code ID_TOKEN_MALFORMED}
   */
  public static UnverifiedToken read(Secret compact) {
    Jws jws = Jws.read(compact);
    return new UnverifiedToken(
        jws.payload().string("iss").orElse(""), jws.payload().strings("aud"));
  }

  /**
   * The {@code nonce} of an ID token that was verified when it came and is held since; empty if it
   * has none.
   */
  public static Optional<Secret> nonce(Secret held) {
    try {
      return Jws.read(held)
          .payload()
          .string("nonce")
          .filter(text -> !text.isEmpty())
          .map(Secret::of);
    } catch (LoginException e) {
      return Optional.empty();
    }
  }
}
