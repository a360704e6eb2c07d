package org.vestibule.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** RFC 7662 section 2. */
final class IntrospectionEndpoint implements EndpointHandler {

  private final ServerContext server;
  private final ClientAuthenticator authenticator;

  IntrospectionEndpoint(ServerContext server) {
    this.server = server;
    this.authenticator = new ClientAuthenticator(server);
  }

  @Override
  public Answer answer(RecordedRequest request) {
    authenticator.authenticate(request);
    String presented = request.form().get("token");
    if (presented == null) {
      throw OAuthProblem.invalidRequest("missing parameter: token");
    }
    GrantStore.Token access = server.grants().accessToken(presented);
    GrantStore.Token token = access != null ? access : server.grants().refreshToken(presented);
    if (token == null) {
      return Answer.json(200, Map.of("active", false)).notStored();
    }
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("active", true);
    response.put("iss", server.address().issuer());
    response.put("sub", token.grant().user().sub());
    response.put("client_id", token.grant().clientId());
    response.put("scope", Scopes.join(token.scope(), server.settings()));
    response.put("iat", token.issuedAt().getEpochSecond());
    response.put("exp", token.expiresAt().getEpochSecond());
    if (access != null) {
      response.put("token_type", "Bearer");
    }
    return Answer.json(200, response).notStored();
  }
}
