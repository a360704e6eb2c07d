package org.vestibule.login;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.provider.Provider;

/** What the provider is told when a user signs out. Thread-safe; holds no state. */
public final class Logout {

  private Logout() {}

  /**
   * Revokes the refresh token, then the access token (RFC 7009 section 2). A provider that cannot
   * be reached does not keep anybody signed in.
   *
   * @return what went wrong, to be logged
   */
  public static List<LoginException> revoke(Provider provider, Tokens tokens) {
    List<LoginException> failures = new ArrayList<>();
    try {
      Secret refreshToken = tokens.refreshToken();
      if (refreshToken != null) {
        provider.revoke(refreshToken, "refresh_token");
      }
      provider.revoke(tokens.accessToken(), "access_token");
    } catch (LoginException e) {
      failures.add(e);
    }
    return failures;
  }

  /**
   * Where to send the browser so that the user is signed out at the provider too (OpenID Connect
   * RP-Initiated Logout section 2); empty if the provider does not offer it or is in trouble.
   *
   * @param idToken the session's
   * @param returnTo the {@code post_logout_redirect_uri}, as registered
   */
  public static Optional<URI> endSession(Provider provider, Secret idToken, URI returnTo) {
    Optional<URI> endpoint;
    try {
      endpoint = provider.metadata().endSessionEndpoint();
    } catch (LoginException e) {
      return Optional.empty();
    }
    Parameters parameters =
        Parameters.empty()
            .with("id_token_hint", idToken.value())
            .with("client_id", provider.settings().client().credentials().clientId())
            .with("post_logout_redirect_uri", returnTo.toString());
    return endpoint.map(
        url -> URI.create(url + (url.getRawQuery() == null ? "?" : "&") + parameters.encode()));
  }
}
