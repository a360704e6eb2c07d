package org.vestibule.testing;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an authorization request: faults in the client or its redirection URI are shown to the
 * user, all others are sent back to the client (RFC 6749 section 4.1.2.1).
 */
final class AuthorizationRequestReader {

  private static final String S256_CHALLENGE = "[A-Za-z0-9_-]{43}";

  private final ServerContext server;

  AuthorizationRequestReader(ServerContext server) {
    this.server = server;
  }

  Answer read(FormData parameters, Function<AuthorizationRequest, Answer> next) {
    String clientId = only(parameters, "client_id");
    RegisteredClient client = clientId == null ? null : server.clients().get(clientId);
    if (client == null) {
      return Pages.problem("The client is not registered.");
    }
    String redirectUri = only(parameters, "redirect_uri");
    if (redirectUri == null || !client.mayRedirectTo(redirectUri)) {
      return Pages.problem("The redirection URI is not registered for this client.");
    }
    AuthorizationResponder responder =
        new AuthorizationResponder(
            server, redirectUri, only(parameters, "state"), parameters.get("response_mode"));
    try {
      Set<String> scope = checked(parameters);
      return next.apply(
          new AuthorizationRequest(server, client, redirectUri, scope, parameters, responder));
    } catch (OAuthProblem problem) {
      return responder.error(problem);
    }
  }

  private Set<String> checked(FormData parameters) {
    parameters
        .duplicated()
        .ifPresent(
            name -> {
              throw OAuthProblem.invalidRequest("repeated parameter: " + name);
            });
    String responseType = parameters.get("response_type");
    if (responseType == null) {
      throw OAuthProblem.invalidRequest("missing parameter: response_type");
    }
    if (!responseType.equals("code")) {
      throw new OAuthProblem(400, "unsupported_response_type", "code is the only one");
    }
    if (server.has(Feature.STATE_REQUIRED) && parameters.get("state") == null) {
      throw OAuthProblem.invalidRequest("missing parameter: state");
    }
    if (!AuthorizationResponder.supports(parameters.get("response_mode"))) {
      throw OAuthProblem.invalidRequest("response_mode is not supported");
    }
    checkChallenge(parameters.get("code_challenge"), parameters.get("code_challenge_method"));
    return Scopes.parse(parameters.get("scope"), server.settings());
  }

  private void checkChallenge(@Nullable String challenge, @Nullable String method) {
    if (!server.has(Feature.PKCE) || (challenge == null && !server.has(Feature.PKCE_REQUIRED))) {
      return;
    }
    if (challenge == null) {
      throw OAuthProblem.invalidRequest("missing parameter: code_challenge");
    }
    if (!"S256".equals(method)) {
      throw OAuthProblem.invalidRequest("code_challenge_method is not S256");
    }
    if (!challenge.matches(S256_CHALLENGE)) {
      throw OAuthProblem.invalidRequest("code_challenge is not a SHA-256 hash");
    }
  }

  /** The value, unless it is missing or there are several. */
  private static @Nullable String only(FormData parameters, String name) {
    return parameters.all(name).size() == 1 ? parameters.get(name) : null;
  }
}
