package org.vestibule.protocol.authorization;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Step A: the authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect
 * Core section 3.1.2.1). Immutable.
 *
 * @param clientId the client identifier
 * @param redirectUri the redirection URI, absolute, without fragment
 * @param scopeSeparator what the provider wants between two scope tokens; the RFC says a space
 * @param nonce present exactly with the scope {@code openid}
 * @param verifier absent only where the setting {@code pkce} is {@code off}
 * @param responseMode empty for the default, {@code query}
 * @param more optional parameters from the configuration; none of {@link #OWN}
 */
public record AuthorizationRequest(
    String clientId,
    URI redirectUri,
    Scope scope,
    String scopeSeparator,
    Secret state,
    Optional<Secret> nonce,
    Optional<CodeVerifier> verifier,
    Optional<String> responseMode,
    Parameters more) {

  /** Parameters that the flow itself sets and that no configuration can override. */
  public static final Set<String> OWN =
      Set.of(
          "response_type",
          "client_id",
          "redirect_uri",
          "scope",
          "state",
          "nonce",
          "code_challenge",
          "code_challenge_method",
          "response_mode",
          "client_secret",
          "request",
          "request_uri");

  /** The only parameter that may be there more than once (RFC 8707 section 2). */
  public static final String REPEATABLE = "resource";

  public AuthorizationRequest {
    more.names().stream()
        .filter(OWN::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(name + " cannot be set");
            });
  }

  public Parameters parameters() {
    Parameters request =
        Parameters.empty()
            .with("response_type", "code")
            .with("client_id", clientId)
            .with("redirect_uri", redirectUri.toString());
    if (!scope.isEmpty()) {
      request = request.with("scope", scope.join(scopeSeparator));
    }
    request =
        request
            .with("state", state.value())
            .with("nonce", nonce.map(Secret::value))
            .with("code_challenge", verifier.map(CodeVerifier::challenge))
            .with("code_challenge_method", verifier.map(present -> CodeVerifier.METHOD))
            .with("response_mode", responseMode);
    return request.with(more);
  }

  /**
   * Where to send the browser. A query that the endpoint already has is retained (section 3.1).
   *
   * @param authorizationEndpoint absolute, without fragment
   * @throws LoginException a parameter is in that query already ({@code PARAMETER_TWICE})
   */
  public URI uri(URI authorizationEndpoint) {
    return uri(authorizationEndpoint, Map.of());
  }

  /**
   * The same for a provider that calls some parameters otherwise.
   *
   * @param names its names, by ours
   */
  public URI uri(URI authorizationEndpoint, Map<String, String> names) {
    repeatedInQuery(authorizationEndpoint, more)
        .ifPresent(
            name -> {
              throw new LoginException(Violation.PARAMETER_TWICE, name);
            });
    String separator = authorizationEndpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(authorizationEndpoint + separator + parameters().renamed(names).encode());
  }

  /**
   * A parameter that the query of an endpoint has although the request has it too, or may have.
   * "Request and response parameters MUST NOT be included more than once" (section 3.1).
   *
   * @param more optional parameters of the request
   */
  public static Optional<String> repeatedInQuery(URI authorizationEndpoint, Parameters more) {
    String query = authorizationEndpoint.getRawQuery();
    return query == null
        ? Optional.empty()
        : Parameters.parse(query).names().stream()
            .filter(name -> OWN.contains(name) || more.contains(name))
            .filter(name -> !name.equals(REPEATABLE))
            .findFirst();
  }
}
