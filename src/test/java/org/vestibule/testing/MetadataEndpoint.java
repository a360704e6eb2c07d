package org.vestibule.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vestibule.testing.Mutations.Document;

/** OpenID Connect Discovery section 4 and RFC 8414 section 3, the same document for both. */
final class MetadataEndpoint implements EndpointHandler {

  private final ServerContext server;

  MetadataEndpoint(ServerContext server) {
    this.server = server;
  }

  @Override
  public Answer answer(RecordedRequest request) {
    Map<String, Object> document = document();
    server.mutations().apply(Document.METADATA, document);
    return Answer.json(200, document);
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", server.address().issuer());
    for (Endpoint endpoint : Endpoint.values()) {
      String name = endpoint.metadataName();
      if (name != null && Feature.serves(server.settings().features(), endpoint)) {
        document.put(name, server.address().url(endpoint));
      }
    }
    document.put("response_types_supported", List.of("code"));
    document.put("response_modes_supported", List.of("query", "form_post"));
    document.put("grant_types_supported", grantTypes());
    document.put("token_endpoint_auth_methods_supported", authenticationMethods());
    document.put("subject_types_supported", List.of("public"));
    document.put(
        "id_token_signing_alg_values_supported",
        List.of(server.settings().algorithm().registeredName()));
    if (!server.settings().scopes().isEmpty()) {
      document.put("scopes_supported", List.copyOf(server.settings().scopes()));
    }
    if (server.has(Feature.PKCE) && server.has(Feature.PKCE_ADVERTISED)) {
      document.put("code_challenge_methods_supported", List.of("S256"));
    }
    if (server.has(Feature.ISS_PARAMETER_ADVERTISED)) {
      document.put("authorization_response_iss_parameter_supported", true);
    }
    return document;
  }

  private List<String> grantTypes() {
    return server.has(Feature.REFRESH_TOKENS)
        ? List.of("authorization_code", "refresh_token")
        : List.of("authorization_code");
  }

  private List<String> authenticationMethods() {
    return server.clients().values().stream()
        .map(client -> client.authentication().registeredName())
        .distinct()
        .sorted()
        .toList();
  }
}
