package org.vestibule.login;

import java.util.Collection;
import java.util.List;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.VerifiedLogoutToken;
import org.vestibule.provider.Provider;
import org.vestibule.provider.UnverifiedToken;

/**
 * OpenID Connect Back-Channel Logout: a provider says that somebody signed out there. Thread-safe;
 * holds no state.
 */
public final class BackChannelLogout {

  private BackChannelLogout() {}

  /**
   * Judges a logout token by the rules and the keys of the provider that it says to be from, and
   * uses it up.
   *
   * @throws LoginException it is from nobody that is configured, a rule was broken, or the
   *     provider's keys cannot be had now
   */
  public static VerifiedLogoutToken judge(Collection<Provider> providers, Secret logoutToken) {
    return sender(providers, read(logoutToken)).logoutTokenValidator().validate(logoutToken);
  }

  private static UnverifiedToken read(Secret logoutToken) {
    try {
      return UnverifiedToken.read(logoutToken);
    } catch (LoginException e) {
      throw new LoginException(Violation.LOGOUT_TOKEN_SIGNATURE, e.failure().code(), e);
    }
  }

  /** Of several clients at one issuer the one that it is meant for. */
  private static Provider sender(Collection<Provider> providers, UnverifiedToken token) {
    List<Provider> atIssuer =
        providers.stream()
            .filter(provider -> provider.settings().endpoints().issuers().accepts(token.issuer()))
            .toList();
    return atIssuer.stream()
        .filter(
            provider ->
                token.audiences().contains(provider.settings().client().credentials().clientId()))
        .findFirst()
        .or(() -> atIssuer.stream().findFirst())
        .orElseThrow(
            () ->
                new LoginException(
                    Violation.LOGOUT_TOKEN_ISSUER, "it says \"" + token.issuer() + "\""));
  }
}
