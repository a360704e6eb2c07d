package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Sha256;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.AccessRule;

/**
 * Two session cookies of one name. An application at another path may have set one of them, or
 * somebody planted the cookie of their own session who can write cookies for this host or a
 * neighbour of it, so that a user works in the session of the attacker. Which of the two counts is
 * the server's affair and not to be seen here; so the session that it took is that of somebody who
 * is signed in only if a cookie of ours goes with it, which has no twin.
 */
final class TwinCookies {

  private static final String HEADER = "Cookie";
  private static final String NAME = "session";

  private final Cookies cookies;
  private final PublicAddress address;
  private final Duration age;

  /**
   * @param age of the longest session
   */
  TwinCookies(Cookies cookies, PublicAddress address, Duration age) {
    this.cookies = cookies;
    this.address = address;
    this.age = age;
  }

  /** Whether the session that the server took may be another one than the browser's own. */
  boolean makeDoubtful(SignedIn signedIn, HttpServletRequest request) {
    return count(request) > 1 && !isCertain(signedIn, request);
  }

  private boolean isCertain(SignedIn signedIn, HttpServletRequest request) {
    String name = cookies.name(NAME, address.isSecure(request));
    List<Cookie> found = cookies.named(request, name);
    return found.size() == 1
        && !found.get(0).getValue().isEmpty()
        && mark(signedIn).equals(Secret.of(found.get(0).getValue()));
  }

  /**
   * Lets the browser's own session be told from others later: an application beside this one may
   * set a cookie of the same name at any time. Nobody else can set one with the prefix {@code
   * __Host-} (RFC 6265bis section 4.1.3.2), which needs no mark.
   */
  void tellApart(HttpServletRequest request, HttpServletResponse response, SignedIn signedIn) {
    if (!SessionCookie.name(request).startsWith("__Host-")) {
      boolean secure = address.isSecure(request);
      String value = mark(signedIn).value();
      cookies.set(response, cookies.name(NAME, secure), value, age, secure, false);
    }
  }

  /** At a logout. */
  void forget(HttpServletRequest request, HttpServletResponse response) {
    boolean secure = address.isSecure(request);
    String name = cookies.name(NAME, secure);
    if (!cookies.named(request, name).isEmpty()) {
      cookies.remove(response, name, secure, false);
    }
  }

  /**
   * Answers a request that could be somebody else's. A login begins only by hand: it does not take
   * the other cookie away, and would begin again and again.
   */
  static void refuse(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AccessRule rule = house.rule(request, RequestPath.of(request), AuthenticationRequirement.NONE);
    String returnTo = house.returnAddress().of(request);
    String signIn =
        WantedLogin.of(rule).url(house.loginUrl() + "?return=" + Parameters.encode(returnTo));
    LoginException e = new LoginException(Refusal.SESSION_COOKIE_TWICE);
    house.failurePage().write(request, response, e, signIn);
  }

  /** What only the session and its browser know. */
  private static Secret mark(SignedIn signedIn) {
    return Secret.of(Sha256.base64url("session " + signedIn.csrfToken().value()));
  }

  /** How many session cookies there are; this is asked on every request. */
  private static int count(HttpServletRequest request) {
    String header = request.getHeader(HEADER);
    if (header == null) {
      return 0;
    }
    String name = SessionCookie.name(request);
    if (request.getProtocol().startsWith("HTTP/1")) {
      return count(header, name);
    }
    // Each cookie can have a field of its own (RFC 9113 section 8.2.3).
    return Collections.list(request.getHeaders(HEADER)).stream()
        .mapToInt(field -> count(field, name))
        .sum();
  }

  private static int count(String header, String name) {
    int count = 0;
    int at = header.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      if (begins(header, at) && end < header.length() && header.charAt(end) == '=') {
        count++;
      }
      at = header.indexOf(name, end);
    }
    return count;
  }

  private static boolean begins(String header, int at) {
    char before = at == 0 ? ';' : header.charAt(at - 1);
    return before == ';' || before == ' ' || before == ',' || before == '\t';
  }
}
