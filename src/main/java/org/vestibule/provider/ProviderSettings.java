package org.vestibule.provider;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Sha256;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.protocol.token.TokenResponseTolerance;

/**
 * All that is set about one provider; each component is described by the {@link Setting} of its
 * name. Immutable.
 */
public record ProviderSettings(
    String id,
    String displayName,
    Endpoints endpoints,
    Client client,
    Request request,
    Caller caller,
    Checks checks,
    Http http,
    Refresh refresh,
    Logout logout,
    Taken taken) {

  /**
   * A few characters that stand for the client and the server that it is registered at. Settings
   * that differ in it are about somebody else, whatever the provider's id; a secret that is changed
   * changes nothing in it.
   */
  public String registration() {
    String text =
        String.join(
            "\n",
            client.credentials().clientId(),
            endpoints.issuers().published(),
            endpoints.authorization().map(URI::toString).orElse(""),
            endpoints.token().map(URI::toString).orElse(""));
    return Sha256.base64url(text).substring(0, REGISTRATION_CHARACTERS);
  }

  private static final int REGISTRATION_CHARACTERS = 8;

  /**
   * @param metadata where the metadata are, if not below the issuer
   */
  public record Endpoints(
      IssuerRule issuers,
      boolean discovery,
      Optional<URI> metadata,
      Optional<URI> authorization,
      Optional<URI> token,
      Optional<URI> userInfo,
      Optional<URI> jwks,
      Optional<URI> endSession,
      Optional<URI> revocation) {

    /** As it is set; empty for a provider that is known by its endpoints alone. */
    public Optional<String> issuer() {
      return Optional.of(issuers.issuer()).filter(issuer -> !issuer.isEmpty());
    }
  }

  /**
   * @param authentication empty for {@code auto}
   * @param key the client's own, which assertions are signed with
   * @param teamId present where the client secret is made from the key
   */
  public record Client(
      ClientCredentials credentials,
      Optional<ClientAuthenticationMethod> authentication,
      Optional<ClientKey> key,
      Optional<String> teamId,
      boolean audienceIsTokenEndpoint) {}

  /**
   * @param openId whether the login is OpenID Connect, with an ID token that is verified
   * @param formPost whether the response mode is {@code form_post}
   * @param fragmentDropped whether the provider adds a fragment that is to go no further
   * @param maxAge verified in the ID token
   * @param acrValues verified in the ID token
   * @param authorizationParameters complete, {@code prompt} and the like included
   * @param parameterNames what the provider calls parameters, by the names of RFC 6749
   * @param forwardParameters names that a link may set
   */
  public record Request(
      Scope scope,
      boolean openId,
      String scopeSeparator,
      boolean formPost,
      boolean fragmentDropped,
      boolean pkce,
      Optional<Duration> maxAge,
      List<String> acrValues,
      Parameters authorizationParameters,
      Map<String, String> parameterNames,
      Parameters tokenParameters,
      Set<String> forwardParameters) {}

  /** How the caller is made from claims. */
  public record Caller(
      List<ClaimSource> claimsFrom,
      String subjectClaim,
      List<String> nameClaims,
      List<String> rolesClaims,
      Map<String, String> rolesMap) {}

  /** Where claims come from. */
  public enum ClaimSource {
    ID_TOKEN,
    USERINFO,
    ACCESS_TOKEN
  }

  /**
   * What responses are held to.
   *
   * @param memberNames what RFC 6749 calls members of the token response, by the provider's paths
   */
  public record Checks(
      Duration clockSkew,
      Set<String> allowedAlgorithms,
      Set<String> audience,
      Set<TokenResponseTolerance> tolerances,
      Map<String, String> memberNames) {}

  /**
   * @param maximumResponseSize bytes
   * @param trustedCertificates in PEM, at least one; empty for the server's own trust store
   * @param metadataCacheDirectory the path of a directory that nobody but the server can write
   */
  public record Http(
      Duration connectTimeout,
      Duration readTimeout,
      Optional<InetSocketAddress> proxy,
      int maximumResponseSize,
      Duration metadataRefresh,
      Optional<String> trustedCertificates,
      Optional<String> metadataCacheDirectory) {}

  /**
   * @param enabled false for {@code refresh=off}
   */
  public record Refresh(boolean enabled, Duration lead, Duration grace) {}

  /**
   * @param idTokenHint false for {@code logout-id-token-hint=off}
   * @param redirectParameter the name of {@code post_logout_redirect_uri} at this provider
   */
  public record Logout(boolean idTokenHint, String redirectParameter, Parameters parameters) {}

  /**
   * For whom this provider is taken, and how it is shown where users choose.
   *
   * @param paths patterns
   * @param hosts in lower case
   * @param emailDomains in lower case and ASCII, with {@code *.} before those that include others
   * @param logo a {@code data:} URL (RFC 2397)
   */
  public record Taken(
      List<String> paths, List<String> hosts, List<String> emailDomains, Optional<String> logo) {}
}
