package org.vestibule.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs as strings, so that nothing gets normalised on the way. */
public final class Urls {

  private static final Pattern PARTS = Pattern.compile("(?s)(https?)://([^/?#]*)([^#]*)(#.*)?");

  private Urls() {}

  /** Adds parameters to whatever query is there (RFC 6749 section 3.1). */
  static String append(String url, FormData parameters) {
    return url + (url.indexOf('?') < 0 ? '?' : '&') + parameters.encoded();
  }

  /** Scheme, host and port: {@code http://localhost:8080}. */
  public static String origin(String url) {
    Matcher parts = parts(url);
    return parts.group(1) + "://" + parts.group(2);
  }

  static String scheme(String url) {
    return parts(url).group(1);
  }

  /** Host and port, as in the {@code Host} header field. */
  static String authority(String url) {
    return parts(url).group(2);
  }

  static String host(String url) {
    return authority(url).replaceFirst(":\\d*$", "");
  }

  static int port(String url) {
    String digits = authority(url).replaceFirst("^.*:(\\d+)$", "$1");
    if (digits.matches("\\d+")) {
      return Integer.parseInt(digits);
    }
    return scheme(url).equals("https") ? 443 : 80;
  }

  /** Path and query exactly as they stand in the URL; at least a slash. */
  static String target(String url) {
    String target = parts(url).group(3);
    return target.startsWith("/") ? target : "/" + target;
  }

  /** The path of a request target. */
  static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * Where a browser goes when it is given this reference on a page. As in the WHATWG URL standard,
   * tabs and line breaks vanish and a backslash is a slash, which is what hostile return URLs live
   * on; unlike there, dot segments stay.
   */
  public static String resolve(String base, String reference) {
    String clean = reference.strip().replaceAll("[\\t\\r\\n]", "");
    int end = clean.replaceFirst("[?#].*", "").length();
    clean = clean.substring(0, end).replace('\\', '/') + clean.substring(end);
    if (clean.matches("(?is)https?:.*")) {
      return clean.replaceFirst("(?is)^(https?):/*", "$1://");
    }
    if (clean.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return clean;
    }
    if (clean.startsWith("//")) {
      return scheme(base) + "://" + clean.replaceFirst("^/+", "");
    }
    if (clean.startsWith("/")) {
      return origin(base) + clean;
    }
    String path = path(target(base));
    if (clean.isEmpty() || clean.startsWith("#")) {
      return origin(base) + target(base) + clean;
    }
    return clean.startsWith("?")
        ? origin(base) + path + clean
        : origin(base) + path.substring(0, path.lastIndexOf('/') + 1) + clean;
  }

  private static Matcher parts(String url) {
    Matcher parts = PARTS.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not an absolute http or https URL: " + url);
    }
    return parts;
  }
}
