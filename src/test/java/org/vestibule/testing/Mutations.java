package org.vestibule.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** How a test changes the documents that the server makes. Safe for use by several threads. */
final class Mutations {

  /** A kind of document. */
  enum Document {
    ID_TOKEN_CLAIMS,
    ACCESS_TOKEN_CLAIMS,
    TOKEN_RESPONSE,
    METADATA,
    JWKS,
    USERINFO
  }

  private final Map<Document, Consumer<Map<String, Object>>> changes = new ConcurrentHashMap<>();
  private volatile Consumer<Map<String, String>> authorizationResponse = response -> {};
  private volatile IdTokenSigner signer = IdTokenSigner.correct();

  void set(Document document, Consumer<Map<String, Object>> change) {
    changes.put(document, change);
  }

  void apply(Document document, Map<String, Object> content) {
    changes.getOrDefault(document, unchanged -> {}).accept(content);
  }

  void setAuthorizationResponse(Consumer<Map<String, String>> change) {
    authorizationResponse = change;
  }

  void applyToAuthorizationResponse(Map<String, String> parameters) {
    authorizationResponse.accept(parameters);
  }

  void setSigner(IdTokenSigner other) {
    signer = other;
  }

  IdTokenSigner signer() {
    return signer;
  }
}
