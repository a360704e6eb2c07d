package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page that a script's request came from, so that a login can lead back to it: the user sees
 * that page, not the address that the script asked for. htmx names it, for others the browser does.
 */
final class CallingPage {

  private CallingPage() {}

  /**
   * Path, query and fragment of the page, as they were sent; only htmx sends the latter.
   *
   * @param origin our own; the page of any other is nobody's business here
   */
  static Optional<String> of(HttpServletRequest request, String origin) {
    String htmx = request.getHeader("HX-Current-URL");
    return within(htmx == null ? request.getHeader("Referer") : htmx, origin);
  }

  private static Optional<String> within(@Nullable String url, String origin) {
    return url != null && url.startsWith(origin + "/")
        ? Optional.of(url.substring(origin.length()))
        : Optional.empty();
  }
}
