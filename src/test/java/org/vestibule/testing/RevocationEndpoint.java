package org.vestibule.testing;

/** RFC 7009 section 2. */
final class RevocationEndpoint implements EndpointHandler {

  private final GrantStore grants;
  private final ClientAuthenticator authenticator;

  RevocationEndpoint(ServerContext server) {
    this.grants = server.grants();
    this.authenticator = new ClientAuthenticator(server);
  }

  @Override
  public Answer answer(RecordedRequest request) {
    RegisteredClient client = authenticator.authenticate(request);
    String token = request.form().get("token");
    if (token == null) {
      throw OAuthProblem.invalidRequest("missing parameter: token");
    }
    grants.revoke(token, client.clientId());
    return Answer.empty(200);
  }
}
