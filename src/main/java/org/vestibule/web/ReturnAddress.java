package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Where a user goes after a login: a place within this application, and never anywhere else. What
 * is not plainly that is replaced by the application's root. Only path and query are kept, so that
 * no host name from a request gets into a redirection.
 */
final class ReturnAddress {

  /** A cookie has 4,096 bytes, and the rest of a pending login needs some. */
  static final int LONGEST = 1_800;

  private final String contextPath;
  private final PathRules paths;

  ReturnAddress(String contextPath, PathRules paths) {
    this.contextPath = contextPath;
    this.paths = paths;
  }

  /** The application's root. */
  String root() {
    return contextPath + "/";
  }

  /** Back to what was asked for, if it can be asked for again. */
  String of(HttpServletRequest request) {
    if (!request.getMethod().equals("GET") || paths.isOwn(RequestPath.of(request))) {
      return root();
    }
    String query = request.getQueryString();
    return accepted(
        query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
  }

  /** The address, if it is within this application, or the root. */
  String accepted(String address) {
    return isWithin(address) ? address : root();
  }

  private boolean isWithin(String address) {
    int query = address.indexOf('?');
    String path = query < 0 ? address : address.substring(0, query);
    return address.length() <= LONGEST
        && path.startsWith(root())
        && !path.startsWith("//")
        && !path.contains("//")
        && isUnescapedlyHarmless(address)
        && !hasEncodedTricks(path)
        && !path.contains("/../")
        && !path.contains("/./")
        && !path.endsWith("/..")
        && !paths.isOwn(path.substring(contextPath.length()));
  }

  /** Visible ASCII without backslash, quotes, angle brackets and fragment. */
  private static boolean isUnescapedlyHarmless(String address) {
    return address
        .chars()
        .allMatch(
            c -> c > 0x20 && c < 0x7f && c != '\\' && c != '#' && c != '"' && c != '<' && c != '>');
  }

  private static boolean hasEncodedTricks(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.contains("%2f")
        || lower.contains("%5c")
        || lower.contains("%2e")
        || lower.contains("%25")
        || lower.contains("%0")
        || lower.contains("%1");
  }
}
