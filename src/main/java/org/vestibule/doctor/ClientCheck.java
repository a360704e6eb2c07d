package org.vestibule.doctor;

import java.util.Optional;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.token.TokenResponse;

/** Judges what the token endpoint says to a code that is none (RFC 6749 section 5.2). */
final class ClientCheck {

  private ClientCheck() {}

  static Finding judge(String provider, Optional<TokenResponse.Refused> answer) {
    if (answer.isEmpty()) {
      return Finding.of(Symptom.CLIENT_UNPROVEN, Optional.of(provider), "");
    }
    TokenResponse.Refused refused = answer.get();
    String detail = refused.status() + " " + refused.error();
    if (refused.isOfGrant()) {
      return Finding.of(Symptom.CLIENT_ACCEPTED, Optional.of(provider), "");
    }
    return refused.isOfClient()
        ? Finding.of(new LoginException(ProviderTrouble.CLIENT_REFUSED, detail), provider)
        : Finding.of(Symptom.CLIENT_UNPROVEN, Optional.of(provider), detail);
  }
}
