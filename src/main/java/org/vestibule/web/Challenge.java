package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In which language a request has to be told that a login is needed. What the browser says about
 * itself counts first, since no script can forge it; then what frameworks add; then what is
 * accepted.
 */
enum Challenge {
  /** A person looks at it: send them to the provider. */
  NAVIGATION,
  /** A script asked: 401 with JSON, a redirection would lead it astray. */
  FETCH,
  /** A Faces partial request: a partial response that redirects. */
  FACES,
  /** htmx follows its own header. */
  HTMX,
  /** Nobody looks at it now: an image, a frame, a prefetch. No login is begun. */
  SILENT;

  static Challenge of(HttpServletRequest request) {
    if (lower(request.getHeader("Faces-Request")).startsWith("partial/")) {
      return FACES;
    }
    if (lower(request.getHeader("HX-Request")).equals("true")) {
      return HTMX;
    }
    if (isPrefetch(request)) {
      return SILENT;
    }
    String mode = lower(request.getHeader("Sec-Fetch-Mode"));
    String destination = lower(request.getHeader("Sec-Fetch-Dest"));
    if (!mode.isEmpty()) {
      return byMetadata(mode, destination);
    }
    return byFramework(request);
  }

  private static Challenge byMetadata(String mode, String destination) {
    if (mode.equals("navigate")) {
      return destination.isEmpty() || destination.equals("document") ? NAVIGATION : SILENT;
    }
    return destination.isEmpty() || destination.equals("empty") ? FETCH : SILENT;
  }

  /** A client without Fetch Metadata: an old browser, or no browser. */
  private static Challenge byFramework(HttpServletRequest request) {
    if (request.getHeader("X-Requested-With") != null) {
      return FETCH;
    }
    String accept = lower(request.getHeader("Accept"));
    boolean page =
        accept.isEmpty()
            || accept.contains("text/html")
            || accept.contains("application/xhtml+xml")
            || accept.startsWith("*/*");
    return page ? NAVIGATION : FETCH;
  }

  private static boolean isPrefetch(HttpServletRequest request) {
    return lower(request.getHeader("Sec-Purpose")).contains("prefetch")
        || lower(request.getHeader("Purpose")).contains("prefetch");
  }

  private static String lower(@Nullable String header) {
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }
}
