package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.Parameters;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.Setting;

/**
 * Tells somebody whose session has ended by itself from somebody who was never signed in: a cookie
 * that comes with the login and goes with the logout outlives the session. Only where the setting
 * {@code session-expired} is {@code page}, or {@code renewal} is {@code silent}; the cookie names
 * the provider and whether it was asked, says nothing else and opens nothing.
 */
final class ExpiredSession {

  private static final String NAME = "known";
  private static final int UNAUTHORIZED = 401;

  /** In place of the provider, which does not know the user any more either; never an id. */
  private static final String NOWHERE = "1";

  /** Between the provider and the second of which somebody was sent there silently. */
  private static final String TRIED = ".";

  /** Tabs that are opened together may all try. */
  private static final Duration TOGETHER = Duration.ofSeconds(30);

  /** Whoever comes back later than that does not wonder. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final boolean telling;
  private final boolean renewing;
  private final Duration age;
  private final Clock clock;
  private final Cookies cookies;
  private final PublicAddress address;
  private final String loginUrl;
  private final KeptFragment keptFragment;
  private final Pages pages;

  ExpiredSession(
      ApplicationSettings.Session settings,
      Clock clock,
      Cookies cookies,
      PublicAddress address,
      String loginUrl,
      KeptFragment keptFragment,
      Pages pages) {
    this.telling = settings.expiredOnPage();
    this.renewing = settings.silentRenewal();
    this.age = settings.maximum().plus(REMEMBERED);
    this.clock = clock;
    this.cookies = cookies;
    this.address = address;
    this.loginUrl = loginUrl;
    this.keptFragment = keptFragment;
    this.pages = pages;
  }

  /** Whether people are told at all. */
  boolean isTelling() {
    return telling;
  }

  /** Whether to say so, to somebody without a session who navigates. */
  boolean isToBeTold(HttpServletRequest request) {
    return telling && request.getMethod().equals("GET") && cookie(request).isPresent();
  }

  /**
   * The provider that may still know somebody without a session, as the browser says; empty if it
   * was asked already.
   */
  Optional<String> provider(HttpServletRequest request) {
    return renewing
        ? cookie(request).filter(this::isToBeTried).map(ExpiredSession::provider)
        : Optional.empty();
  }

  private boolean isToBeTried(String value) {
    int mark = value.indexOf(TRIED);
    return !value.equals(NOWHERE) && (mark < 0 || isLately(value.substring(mark + 1)));
  }

  private boolean isLately(String second) {
    return second.matches("\\d{1,18}")
        && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(second))
            < TOGETHER.toSeconds();
  }

  private static String provider(String value) {
    return value.split(Pattern.quote(TRIED), 2)[0];
  }

  /**
   * Answers with the page.
   *
   * @param wanted which login its button leads to
   * @param returnTo within this application
   */
  void write(
      HttpServletRequest request, HttpServletResponse response, WantedLogin wanted, String returnTo)
      throws IOException {
    String signIn = wanted.url(loginUrl + "?return=" + Parameters.encode(returnTo));
    Page page =
        keptFragment
            .withSignIn(Page.of("expired", request), signIn)
            .withAttribute(PageAttributes.RETRY_URL, signIn);
    response.setHeader("WWW-Authenticate", "Login");
    pages.write(Setting.SESSION_EXPIRED_PAGE, page, request, response, UNAUTHORIZED);
  }

  /** Somebody has signed in. */
  void remember(HttpServletRequest request, HttpServletResponse response, String provider) {
    if (telling || renewing) {
      set(request, response, provider);
    }
  }

  /**
   * Somebody is on their way to the provider silently. One that shows an error of its own sends
   * nobody back: it gets a usual login the next time.
   */
  void rememberTrying(HttpServletRequest request, HttpServletResponse response, String provider) {
    if (cookie(request).filter(value -> value.contains(TRIED)).isEmpty()) {
      set(request, response, provider + TRIED + clock.instant().getEpochSecond());
    }
  }

  /** The provider said no: it is not asked silently again before somebody has signed in. */
  void rememberNowhere(HttpServletRequest request, HttpServletResponse response) {
    set(request, response, NOWHERE);
  }

  private void set(HttpServletRequest request, HttpServletResponse response, String value) {
    boolean secure = address.isSecure(request);
    cookies.set(response, cookies.name(NAME, secure), value, age, secure, false);
  }

  /** Somebody has signed out. */
  void forget(HttpServletRequest request, HttpServletResponse response) {
    if (cookie(request).isPresent()) {
      boolean secure = address.isSecure(request);
      cookies.remove(response, cookies.name(NAME, secure), secure, false);
    }
  }

  private Optional<String> cookie(HttpServletRequest request) {
    String name = cookies.name(NAME, address.isSecure(request));
    return cookies.named(request, name).stream().findFirst().map(Cookie::getValue);
  }
}
