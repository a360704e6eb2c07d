package org.vestibule.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of everything that the library writes itself. */
final class ResponseHeaders {

  private ResponseHeaders() {}

  /** Not stored, not framed, not guessed at, and nothing of its address told to others. */
  static void protect(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
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
