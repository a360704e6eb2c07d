package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;

/**
 * Whether a login that came back too late or twice is begun anew without asking: once, and not
 * again before a login succeeded or {@code login-timeout} went by. A cookie remembers it, so it is
 * only done in a browser that just showed that it keeps ours: what blocks cookies never loops.
 */
final class FreshStart {

  private static final String NAME = "again";

  private final Cookies cookies;
  private final PublicAddress address;
  private final Duration timeout;

  FreshStart(Cookies cookies, PublicAddress address, Duration timeout) {
    this.cookies = cookies;
    this.address = address;
    this.timeout = timeout;
  }

  boolean isPossible(HttpServletRequest request) {
    List<Cookie> ours = cookies.all(request, cookies.name("", address.isSecure(request)));
    return request.getMethod().equals("GET")
        && Challenge.of(request) == Challenge.NAVIGATION
        && !ours.isEmpty()
        && !wasMade(request);
  }

  /** Uses it up. */
  void make(HttpServletRequest request, HttpServletResponse response) {
    boolean secure = address.isSecure(request);
    cookies.set(response, cookies.name(NAME, secure), "1", timeout, secure, false);
  }

  /** Gives it back. */
  void forget(HttpServletRequest request, HttpServletResponse response) {
    if (wasMade(request)) {
      boolean secure = address.isSecure(request);
      cookies.remove(response, cookies.name(NAME, secure), secure, false);
    }
  }

  private boolean wasMade(HttpServletRequest request) {
    String name = cookies.name(NAME, address.isSecure(request));
    return !cookies.named(request, name).isEmpty();
  }
}
