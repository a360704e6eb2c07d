package org.vestibule.provider;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.token.TokenResponse;

/**
 * Asks a provider what tells whether logins will work, by the code that logins use and over
 * connections of its own. Nothing that it asks changes anything. For one thread.
 */
public final class ProviderProbe {

  private final ProviderSettings settings;
  private final HttpProbe http;
  private final Discovery discovery;
  private final TokenEndpoint tokenEndpoint;

  public ProviderProbe(Clock clock, ProviderSettings settings) {
    this.settings = settings;
    this.http = new HttpProbe(clock, settings.http());
    this.discovery = new Discovery(clock, http.backChannel(), settings);
    this.tokenEndpoint =
        new TokenEndpoint(clock, http.backChannel(), settings, CredentialsSource.NONE);
  }

  public HttpProbe http() {
    return http;
  }

  /**
   * What the issuer publishes, as it is; {@link Claims#NONE} without discovery.
   *
   * @throws LoginException there is nothing, or the provider is in trouble
   */
  public Claims published() {
    if (!settings.endpoints().discovery()) {
      return Claims.NONE;
    }
    URI place =
        settings
            .endpoints()
            .metadata()
            .orElseGet(() -> URI.create(settings.endpoints().issuer().orElseThrow()));
    return http.asking(place, discovery::published);
  }

  /**
   * What is made of it, and of the settings.
   *
   * @throws LoginException it cannot be used
   */
  public ProviderMetadata metadata(Claims published) {
    return ProviderMetadata.of(settings.endpoints(), published);
  }

  /**
   * The keys at {@code jwks_uri}.
   *
   * @throws LoginException they cannot be read
   */
  public List<PublishedKey> keys(URI jwksUri) {
    return http.json(jwksUri)
        .flatMap(PublishedKey::listed)
        .orElseThrow(() -> new LoginException(ProviderTrouble.UNEXPECTED_ANSWER, "jwks_uri"));
  }

  /**
   * What the token endpoint says to a code that nobody ever issued: whether it accepts the client.
   *
   * @return empty if it cannot be understood
   * @throws LoginException the provider is in trouble
   */
  public Optional<TokenResponse.Refused> redeemNothing(ProviderMetadata metadata, URI redirectUri) {
    return http.asking(
        metadata.tokenEndpoint(), () -> tokenEndpoint.redeemNothing(metadata, redirectUri));
  }
}
