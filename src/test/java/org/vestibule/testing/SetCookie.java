package org.vestibule.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Set-Cookie} header field (RFC 6265 section 5.2, RFC 6265bis section 4.1.3). */
final class SetCookie {

  private static final int MAXIMUM_SIZE = 4096;
  private static final DateTimeFormatter EXPIRES =
      DateTimeFormatter.ofPattern("EEE, dd[ ][-]MMM[ ][-]yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private SetCookie() {}

  /**
   * The cookie, or nothing if a browser would refuse it: no name, more than 4096 characters, or a
   * name prefix whose promise is not kept.
   */
  static Optional<Cookie> parse(String line, String url, Instant now) {
    String[] parts = line.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    Map<String, String> attributes = attributes(parts);
    Cookie cookie =
        new Cookie(
            parts[0].substring(0, equals).strip(),
            parts[0].substring(equals + 1).strip(),
            Urls.host(url).toLowerCase(Locale.ROOT),
            path(attributes.get("path"), Urls.path(Urls.target(url))),
            attributes.containsKey("secure"),
            attributes.containsKey("httponly"),
            attributes.get("samesite"),
            attributes.get("domain"),
            expiry(attributes, now));
    return isAcceptable(cookie) ? Optional.of(cookie) : Optional.empty();
  }

  private static boolean isAcceptable(Cookie cookie) {
    boolean fits = cookie.name().length() + cookie.value().length() <= MAXIMUM_SIZE;
    boolean secure = !cookie.name().startsWith("__Secure-") || cookie.secure();
    boolean hostOnly =
        !cookie.name().startsWith("__Host-")
            || (cookie.secure() && cookie.domain() == null && cookie.path().equals("/"));
    return fits && secure && hostOnly;
  }

  private static Map<String, String> attributes(String[] parts) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].split("=", 2);
      attributes.put(
          attribute[0].strip().toLowerCase(Locale.ROOT),
          attribute.length == 2 ? attribute[1].strip() : "");
    }
    return attributes;
  }

  private static String path(@Nullable String attribute, String requestPath) {
    if (attribute != null && attribute.startsWith("/")) {
      return attribute;
    }
    int lastSlash = requestPath.lastIndexOf('/');
    return lastSlash <= 0 ? "/" : requestPath.substring(0, lastSlash);
  }

  /** {@code Max-Age} goes before {@code Expires}; what cannot be read is not there. */
  private static @Nullable Instant expiry(Map<String, String> attributes, Instant now) {
    String maxAge = attributes.get("max-age");
    if (maxAge != null && maxAge.matches("-?\\d{1,10}")) {
      long seconds = Long.parseLong(maxAge);
      return seconds <= 0 ? Instant.EPOCH : now.plus(Duration.ofSeconds(seconds));
    }
    String expires = attributes.get("expires");
    try {
      return expires == null
          ? null
          : LocalDateTime.parse(expires, EXPIRES).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
