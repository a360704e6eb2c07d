package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;

/**
 * Logins that succeed and lead to nothing: the session that they begin is not there when the
 * browser comes to its page. A provider that knows the user sends them back at once, so that
 * nothing would ever be shown. Each login is counted in a cookie that lives for a moment; the third
 * one within that moment does not begin, and a page says what is wrong.
 */
final class LoginLoop {

  private static final String NAME = "arrived";

  /** Two logins can be an accident, such as a session that was just ended elsewhere. */
  private static final int ENOUGH = 2;

  private static final Duration MOMENT = Duration.ofMinutes(1);

  /** The epoch second of the first login, and how many there were. */
  private static final Pattern VALUE = Pattern.compile("(\\d{1,15})\\.(\\d)");

  private record Logins(long since, int count) {}

  private final Clock clock;
  private final Sessions sessions;
  private final Cookies cookies;
  private final PublicAddress address;

  LoginLoop(Clock clock, Sessions sessions, Cookies cookies, PublicAddress address) {
    this.clock = clock;
    this.sessions = sessions;
    this.cookies = cookies;
    this.address = address;
  }

  /** Somebody has signed in. */
  void count(HttpServletRequest request, HttpServletResponse response) {
    Logins before = lately(request);
    boolean secure = address.isSecure(request);
    String value = before.since() + "." + Math.min(before.count() + 1, ENOUGH);
    cookies.set(response, cookies.name(NAME, secure), value, MOMENT, secure, isCrossSite(secure));
  }

  /**
   * Lets a login begin, unless there is no session and it would go round in circles. Whoever tries
   * again after that may. A session that is there and counts no longer, as its provider is not
   * configured any more, is not lost.
   *
   * @throws LoginException {@code SESSION_LOST}
   */
  void leave(HttpServletRequest request, HttpServletResponse response) {
    if (lately(request).count() >= ENOUGH && sessions.lastKnown(request) == null) {
      forget(request, response);
      String id = request.getRequestedSessionId();
      throw new LoginException(
          Refusal.SESSION_LOST,
          id == null
              ? "the browser sends no session cookie"
              : "the server has no session for the cookie that the browser sends");
    }
  }

  /** Somebody has signed out. */
  void forget(HttpServletRequest request, HttpServletResponse response) {
    boolean secure = address.isSecure(request);
    String name = cookies.name(NAME, secure);
    if (!cookies.named(request, name).isEmpty()) {
      cookies.remove(response, name, secure, isCrossSite(secure));
    }
  }

  /**
   * A login by {@code form_post} could not be counted otherwise. Over http, on a developer's
   * machine, browsers want such a cookie to be {@code Secure}, which others there refuse.
   */
  private static boolean isCrossSite(boolean secure) {
    return secure;
  }

  private Logins lately(HttpServletRequest request) {
    long now = clock.instant().getEpochSecond();
    String name = cookies.name(NAME, address.isSecure(request));
    List<Cookie> found = cookies.named(request, name);
    Matcher value = VALUE.matcher(found.isEmpty() ? "" : found.get(0).getValue());
    if (value.matches()) {
      long since = Long.parseLong(value.group(1));
      if (Math.abs(now - since) < MOMENT.toSeconds()) {
        return new Logins(since, Integer.parseInt(value.group(2)));
      }
    }
    return new Logins(now, 0);
  }
}
