package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In which language a request has to be told that a login is needed. Whether a person or a script
 * asks, the browser says itself, and no script can forge it (Fetch Metadata); which script, its
 * framework's header tells. Without Fetch Metadata there is what frameworks add, then what is
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
    return of(request, NAVIGATION);
  }

  /**
   * @param silent for a request that does not say what it understands
   */
  static Challenge of(HttpServletRequest request, Challenge silent) {
    if (isPrefetch(request)) {
      return SILENT;
    }
    String mode = lower(request.getHeader("Sec-Fetch-Mode"));
    String destination = lower(request.getHeader("Sec-Fetch-Dest"));
    if (mode.isEmpty()) {
      return withoutMetadata(request, silent);
    }
    if (mode.equals("navigate")) {
      return isPage(destination) ? NAVIGATION : SILENT;
    }
    return destination.isEmpty() || destination.equals("empty") ? ofScript(request) : SILENT;
  }

  /** A service worker that passes a navigation on says that it has no destination. */
  private static boolean isPage(String destination) {
    return destination.isEmpty() || destination.equals("document") || destination.equals("empty");
  }

  /** A frame, or the like, that a person may be looking at. */
  static boolean isFrame(HttpServletRequest request) {
    return !isPrefetch(request)
        && lower(request.getHeader("Sec-Fetch-Mode")).equals("navigate")
        && lower(request.getHeader("Sec-Fetch-Dest")).equals("iframe");
  }

  private static Challenge ofScript(HttpServletRequest request) {
    if (lower(request.getHeader("Faces-Request")).startsWith("partial/")) {
      return FACES;
    }
    return lower(request.getHeader("HX-Request")).equals("true") ? HTMX : FETCH;
  }

  /** An old browser, or no browser. */
  private static Challenge withoutMetadata(HttpServletRequest request, Challenge silent) {
    Challenge script = ofScript(request);
    if (script != FETCH || request.getHeader("X-Requested-With") != null) {
      return script;
    }
    String accept = lower(request.getHeader("Accept"));
    if (accept.contains("text/html") || accept.contains("application/xhtml+xml")) {
      return NAVIGATION;
    }
    return accept.isEmpty() || accept.startsWith("*/*") ? silent : FETCH;
  }

  private static boolean isPrefetch(HttpServletRequest request) {
    return lower(request.getHeader("Sec-Purpose")).contains("prefetch")
        || lower(request.getHeader("Purpose")).contains("prefetch");
  }

  private static String lower(@Nullable String header) {
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }
}
