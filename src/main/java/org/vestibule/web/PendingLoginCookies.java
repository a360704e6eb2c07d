package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.session.PendingLogins;

/**
 * Puts pending logins into the browser and takes them out again. Each tab has its own; when there
 * are too many, or they are too large together, the oldest are forgotten.
 */
final class PendingLoginCookies {

  private static final String NAME = "login-";

  /**
   * Servers refuse a request whose header exceeds some 8 KB, and the application has cookies too.
   */
  static final int MOST_CHARACTERS = 5_000;

  /** A pending login and the cookie that it came in. */
  record Found(String cookieName, String id, PendingAuthorization pending) {}

  /** A login that others are waiting beside. */
  private record Waiting(Cookie cookie, Instant begunAt) {}

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
   * The cookie lives twice as long as a login may take, so that who comes late can be told from a
   * stranger.
   *
   * @param crossSite whether the answer comes with a form that the provider's page posts
   */
  void put(
      HttpServletRequest request,
      HttpServletResponse response,
      PendingAuthorization pending,
      boolean crossSite) {
    boolean secure = address.isSecure(request);
    String value = logins.seal(pending);
    forget(superfluous(request, pending.begunAt(), value.length()), response, secure, crossSite);
    String name = cookies.name(NAME + PendingLogins.id(pending.state()), secure);
    cookies.set(response, name, value, timeout.multipliedBy(2), secure, crossSite);
  }

  /** The pending login that a {@code state} belongs to, if this browser has it, once. */
  Optional<Found> find(HttpServletRequest request, Secret state) {
    String id = PendingLogins.id(state);
    String name = cookies.name(NAME + id, address.isSecure(request));
    List<Cookie> found = cookies.named(request, name);
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

  /**
   * What cannot be opened, is too old, or has to make room for one more.
   *
   * @param size of the one more, in characters
   */
  private List<Cookie> superfluous(HttpServletRequest request, Instant now, int size) {
    List<Cookie> superfluous = new ArrayList<>();
    List<Waiting> waiting = new ArrayList<>();
    String prefix = cookies.name(NAME, address.isSecure(request));
    for (Cookie cookie : cookies.all(request, prefix)) {
      String id = cookie.getName().substring(prefix.length());
      if (id.length() == PendingLogins.ID_CHARACTERS) {
        logins
            .open(id, cookie.getValue())
            .map(pending -> new Waiting(cookie, pending.begunAt()))
            .filter(one -> !one.begunAt().isBefore(now.minus(timeout)))
            .ifPresentOrElse(waiting::add, () -> superfluous.add(cookie));
      }
    }
    superfluous.addAll(oldest(waiting, size));
    return superfluous;
  }

  private List<Cookie> oldest(List<Waiting> waiting, int size) {
    waiting.sort(Comparator.comparing(Waiting::begunAt));
    Deque<Waiting> left = new ArrayDeque<>(waiting);
    int characters =
        size + waiting.stream().mapToInt(one -> one.cookie().getValue().length()).sum();
    List<Cookie> oldest = new ArrayList<>();
    while (!left.isEmpty() && (left.size() >= most || characters > MOST_CHARACTERS)) {
      Cookie cookie = left.removeFirst().cookie();
      characters -= cookie.getValue().length();
      oldest.add(cookie);
    }
    return oldest;
  }

  private void forget(
      List<Cookie> superfluous, HttpServletResponse response, boolean secure, boolean crossSite) {
    superfluous.forEach(cookie -> cookies.remove(response, cookie.getName(), secure, crossSite));
  }
}
