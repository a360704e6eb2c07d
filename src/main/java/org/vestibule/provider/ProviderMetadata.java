package org.vestibule.provider;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Violation;

/**
 * What is known of the provider's endpoints and ways: what is set first, then what the provider
 * publishes (RFC 8414 section 2, OpenID Connect Discovery section 3). Immutable.
 *
 * @param issuer empty for a provider that is known by its endpoints alone
 * @param authenticationMethods {@code token_endpoint_auth_methods_supported}; empty if not
 *     published
 * @param issuerPromised {@code authorization_response_iss_parameter_supported}
 */
public record ProviderMetadata(
    Optional<String> issuer,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    Optional<URI> userInfoEndpoint,
    Optional<URI> jwksUri,
    Optional<URI> endSessionEndpoint,
    Optional<URI> revocationEndpoint,
    Set<String> authenticationMethods,
    boolean issuerPromised) {

  /**
   * @param published by the provider; {@link Claims#NONE} without discovery
   * @throws LoginException the metadata are another issuer's ({@code METADATA_ISSUER}) or cannot be
   *     used
   */
  static ProviderMetadata of(ProviderSettings.Endpoints set, Claims published) {
    if (set.discovery()) {
      requireIssuer(set.issuers().published(), published);
    }
    return new ProviderMetadata(
        set.issuer(),
        required(set, set.authorization(), published, "authorization_endpoint"),
        required(set, set.token(), published, "token_endpoint"),
        endpoint(set, set.userInfo(), published, "userinfo_endpoint"),
        endpoint(set, set.jwks(), published, "jwks_uri"),
        endpoint(set, set.endSession(), published, "end_session_endpoint"),
        endpoint(set, set.revocation(), published, "revocation_endpoint"),
        Set.copyOf(published.strings("token_endpoint_auth_methods_supported")),
        Boolean.TRUE.equals(
            published.members().get("authorization_response_iss_parameter_supported")));
  }

  /**
   * "The issuer value returned MUST be identical to the authorization server's issuer identifier"
   * (RFC 8414 section 3.3).
   */
  private static void requireIssuer(String issuer, Claims published) {
    String actual = published.string("issuer").orElse("");
    if (!actual.equals(issuer)) {
      throw LoginException.differs(Violation.METADATA_ISSUER, issuer, actual);
    }
  }

  private static URI required(
      ProviderSettings.Endpoints settings, Optional<URI> set, Claims published, String name) {
    return endpoint(settings, set, published, name)
        .orElseThrow(() -> new LoginException(Violation.METADATA_MALFORMED, "no " + name));
  }

  private static Optional<URI> endpoint(
      ProviderSettings.Endpoints settings, Optional<URI> set, Claims published, String name) {
    return set.or(() -> published.string(name).map(text -> acceptable(settings, name, text)));
  }

  /**
   * An issuer at https has no endpoints at http, not even on this machine, which is not its own;
   * and one out there has none on this machine or beside it, which it could have us send requests
   * to.
   */
  private static URI acceptable(ProviderSettings.Endpoints settings, String name, String text) {
    Optional<URI> issuer = settings.issuer().map(URI::create);
    boolean httpsOnly = issuer.map(ProviderMetadata::isHttps).orElse(true);
    boolean isInside =
        Stream.of(issuer, settings.metadata())
            .flatMap(Optional::stream)
            .map(URI::getHost)
            .anyMatch(InnerAddress::is);
    return BackChannelUrl.parse(text)
        .filter(BackChannelUrl::isAcceptable)
        .filter(url -> !httpsOnly || isHttps(url))
        .filter(url -> isInside || !InnerAddress.is(url.getHost()))
        .orElseThrow(() -> new LoginException(Violation.METADATA_ENDPOINT, name));
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
