package org.vestibule.provider;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.AccessTokenValidator;
import org.vestibule.protocol.openid.IdTokenExpectations;
import org.vestibule.protocol.openid.IdTokenValidator;
import org.vestibule.protocol.openid.LogoutTokenValidator;
import org.vestibule.protocol.openid.UserInfoValidator;
import org.vestibule.protocol.openid.VerifiedIdToken;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;

/**
 * One provider: its settings, what it publishes, and its endpoints. Nothing is asked of it before
 * somebody signs in, so that an application starts while its provider is down. Thread-safe.
 */
public final class Provider {

  private final ProviderSettings settings;
  private final String registration;
  private final BackChannel backChannel;
  private final LastGood<ProviderMetadata> metadata;
  private final TokenEndpoint tokenEndpoint;
  private final IdTokenExpectations expectations;
  private final JwkSetCache keys;
  private final IdTokenValidator idTokenValidator;
  private final LogoutTokenValidator logoutTokenValidator;

  /**
   * @param credentials where the client's are read again when the provider refuses them
   */
  public Provider(Clock clock, ProviderSettings settings, CredentialsSource credentials) {
    this.settings = settings;
    this.registration = settings.registration();
    this.backChannel = new BackChannel(settings.http());
    Discovery discovery = new Discovery(clock, backChannel, settings);
    this.metadata =
        new LastGood<>(clock, settings.http().metadataRefresh(), discovery::read, discovery::kept);
    this.tokenEndpoint = new TokenEndpoint(clock, backChannel, settings, credentials);
    this.expectations = expectations(settings);
    this.keys = keys(clock);
    this.idTokenValidator = new IdTokenValidator(clock, expectations, keys);
    this.logoutTokenValidator = new LogoutTokenValidator(clock, expectations, keys);
  }

  public ProviderSettings settings() {
    return settings;
  }

  /** Which client at which server this is: {@link ProviderSettings#registration()}. */
  public String registration() {
    return registration;
  }

  /**
   * @throws LoginException they cannot be had now
   */
  public ProviderMetadata metadata() {
    return metadata.get();
  }

  /**
   * Asks the provider for all that a login needs of it before somebody does.
   *
   * @throws LoginException it cannot be had now
   */
  public void require() {
    boolean hasKeys = metadata().jwksUri().isPresent();
    if (hasKeys && settings.request().openId()) {
      keys.require();
    }
  }

  /** Judges this provider's ID tokens. */
  public IdTokenValidator idTokenValidator() {
    return idTokenValidator;
  }

  /** Judges this provider's logout tokens. */
  public LogoutTokenValidator logoutTokenValidator() {
    return logoutTokenValidator;
  }

  /**
   * Steps D and E.
   *
   * @throws LoginException the provider is in trouble, or its answer broke a rule
   */
  public TokenResponse requestTokens(TokenRequest request) {
    return tokenEndpoint.request(metadata(), request);
  }

  /**
   * What the UserInfo endpoint, or the profile address of a plain OAuth 2.0 provider, says about
   * the token's owner (OpenID Connect Core section 5.3).
   *
   * @param issuer of the ID token; empty if there is none
   * @throws LoginException the provider is in trouble, or answers something else
   */
  public Claims requestUserInfo(URI endpoint, Secret accessToken, Optional<String> issuer) {
    HttpAnswer answer = backChannel.get(endpoint, accessToken);
    if (answer.status() != HttpAnswer.OK) {
      throw new LoginException(
          ProviderTrouble.UNEXPECTED_STATUS, "the UserInfo endpoint answered " + answer.status());
    }
    if (answer.mediaType().equals("application/jwt") && !answer.body().isBlank()) {
      return UserInfoValidator.judgeSigned(
          Secret.of(answer.body().strip()), keys, expectations, issuer);
    }
    return answer
        .json()
        .orElseThrow(() -> new LoginException(Violation.USERINFO_MALFORMED, answer.mediaType()));
  }

  /**
   * What an access token says about the user of the ID token.
   *
   * @throws LoginException it is not this provider's, not this user's, or not readable
   */
  public Claims readAccessToken(Secret accessToken, VerifiedIdToken idToken) {
    return AccessTokenValidator.judge(accessToken, keys, settings.endpoints().issuers(), idToken);
  }

  /**
   * Revokes a token (RFC 7009 section 2.1), if the provider offers it.
   *
   * @param hint {@code refresh_token} or {@code access_token}
   * @throws LoginException the provider is in trouble
   */
  public void revoke(Secret token, String hint) {
    ProviderMetadata current = metadata();
    Optional<URI> endpoint = current.revocationEndpoint();
    if (endpoint.isEmpty()) {
      return;
    }
    Parameters form = Parameters.empty().with("token", token.value()).with("token_type_hint", hint);
    HttpAnswer answer =
        backChannel.post(endpoint.get(), tokenEndpoint.authenticated(current, form));
    if (answer.status() != HttpAnswer.OK) {
      throw new LoginException(
          ProviderTrouble.UNEXPECTED_STATUS, "the revocation endpoint answered " + answer.status());
    }
  }

  private JwkSetCache keys(Clock clock) {
    return new JwkSetCache(
        clock,
        settings.http().metadataRefresh(),
        backChannel,
        () ->
            metadata()
                .jwksUri()
                .orElseThrow(() -> new LoginException(Violation.METADATA_MALFORMED, "no jwks_uri")),
        settings.checks().allowedAlgorithms(),
        PublishedCopy.of(settings, "keys"));
  }

  private static IdTokenExpectations expectations(ProviderSettings settings) {
    return new IdTokenExpectations(
        settings.endpoints().issuers(),
        settings.client().credentials().clientId(),
        settings.checks().audience(),
        settings.checks().clockSkew(),
        settings.request().maxAge(),
        Set.copyOf(settings.request().acrValues()));
  }
}
