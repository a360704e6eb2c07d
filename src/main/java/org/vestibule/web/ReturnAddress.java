package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import org.vestibule.protocol.Parameters;

/**
 * Where a user goes after a login: a place within this application, and never anywhere else. What
 * is not plainly that is replaced by the application's root. Path, query and fragment are kept, so
 * that no host name from a request gets into a redirection.
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
    if (!request.getMethod().equals("GET") || paths.isNoPlaceToReturn(RequestPath.of(request))) {
      return root();
    }
    String query = request.getQueryString();
    String address =
        query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    return isPage(address) ? address : root();
  }

  /**
   * The address, if it is within this application, or the root. A fragment that cannot be kept is
   * left out: the browser alone reads it, and the page is where the user wanted to go.
   */
  String accepted(String address) {
    int mark = address.indexOf('#');
    String page = mark < 0 ? address : address.substring(0, mark);
    if (!isPage(page)) {
      return root();
    }
    return mark < 0 || isFragment(address, mark + 1) ? address : page;
  }

  /** Whether an address without fragment is within this application; nothing here repairs one. */
  boolean isPage(String address) {
    int query = address.indexOf('?');
    String path = query < 0 ? address : address.substring(0, query);
    return fits(address)
        && address.chars().allMatch(c -> isHarmless(c) && c != '#')
        && path.startsWith(root())
        && !RequestPath.hasTricks(path)
        && !paths.isNoPlaceToReturn(decoded(path.substring(contextPath.length())));
  }

  /** Browsers send a second {@code #} in a fragment as it is. */
  private static boolean isFragment(String address, int start) {
    return fits(address) && address.chars().skip(start).allMatch(ReturnAddress::isHarmless);
  }

  private static boolean fits(String address) {
    return address.length() <= LONGEST && Parameters.encode(address).length() <= LONGEST;
  }

  /** Visible ASCII without what leaves an address, or an attribute of a page. */
  private static boolean isHarmless(int c) {
    return c > 0x20 && c < 0x7f && "\\\"<>".indexOf(c) < 0;
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }
}
