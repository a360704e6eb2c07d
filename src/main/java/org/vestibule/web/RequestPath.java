package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;

/**
 * The path that access is decided by: the one that the container decoded, stripped of path
 * parameters and resolved, because it is also the one that the application is chosen by. The raw
 * request line only serves to notice that somebody tries to be read in two ways.
 */
final class RequestPath {

  /** What decoders put in place of bytes that are not UTF-8. */
  private static final char UNDECODABLE = '\uFFFD';

  private RequestPath() {}

  /** Below the context root, beginning with a slash. */
  static String of(HttpServletRequest request) {
    String servletPath = request.getServletPath();
    String pathInfo = request.getPathInfo();
    String path = pathInfo == null ? servletPath : servletPath + pathInfo;
    return path.isEmpty() ? "/" : path;
  }

  /**
   * Whether a path can be understood in more than one way: control characters, backslashes, bytes
   * that the container could not decode, empty and dot segments.
   */
  static boolean isAmbiguous(String path) {
    if (path.charAt(0) != '/') {
      return true;
    }
    int segmentStart = 1;
    for (int i = 1; i <= path.length(); i++) {
      char c = i < path.length() ? path.charAt(i) : '/';
      if (c < 0x20 || c == 0x7f || c == '\\' || c == UNDECODABLE) {
        return true;
      }
      if (c == '/') {
        boolean empty = i == segmentStart && i < path.length();
        if (empty || isDots(path, segmentStart, i)) {
          return true;
        }
        segmentStart = i + 1;
      }
    }
    return false;
  }

  /**
   * Whether the request line has what decoders disagree about, so that the path must not pass for a
   * public one: path parameters, empty and dot segments, and encoded slashes, backslashes, dots,
   * percent signs and controls.
   */
  static boolean hasTricks(String rawUri) {
    if (rawUri.isEmpty() || isAmbiguous(rawUri)) {
      return true;
    }
    for (int i = 0; i < rawUri.length(); i++) {
      char c = rawUri.charAt(i);
      if (c == ';' || c == '\\') {
        return true;
      }
      if (c == '%' && isTrick(rawUri, i + 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the request line has more segments after a path parameter than the container's path has
   * room for: Jakarta Servlet 6.0 section 3.5.2 takes a parameter out of its segment, and nothing
   * else.
   *
   * @param path the container's, below the context root
   */
  static boolean isCutShort(String rawUri, String path) {
    int parameter = rawUri.indexOf(';');
    return parameter >= 0
        && rawUri.indexOf('/', parameter) >= 0
        && endsAlike(rawUri.substring(0, parameter), path);
  }

  /** Whether a piece of the request line, once it is decoded, ends as the path does. */
  private static boolean endsAlike(String raw, String path) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8).endsWith(path);
    } catch (IllegalArgumentException undecodable) {
      return true;
    }
  }

  /** 00 to 1F, 25 (%), 2E (.), 2F (/), 3B (;), 5C (\), 7F, or no hexadecimal number at all. */
  private static boolean isTrick(String rawUri, int index) {
    if (index + 1 >= rawUri.length()) {
      return true;
    }
    int high = Character.digit(rawUri.charAt(index), 16);
    int low = Character.digit(rawUri.charAt(index + 1), 16);
    int code = high * 16 + low;
    return high < 0
        || low < 0
        || code < 0x20
        || code == '%'
        || code == '.'
        || code == '/'
        || code == ';'
        || code == '\\'
        || code == 0x7f;
  }

  private static boolean isDots(String path, int start, int end) {
    int length = end - start;
    return (length == 1 && path.charAt(start) == '.')
        || (length == 2 && path.charAt(start) == '.' && path.charAt(start + 1) == '.');
  }
}
