package org.vestibule.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the authorization response to the redirection URI (RFC 6749 section 4.1.2, RFC 9207). */
final class AuthorizationResponder {

  private final ServerContext server;
  private final String redirectUri;
  private final @Nullable String state;
  private final @Nullable String responseMode;

  AuthorizationResponder(
      ServerContext server,
      String redirectUri,
      @Nullable String state,
      @Nullable String responseMode) {
    this.server = server;
    this.redirectUri = redirectUri;
    this.state = state;
    this.responseMode = responseMode;
  }

  static boolean supports(@Nullable String responseMode) {
    return responseMode == null || responseMode.equals("query") || responseMode.equals("form_post");
  }

  Answer code(String code) {
    Map<String, String> response = new LinkedHashMap<>();
    response.put("code", code);
    return send(response);
  }

  Answer error(OAuthProblem problem) {
    Map<String, String> response = new LinkedHashMap<>();
    response.put("error", problem.error());
    response.put("error_description", problem.description());
    return send(response);
  }

  private Answer send(Map<String, String> response) {
    if (state != null) {
      response.put("state", state);
    }
    if (server.has(Feature.ISS_PARAMETER)) {
      response.put("iss", server.address().issuer());
    }
    server.mutations().applyToAuthorizationResponse(response);
    FormData parameters = FormData.of(response);
    return "form_post".equals(responseMode)
        ? Pages.formPost(redirectUri, parameters)
        : Answer.redirect(302, Urls.append(redirectUri, parameters))
            .withHeader("Cache-Control", "no-store");
  }
}
