package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.session.PendingLogins;

/**
 * Puts pending logins into the browser and takes them out again. Each tab has its own; when there
 * are too many, the oldest is forgotten.
 */
final class PendingLoginCookies {

  private static final String NAME = "login-";

  /** A pending login and the cookie that it came in. */
  record Found(String cookieName, String id, PendingAuthorization pending) {}

  private final Cookies cookies;
  private final PendingLogins logins;
  private final PublicAddress address;
  private final Duration timeout;
  private final int most;

  PendingLoginCookies(
      Cookies cookies, PendingLogins logins, PublicAddress address, Duration timeout, int most) {
    this.cookies = cookies;
    this.logins = logins;
    this.address = address;
    this.timeout = timeout;
    this.most = most;
  }

  /**
   * @param crossSite whether the answer comes with a form that the provider's page posts
   */
  void put(
      HttpServletRequest request,
      HttpServletResponse response,
      PendingAuthorization pending,
      boolean crossSite) {
    boolean secure = address.isSecure(request);
    makeRoom(request, response, secure, crossSite);
    cookies.set(
        response,
        cookies.name(NAME + PendingLogins.id(pending.state()), secure),
        logins.seal(pending),
        timeout,
        secure,
        crossSite);
  }

  /** The pending login that a {@code state} belongs to, if this browser has it, once. */
  Optional<Found> find(HttpServletRequest request, Secret state) {
    String id = PendingLogins.id(state);
    String name = cookies.name(NAME + id, address.isSecure(request));
    List<Cookie> found =
        cookies.all(request, name).stream().filter(c -> c.getName().equals(name)).toList();
    if (found.size() != 1) {
      return Optional.empty();
    }
    return logins.open(id, found.get(0).getValue()).map(pending -> new Found(name, id, pending));
  }

  /**
   * Uses a pending login up, in the browser and here; false if it was used before.
   *
   * @param crossSite as it was put
   */
  boolean take(
      HttpServletRequest request, HttpServletResponse response, Found found, boolean crossSite) {
    cookies.remove(response, found.cookieName(), address.isSecure(request), crossSite);
    return logins.take(found.id());
  }

  /** Forgets what cannot be opened or is too old, then the oldest, until there is room for one. */
  private void makeRoom(
      HttpServletRequest request,
      HttpServletResponse response,
      boolean secure,
      boolean crossSite) {
    String prefix = cookies.name(NAME, secure);
    List<Found> alive = new ArrayList<>();
    for (Cookie cookie : cookies.all(request, prefix)) {
      String id = cookie.getName().substring(prefix.length());
      Optional<PendingAuthorization> pending = logins.open(id, cookie.getValue());
      if (pending.isPresent()) {
        alive.add(new Found(cookie.getName(), id, pending.get()));
      } else {
        cookies.remove(response, cookie.getName(), secure, crossSite);
      }
    }
    alive.sort(Comparator.comparing(found -> begunAt(found)));
    for (int i = 0; i <= alive.size() - most; i++) {
      cookies.remove(response, alive.get(i).cookieName(), secure, crossSite);
    }
  }

  private static Instant begunAt(Found found) {
    return found.pending().begunAt();
  }
}
