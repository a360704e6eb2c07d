package org.vestibule.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of everything that the library writes itself. */
final class ResponseHeaders {

  private static final String POLICY = "Content-Security-Policy";

  private ResponseHeaders() {}

  /** Not stored, not framed, not guessed at, and nothing of its address told to others. */
  static void protect(HttpServletResponse response) {
    protectAny(response);
    response.setHeader(POLICY, "default-src 'none'; frame-ancestors 'none'");
  }

  /** For a page of the application, which has styles and scripts of its own. */
  static void protectOwnPage(HttpServletResponse response) {
    protectAny(response);
    if (!response.containsHeader(POLICY)) {
      response.setHeader(POLICY, "base-uri 'none'; frame-ancestors 'none'");
    }
  }

  private static void protectAny(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  /**
   * Redirects by a location that is written as it is: containers make it absolute with the host
   * name of the request, which nobody has checked.
   *
   * @param status 302 keeps to what browsers do for a GET, 303 turns every method into one
   */
  static void redirect(HttpServletResponse response, int status, String location) {
    protect(response);
    response.setStatus(status);
    response.setHeader("Location", location);
  }
}
