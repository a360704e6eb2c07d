package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The cookies of the library. {@code HttpOnly}, {@code SameSite=Lax}, never with a domain; under
 * https also {@code Secure} and with the prefix {@code __Host-}, which keeps a neighbour's
 * subdomain from planting one.
 */
final class Cookies {

  static final String SAME_SITE = "SameSite";
  static final String NONE = "None";
  static final String PARTITIONED = "Partitioned";

  private static final String HOST_PREFIX = "__Host-";

  private final String prefix;
  private final String contextPath;
  private final boolean partitioned;

  /**
   * @param prefix the setting {@code cookie-prefix}
   * @param partitioned the setting {@code cookie-partitioned}
   */
  Cookies(String prefix, String contextPath, boolean partitioned) {
    this.partitioned = partitioned;
    this.prefix = prefix + distinctive(contextPath) + "-";
    this.contextPath = contextPath;
  }

  /**
   * Under https the cookies of all applications of a host have the path of the root, so their names
   * have to differ: {@code /a/b} is {@code -a-b}, and {@code /a-b} is {@code -a--b}.
   */
  private static String distinctive(String contextPath) {
    return URLEncoder.encode(contextPath, UTF_8).replace("-", "--").replace("%2F", "-");
  }

  /** The full name under which a browser knows a cookie. */
  String name(String name, boolean secure) {
    return (secure ? HOST_PREFIX : "") + prefix + name;
  }

  /** All cookies whose full name begins so. */
  List<Cookie> all(HttpServletRequest request, String fullPrefix) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? List.of()
        : Arrays.stream(cookies).filter(c -> c.getName().startsWith(fullPrefix)).toList();
  }

  /** Those of one full name; a browser that sends several may have been given the others. */
  List<Cookie> named(HttpServletRequest request, String fullName) {
    return all(request, fullName).stream().filter(c -> c.getName().equals(fullName)).toList();
  }

  /**
   * @param crossSite whether it has to come back with a form that another site posts
   */
  void set(
      HttpServletResponse response,
      String fullName,
      String value,
      Duration maximumAge,
      boolean secure,
      boolean crossSite) {
    Cookie cookie = cookie(fullName, value, maximumAge, secure);
    cookie.setSecure(secure || crossSite);
    add(response, cookie, crossSite ? NONE : "Lax");
  }

  /** Sets a cookie that only requests from our own pages bring back. */
  void setStrict(
      HttpServletResponse response,
      String fullName,
      String value,
      Duration maximumAge,
      boolean secure) {
    Cookie cookie = cookie(fullName, value, maximumAge, secure);
    add(response, cookie, "Strict");
  }

  /**
   * In the frame of another site browsers only heed cookies that say that they are meant for it.
   */
  private void add(HttpServletResponse response, Cookie cookie, String sameSite) {
    boolean framed = partitioned && cookie.getSecure();
    cookie.setAttribute(SAME_SITE, framed ? NONE : sameSite);
    if (framed) {
      cookie.setAttribute(PARTITIONED, "");
    }
    response.addCookie(cookie);
  }

  private Cookie cookie(String fullName, String value, Duration maximumAge, boolean secure) {
    Cookie cookie = new Cookie(fullName, value);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setPath(secure ? "/" : contextPath + "/");
    cookie.setMaxAge((int) maximumAge.toSeconds());
    return cookie;
  }

  /** Takes a cookie away, with the attributes it was set with: else browsers keep it. */
  void remove(HttpServletResponse response, String fullName, boolean secure, boolean crossSite) {
    set(response, fullName, "", Duration.ZERO, secure, crossSite);
  }
}
