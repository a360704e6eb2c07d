package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.Mutations.Document;

/** RFC 6749 sections 4.1.3, 4.1.4, 5 and 6, with RFC 7636 section 4.6. */
final class TokenEndpoint implements EndpointHandler {

  private static final String CODE_VERIFIER = "[A-Za-z0-9._~-]{43,128}";

  private final ServerContext server;
  private final ClientAuthenticator authenticator;
  private final IdTokenFactory idTokens;

  TokenEndpoint(ServerContext server) {
    this.server = server;
    this.authenticator = new ClientAuthenticator(server);
    this.idTokens = new IdTokenFactory(server);
  }

  @Override
  public Answer answer(RecordedRequest request) {
    RegisteredClient client = authenticator.authenticate(request);
    FormData form = request.form();
    return switch (required(form, "grant_type")) {
      case "authorization_code" -> authorizationCode(client, form);
      case "refresh_token" -> refreshToken(client, form);
      default -> throw new OAuthProblem(400, "unsupported_grant_type", "no such grant");
    };
  }

  private Answer authorizationCode(RegisteredClient client, FormData form) {
    Grant grant = server.grants().redeemCode(required(form, "code"));
    if (!grant.clientId().equals(client.clientId())) {
      throw OAuthProblem.invalidGrant("the code was issued to another client");
    }
    if (!grant.redirectUri().equals(form.get("redirect_uri"))) {
      throw OAuthProblem.invalidGrant("not the redirect_uri of the authorization request");
    }
    verifyProof(grant.codeChallenge(), form.get("code_verifier"));
    String refreshToken =
        server.has(Feature.REFRESH_TOKENS)
            ? server.grants().issueRefreshToken(grant, grant.scope())
            : null;
    return tokens(grant, grant.scope(), refreshToken, grant.nonce());
  }

  private Answer refreshToken(RegisteredClient client, FormData form) {
    String scope = form.get("scope");
    boolean rotate = server.has(Feature.ROTATION);
    GrantStore.Token old =
        server
            .grants()
            .redeemRefreshToken(
                required(form, "refresh_token"),
                client.clientId(),
                scope == null ? null : Scopes.parse(scope, server.settings()),
                rotate,
                server.has(Feature.REUSE_DETECTION));
    Grant grant = old.grant();
    Set<String> granted = scope == null ? old.scope() : Scopes.parse(scope, server.settings());
    String next = rotate ? server.grants().issueRefreshToken(grant, old.scope()) : null;
    return tokens(grant, granted, next, null);
  }

  private Answer tokens(
      Grant grant, Set<String> scope, @Nullable String refreshToken, @Nullable String nonce) {
    String accessToken = accessToken(grant, scope);
    server
        .grants()
        .putAccessToken(accessToken, grant, scope, server.settings().accessTokenLifetime());
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("access_token", accessToken);
    response.put("token_type", "Bearer");
    response.put("expires_in", server.settings().accessTokenLifetime().toSeconds());
    if (refreshToken != null) {
      response.put("refresh_token", refreshToken);
    }
    if (!scope.isEmpty()) {
      response.put("scope", Scopes.join(scope, server.settings()));
    }
    if (server.has(Feature.OPENID) && scope.contains("openid")) {
      response.put("id_token", idTokens.create(grant, accessToken, nonce));
    }
    server.settings().tokenResponseShape().accept(response);
    server.mutations().apply(Document.TOKEN_RESPONSE, response);
    return Answer.json(200, response).notStored();
  }

  private String accessToken(Grant grant, Set<String> scope) {
    if (!server.has(Feature.JWT_ACCESS_TOKENS)) {
      return GrantStore.randomString();
    }
    Instant now = server.settings().clock().instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", server.address().issuer());
    claims.put("sub", grant.user().sub());
    claims.put("aud", server.address().issuer());
    claims.put("client_id", grant.clientId());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(server.settings().accessTokenLifetime()).getEpochSecond());
    claims.put("jti", GrantStore.randomString());
    claims.put("scope", Scopes.join(scope, server.settings()));
    server.mutations().apply(Document.ACCESS_TOKEN_CLAIMS, claims);
    return Jws.sign(server.keys().current(), "at+jwt", claims);
  }

  private static void verifyProof(@Nullable String challenge, @Nullable String verifier) {
    if (challenge == null) {
      return;
    }
    if (verifier == null || !verifier.matches(CODE_VERIFIER)) {
      throw OAuthProblem.invalidGrant("code_verifier is missing or malformed");
    }
    if (!challenge.equals(s256(verifier))) {
      throw OAuthProblem.invalidGrant("code_verifier does not match code_challenge");
    }
  }

  private static String s256(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String required(FormData form, String name) {
    String value = form.get(name);
    if (value == null) {
      throw OAuthProblem.invalidRequest("missing parameter: " + name);
    }
    return value;
  }
}
