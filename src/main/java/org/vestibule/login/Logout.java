package org.vestibule.login;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;

/** What the provider is told when a user signs out. Thread-safe; holds no state. */
public final class Logout {

  /** The name that the specification gives, and with it the one that {@code state} goes along. */
  private static final String STANDARD = "post_logout_redirect_uri";

  /** Nobody is there: a second request would wait as long as the first, and in vain. */
  private static final Set<ProviderTrouble> NOBODY_THERE =
      EnumSet.of(
          ProviderTrouble.UNREACHABLE,
          ProviderTrouble.TIMEOUT,
          ProviderTrouble.TLS,
          ProviderTrouble.BUSY);

  private Logout() {}

  /**
   * Revokes the refresh token and the access token (RFC 7009 section 2), each whether or not the
   * other could be. A provider that cannot be reached does not keep anybody signed in.
   *
   * @return what went wrong, to be logged
   */
  public static List<LoginException> revoke(Provider provider, Tokens tokens) {
    List<LoginException> failures = new ArrayList<>();
    Secret refreshToken = tokens.refreshToken();
    if (refreshToken != null) {
      revoke(provider, refreshToken, "refresh_token").ifPresent(failures::add);
    }
    if (failures.stream().noneMatch(failure -> isNobodyThere(failure.failure()))) {
      revoke(provider, tokens.accessToken(), "access_token").ifPresent(failures::add);
    }
    return failures;
  }

  private static Optional<LoginException> revoke(Provider provider, Secret token, String hint) {
    try {
      provider.revoke(token, hint);
      return Optional.empty();
    } catch (LoginException e) {
      return Optional.of(e);
    }
  }

  private static boolean isNobodyThere(Failure failure) {
    return failure instanceof ProviderTrouble trouble && NOBODY_THERE.contains(trouble);
  }

  /**
   * Whether the provider repeats {@code state} when the browser comes back: one that has a name of
   * its own for the redirection knows nothing of it.
   */
  public static boolean repeatsState(Provider provider) {
    return provider.settings().logout().redirectParameter().equals(STANDARD);
  }

  /** Where the browser is sent to sign out at the provider; empty as {@link #endSession} is. */
  public static Optional<URI> endSessionEndpoint(Provider provider) {
    try {
      return provider.metadata().endSessionEndpoint();
    } catch (LoginException e) {
      return Optional.empty();
    }
  }

  /**
   * Where to send the browser so that the user is signed out at the provider too (OpenID Connect
   * RP-Initiated Logout section 2); empty if the provider does not offer it or is in trouble.
   *
   * @param idToken the session's; null if there is none
   * @param returnTo the {@code post_logout_redirect_uri}, as registered
   * @param state to be repeated by the provider; empty if it would not
   */
  public static Optional<URI> endSession(
      Provider provider, @Nullable Secret idToken, URI returnTo, Optional<Secret> state) {
    ProviderSettings.Logout settings = provider.settings().logout();
    Parameters parameters =
        Parameters.empty()
            .with(
                "id_token_hint",
                Optional.ofNullable(idToken)
                    .filter(hint -> settings.idTokenHint())
                    .map(Secret::value))
            .with("client_id", provider.settings().client().credentials().clientId())
            .with(settings.redirectParameter(), returnTo.toString())
            .with("state", state.map(Secret::value))
            .with(settings.parameters());
    return endSessionEndpoint(provider)
        .map(
            url -> URI.create(url + (url.getRawQuery() == null ? "?" : "&") + parameters.encode()));
  }
}
