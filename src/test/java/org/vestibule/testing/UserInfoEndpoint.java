package org.vestibule.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vestibule.testing.Mutations.Document;

/**
 * OpenID Connect Core section 5.3, bearer token as in RFC 6750 section 2.1. Any valid access token
 * is good, with {@code openid} or without, so that it serves as a plain profile endpoint too.
 */
final class UserInfoEndpoint implements EndpointHandler {

  private final ServerContext server;

  UserInfoEndpoint(ServerContext server) {
    this.server = server;
  }

  @Override
  public Answer answer(RecordedRequest request) {
    if (request.query().has("access_token") || request.form().has("access_token")) {
      return challenge(400, "error=\"invalid_request\"");
    }
    String bearer = request.bearerToken();
    if (bearer == null || request.headers("Authorization").size() > 1) {
      return challenge(401, "realm=\"userinfo\"");
    }
    GrantStore.Token token = server.grants().accessToken(bearer);
    if (token == null) {
      return challenge(401, "error=\"invalid_token\"");
    }
    User user = token.grant().user();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", user.sub());
    claims.putAll(user.claims());
    server.mutations().apply(Document.USERINFO, claims);
    return Answer.json(200, claims).notStored();
  }

  private static Answer challenge(int status, String parameter) {
    return Answer.empty(status).withHeader("WWW-Authenticate", "Bearer " + parameter);
  }
}
