package org.vestibule.servers;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.FormData;

/**
 * A request of the showcase to an authorization server, and the answer.
 *
 * @param url without its query
 * @param authorization the header field of that name, or nothing
 * @param form the request's body
 * @param status of the answer
 * @param body of the answer
 */
record Message(String url, String authorization, FormData form, int status, String body) {

  /** A member of the answer's JSON object. */
  @Nullable Object member(String name) {
    return json().get(name);
  }

  private Map<String, Object> json() {
    try {
      return JSONObjectUtils.parse(body);
    } catch (ParseException e) {
      throw new AssertionError(this + " was not answered with JSON", e);
    }
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return status + " from " + url;
  }
}
