package org.vestibule.web;

import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The container's session cookie, where the container does not write it as it was told to: Payara
 * and GlassFish keep the attributes of the cookie's configuration (Jakarta Servlet 6.0 section
 * 7.1.1) and heed none but those that have a method of their own.
 */
final class SessionCookie {

  private static final String SET_COOKIE = "Set-Cookie";
  private static final String USUAL_NAME = "JSESSIONID";

  private SessionCookie() {}

  /** Puts the attributes that {@link Registration} asked for to the cookie, if it is without. */
  static void complete(HttpServletRequest request, HttpServletResponse response) {
    SessionCookieConfig config = request.getServletContext().getSessionCookieConfig();
    String beginning = name(request) + "=";
    List<String> lines = new ArrayList<>(response.getHeaders(SET_COOKIE));
    boolean changed = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (config != null && line.startsWith(beginning) && !has(line, Cookies.SAME_SITE)) {
        lines.set(i, line + missing(line, config));
        changed |= !line.equals(lines.get(i));
      }
    }
    if (changed) {
      response.setHeader(SET_COOKIE, lines.get(0));
      lines.subList(1, lines.size()).forEach(line -> response.addHeader(SET_COOKIE, line));
    }
  }

  /** As the application or the server calls it. */
  static String name(HttpServletRequest request) {
    SessionCookieConfig config = request.getServletContext().getSessionCookieConfig();
    String name = config == null ? null : config.getName();
    return name == null ? USUAL_NAME : name;
  }

  private static String missing(String line, SessionCookieConfig config) {
    String sameSite = config.getAttribute(Cookies.SAME_SITE);
    boolean partitioned =
        config.getAttribute(Cookies.PARTITIONED) != null && !has(line, Cookies.PARTITIONED);
    return attribute(Cookies.SAME_SITE, sameSite) + (partitioned ? "; " + Cookies.PARTITIONED : "");
  }

  private static String attribute(String name, @Nullable String value) {
    return value == null ? "" : "; " + name + "=" + value;
  }

  private static boolean has(String line, String attribute) {
    String lower = line.toLowerCase(Locale.ROOT).replace(" ", "");
    return lower.contains(";" + attribute.toLowerCase(Locale.ROOT));
  }
}
