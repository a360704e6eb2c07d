package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vestibule.provider.Json;

/** The answers to those who are no person that navigates, each in its own language. */
final class ScriptChallenge {

  static final String LOGIN_REQUIRED = "login_required";

  /** RFC 9470 section 3. */
  static final String STEP_UP_REQUIRED = "insufficient_user_authentication";

  private static final int UNAUTHORIZED = 401;

  private ScriptChallenge() {}

  /**
   * JSON.
   *
   * @param former whether the browser had a session that is over
   */
  static void fetch(
      HttpServletResponse response,
      WantedLogin wanted,
      String loginUrl,
      String error,
      boolean former)
      throws IOException {
    ResponseHeaders.protect(response);
    response.setStatus(UNAUTHORIZED);
    response.setHeader("WWW-Authenticate", scheme(wanted, loginUrl, error));
    response.setContentType("application/json");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error);
    body.put("login_url", loginUrl);
    if (former) {
      body.put("reason", Sessions.EXPIRED);
    }
    response.getOutputStream().write(Json.write(body).getBytes(UTF_8));
  }

  /** The words of RFC 9470 section 3, where it is a step-up. */
  private static String scheme(WantedLogin wanted, String loginUrl, String error) {
    String url = "Login url=\"" + loginUrl + "\"";
    return error.equals(LOGIN_REQUIRED)
        ? url
        : url
            + ", error=\""
            + error
            + "\""
            + wanted.acrValues().map(values -> ", acr_values=\"" + values + "\"").orElse("")
            + wanted.maxAge().map(age -> ", max_age=\"" + age + "\"").orElse("");
  }

  /** The answer that Jakarta Faces' script understands as "go there". */
  static void faces(HttpServletResponse response, String loginUrl) throws IOException {
    ResponseHeaders.protect(response);
    response.setContentType("text/xml");
    response.setCharacterEncoding("UTF-8");
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
            + Page.escape(loginUrl)
            + "\"/></partial-response>";
    response.getOutputStream().write(body.getBytes(UTF_8));
  }

  /** The header that htmx follows. */
  static void htmx(HttpServletResponse response, String loginUrl) {
    ResponseHeaders.protect(response);
    response.setStatus(UNAUTHORIZED);
    response.setHeader("HX-Redirect", loginUrl);
  }

  /** For those whom nobody looks at now. */
  static void silent(HttpServletResponse response) {
    ResponseHeaders.protect(response);
    response.setStatus(UNAUTHORIZED);
    response.setHeader("WWW-Authenticate", "Login");
  }
}
