package org.vestibule.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request is refused, in the terms of RFC 6749 sections 4.1.2.1 and 5.2. */
final class OAuthProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final String description;

  OAuthProblem(int status, String error, String description) {
    super(error + ": " + description);
    this.status = status;
    this.error = error;
    this.description = description;
  }

  static OAuthProblem invalidRequest(String description) {
    return new OAuthProblem(400, "invalid_request", description);
  }

  static OAuthProblem invalidGrant(String description) {
    return new OAuthProblem(400, "invalid_grant", description);
  }

  String error() {
    return error;
  }

  String description() {
    return description;
  }

  Answer answer() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("error", error);
    object.put("error_description", description);
    Answer answer = Answer.json(status, object).notStored();
    return status == 401
        ? answer.withHeader("WWW-Authenticate", "Basic realm=\"authorization server\"")
        : answer;
  }
}
