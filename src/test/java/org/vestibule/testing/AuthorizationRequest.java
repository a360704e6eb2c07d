package org.vestibule.testing;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/** An authorization request that was found to be right, and the two ways to answer it. */
record AuthorizationRequest(
    ServerContext server,
    RegisteredClient client,
    String redirectUri,
    Set<String> scope,
    FormData parameters,
    AuthorizationResponder responder) {

  /** Whether {@code prompt} has the value (OpenID Connect Core section 3.1.2.1). */
  boolean prompts(String value) {
    String prompt = parameters.get("prompt");
    return prompt != null && Arrays.asList(prompt.split(" ", -1)).contains(value);
  }

  Answer granted(User user, Instant authTime) {
    Grant grant =
        new Grant(
            GrantStore.randomString(),
            client.clientId(),
            redirectUri,
            scope,
            parameters.get("nonce"),
            server.has(Feature.PKCE) ? parameters.get("code_challenge") : null,
            user,
            authTime);
    return responder.code(server.grants().issueCode(grant));
  }

  Answer denied() {
    return responder.error(new OAuthProblem(400, "access_denied", "the user said no"));
  }
}
