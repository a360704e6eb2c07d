package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.RegisteredClient.Authentication;

/**
 * Client authentication at the back channel (RFC 6749 section 2.3): the registered method, that one
 * only, and nothing of it in the URL.
 */
final class ClientAuthenticator {

  private record Credentials(Authentication method, String clientId, @Nullable String secret) {}

  private final ServerContext server;

  ClientAuthenticator(ServerContext server) {
    this.server = server;
  }

  /** Checks the form of the back-channel request, too: POST, a form body, nothing twice. */
  RegisteredClient authenticate(RecordedRequest request) {
    if (!request.method().equals("POST")) {
      throw new OAuthProblem(405, "invalid_request", "POST it");
    }
    if (!request.isForm()) {
      throw OAuthProblem.invalidRequest("the body is not a form");
    }
    if (request.rawQuery() != null) {
      throw OAuthProblem.invalidRequest("parameters belong into the body");
    }
    FormData form = request.form();
    form.duplicated()
        .ifPresent(
            name -> {
              throw OAuthProblem.invalidRequest("repeated parameter: " + name);
            });
    return verified(credentials(request, form));
  }

  private RegisteredClient verified(Credentials credentials) {
    RegisteredClient client = server.clients().get(credentials.clientId());
    if (client == null || client.authentication() != credentials.method()) {
      throw invalidClient("unknown client, or not the registered authentication method");
    }
    if (client.keys() != null
        ? !isProven(client, credentials.secret())
        : !same(client.secret(), credentials.secret())) {
      throw invalidClient("wrong secret");
    }
    return client;
  }

  private boolean isProven(RegisteredClient client, @Nullable String assertion) {
    return assertion != null
        && client.keys() != null
        && ClientAssertion.isValid(
            assertion,
            client.clientId(),
            server.address().issuer(),
            client.keys(),
            server.settings().clock().instant());
  }

  private static Credentials credentials(RecordedRequest request, FormData form) {
    List<String> authorization = request.headers("Authorization");
    String clientId = form.get("client_id");
    String secret = form.get("client_secret");
    if (!authorization.isEmpty()) {
      if (secret != null || authorization.size() > 1) {
        throw OAuthProblem.invalidRequest("more than one way of client authentication");
      }
      Credentials basic = basic(request);
      if (clientId != null && !clientId.equals(basic.clientId())) {
        throw OAuthProblem.invalidRequest("client_id is not the authenticated client");
      }
      return basic;
    }
    String assertion = form.get("client_assertion");
    if (assertion != null && ClientAssertion.TYPE.equals(form.get("client_assertion_type"))) {
      return new Credentials(
          Authentication.PRIVATE_KEY_JWT, ClientAssertion.subject(assertion), assertion);
    }
    if (clientId == null) {
      throw invalidClient("no client");
    }
    return secret == null
        ? new Credentials(Authentication.NONE, clientId, null)
        : new Credentials(Authentication.CLIENT_SECRET_POST, clientId, secret);
  }

  private static Credentials basic(RecordedRequest request) {
    try {
      String credentials = request.basicCredentials();
      int colon = credentials == null ? -1 : credentials.indexOf(':');
      if (credentials == null || colon < 0) {
        throw invalidClient("not Basic credentials");
      }
      return new Credentials(
          Authentication.CLIENT_SECRET_BASIC,
          FormData.decode(credentials.substring(0, colon)),
          FormData.decode(credentials.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw invalidClient("malformed Basic credentials");
    }
  }

  private static OAuthProblem invalidClient(String description) {
    return new OAuthProblem(401, "invalid_client", description);
  }

  private static boolean same(@Nullable String expected, @Nullable String given) {
    if (expected == null || given == null) {
      return expected == null && given == null;
    }
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
