package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.AccessTokenUnavailableException;

/** What the servlets of the showcase answer: one JSON object, never kept by anybody. */
final class JsonAnswer {

  private JsonAnswer() {}

  static void send(HttpServletResponse response, int status, JsonObjectBuilder object)
      throws IOException {
    byte[] bytes = object.build().toString().getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(bytes);
  }

  /**
   * @param error a code for programs
   * @param message a sentence for people, without anything secret; without one the code has to do
   */
  static void fail(HttpServletResponse response, int status, String error, @Nullable String message)
      throws IOException {
    send(
        response,
        status,
        Json.createObjectBuilder()
            .add("error", error)
            .add("message", Objects.requireNonNullElse(message, error)));
  }

  /** Status 401 is the filter's word for "nobody is signed in", so it is not used here. */
  static void fail(HttpServletResponse response, AccessTokenUnavailableException e)
      throws IOException {
    if (e.isLoginRequired()) {
      fail(response, HttpServletResponse.SC_FORBIDDEN, "login_required", e.getMessage());
    } else {
      fail(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "access_token_unavailable",
          e.getMessage());
    }
  }
}
