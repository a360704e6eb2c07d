package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import org.vestibule.api.PageAttributes;
import org.vestibule.provider.Setting;

/**
 * Tells somebody whose session has ended by itself from somebody who was never signed in: a cookie
 * that comes with the login and goes with the logout outlives the session. Only where the setting
 * {@code session-expired} is {@code page}; the cookie says nothing else and opens nothing.
 */
final class ExpiredSession {

  private static final String NAME = "known";
  private static final int UNAUTHORIZED = 401;

  /** Whoever comes back later than that does not wonder. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final boolean enabled;
  private final Duration sessionMaximum;
  private final Cookies cookies;
  private final PublicAddress address;
  private final String loginUrl;
  private final KeptFragment keptFragment;
  private final Pages pages;

  ExpiredSession(
      boolean enabled,
      Duration sessionMaximum,
      Cookies cookies,
      PublicAddress address,
      String loginUrl,
      KeptFragment keptFragment,
      Pages pages) {
    this.enabled = enabled;
    this.sessionMaximum = sessionMaximum;
    this.cookies = cookies;
    this.address = address;
    this.loginUrl = loginUrl;
    this.keptFragment = keptFragment;
    this.pages = pages;
  }

  /** Whether to say so, to somebody without a session who navigates. */
  boolean isToBeTold(HttpServletRequest request) {
    return enabled && request.getMethod().equals("GET") && isKnown(request);
  }

  /**
   * Answers with the page.
   *
   * @param returnTo within this application
   */
  void write(HttpServletRequest request, HttpServletResponse response, String returnTo)
      throws IOException {
    String signIn = loginUrl + "?return=" + URLEncoder.encode(returnTo, UTF_8);
    Page page =
        keptFragment
            .withSignIn(Page.of("expired", request), signIn)
            .withAttribute(PageAttributes.RETRY_URL, signIn);
    response.setHeader("WWW-Authenticate", "Login");
    pages.write(Setting.SESSION_EXPIRED_PAGE, page, request, response, UNAUTHORIZED);
  }

  /** Somebody has signed in. */
  void remember(HttpServletRequest request, HttpServletResponse response) {
    if (enabled) {
      boolean secure = address.isSecure(request);
      Duration age = sessionMaximum.plus(REMEMBERED);
      cookies.set(response, cookies.name(NAME, secure), "1", age, secure, false);
    }
  }

  /** Somebody has signed out. */
  void forget(HttpServletRequest request, HttpServletResponse response) {
    if (enabled && isKnown(request)) {
      boolean secure = address.isSecure(request);
      cookies.remove(response, cookies.name(NAME, secure), secure, false);
    }
  }

  private boolean isKnown(HttpServletRequest request) {
    String name = cookies.name(NAME, address.isSecure(request));
    return cookies.all(request, name).stream().anyMatch(cookie -> cookie.getName().equals(name));
  }
}
