package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import org.vestibule.protocol.Parameters;

/**
 * Where a user goes after a login: a place within this application, and never anywhere else. What
 * is not plainly that is replaced by the application's root. Only path and query are kept, so that
 * no host name from a request gets into a redirection.
 */
final class ReturnAddress {

  /**
   * Characters, encoded as a pending login has it. A cookie has 4,096 bytes, and the rest of a
   * pending login needs some.
   */
  static final int LONGEST = 1_500;

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

  /** Nothing here repairs an address: what is accepted goes out as it is. */
  private boolean isWithin(String address) {
    int query = address.indexOf('?');
    String path = query < 0 ? address : address.substring(0, query);
    return address.length() <= LONGEST
        && Parameters.encode(address).length() <= LONGEST
        && isHarmless(address)
        && path.startsWith(root())
        && !RequestPath.hasTricks(path)
        && !paths.isNoPlaceToReturn(decoded(path.substring(contextPath.length())));
  }

  /** Visible ASCII without what leaves a path and query, or an attribute of a page. */
  private static boolean isHarmless(String address) {
    return address.chars().allMatch(c -> c > 0x20 && c < 0x7f && "\\#\"<>".indexOf(c) < 0);
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }
}
