package org.vestibule.testing;

import org.jspecify.annotations.Nullable;

/** OpenID Connect RP-Initiated Logout sections 2 and 3, without asking the user. */
final class EndSessionEndpoint implements EndpointHandler {

  private final ServerContext server;

  EndSessionEndpoint(ServerContext server) {
    this.server = server;
  }

  @Override
  public Answer answer(RecordedRequest request) {
    FormData parameters = request.method().equals("POST") ? request.form() : request.query();
    if (parameters.duplicated().isPresent()) {
      return Pages.problem("A parameter is repeated.");
    }
    String clientId = clientId(parameters);
    String landing = parameters.get("post_logout_redirect_uri");
    RegisteredClient client = clientId == null ? null : server.clients().get(clientId);
    if (landing != null && (client == null || !client.mayLandOn(landing))) {
      return Pages.problem("post_logout_redirect_uri is not registered for this client.");
    }
    Answer done =
        landing == null
            ? Pages.signedOut()
            : Answer.redirect(302, withState(landing, parameters.get("state")));
    return done.withHeader("Set-Cookie", server.sessions().end(request));
  }

  /** The hint decides; a {@code client_id} beside it must be the same (section 2). */
  private @Nullable String clientId(FormData parameters) {
    String named = parameters.get("client_id");
    String hint = parameters.get("id_token_hint");
    if (hint == null) {
      return named;
    }
    String hinted = server.grants().clientOfIdToken(hint);
    return named == null || named.equals(hinted) ? hinted : null;
  }

  private static String withState(String landing, @Nullable String state) {
    return state == null ? landing : Urls.append(landing, FormData.of("state", state));
  }
}
