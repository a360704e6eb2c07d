package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;

/**
 * Lets the provider renew a session that has ended by itself without showing anything ({@code
 * prompt=none}). If it cannot, a usual login follows: once, since that one is not silent, and since
 * the browser remembers that it was tried until somebody has signed in. Only where the setting
 * {@code renewal} is {@code silent}.
 */
final class SilentRenewal {

  /**
   * OpenID Connect Core section 3.1.2.6: what a provider says that would have to show something.
   */
  private static final Set<String> NEEDS_THE_USER =
      Set.of(
          "login_required",
          "interaction_required",
          "consent_required",
          "account_selection_required");

  private final Map<String, Provider> providers;
  private final Sessions sessions;
  private final ExpiredSession expiredSession;
  private final LoginStart loginStart;

  SilentRenewal(
      Map<String, Provider> providers,
      Sessions sessions,
      ExpiredSession expiredSession,
      LoginStart loginStart) {
    this.providers = Map.copyOf(providers);
    this.sessions = sessions;
    this.expiredSession = expiredSession;
    this.loginStart = loginStart;
  }

  /**
   * The silent login that is to be tried in place of another; empty for none.
   *
   * @param wanted the other one; of another provider there is nothing to renew
   */
  Optional<WantedLogin> of(HttpServletRequest request, WantedLogin wanted) {
    return expiredSession
        .provider(request)
        .filter(id -> wanted.provider() == null || id.equals(wanted.provider()))
        .filter(id -> isSilent(providers.get(id)))
        .filter(id -> sessions.signedIn(request) == null)
        .map(id -> new WantedLogin(id, wanted.authentication()));
  }

  /** One that shall show something by its settings is not told the opposite. */
  private static boolean isSilent(@Nullable Provider provider) {
    if (provider == null) {
      return false;
    }
    ProviderSettings.Request settings = provider.settings().request();
    return settings.openId() && !settings.authorizationParameters().contains("prompt");
  }

  /**
   * Sends the browser there.
   *
   * @param silent what {@link #of} said
   * @param returnTo within this application
   */
  void begin(
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin silent,
      String returnTo) {
    loginStart.redirectSilently(request, response, silent, returnTo);
    expiredSession.rememberTrying(request, response, String.valueOf(silent.provider()));
  }

  /**
   * A provider said no. If it only did because it would have to show something, this goes on with a
   * usual login, or says that the session has ended if that is wanted.
   *
   * @param returnTo within this application
   * @return whether the request was answered
   */
  boolean goesOn(
      HttpServletRequest request,
      HttpServletResponse response,
      PendingAuthorization pending,
      OAuthError error,
      String returnTo)
      throws IOException {
    if (!pending.silent()) {
      return false;
    }
    expiredSession.rememberNowhere(request, response);
    if (!NEEDS_THE_USER.contains(error.error())) {
      return false;
    }
    WantedLogin usual = new WantedLogin(pending.provider(), pending.requirement());
    if (expiredSession.isTelling()) {
      expiredSession.write(request, response, usual, returnTo);
    } else {
      loginStart.redirect(request, response, usual, returnTo);
    }
    return true;
  }
}
