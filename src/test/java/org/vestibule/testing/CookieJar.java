package org.vestibule.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A browser's cookies. As in real browsers they belong to a host and not to a port, so that two
 * servers on {@code localhost} see each other's. Safe for use by several threads.
 */
public final class CookieJar {

  private final List<Cookie> cookies = new ArrayList<>();

  CookieJar() {}

  /** All cookies, the oldest first. */
  public synchronized List<Cookie> all() {
    return List.copyOf(cookies);
  }

  /** The oldest cookie of that name, for whatever host and path. */
  public synchronized Optional<Cookie> named(String name) {
    return cookies.stream().filter(cookie -> cookie.name().equals(name)).findFirst();
  }

  /** Puts a cookie in, as somebody does who can write cookies for this host. */
  public synchronized void put(Cookie cookie) {
    cookies.removeIf(cookie::isSameAs);
    if (!cookie.isExpired(Instant.now())) {
      cookies.add(cookie);
    }
  }

  /** Drops the cookies of that name. */
  public synchronized void drop(String name) {
    cookies.removeIf(cookie -> cookie.name().equals(name));
  }

  /** Drops all cookies. */
  public synchronized void clear() {
    cookies.clear();
  }

  synchronized CookieJar copy() {
    CookieJar copy = new CookieJar();
    copy.cookies.addAll(cookies);
    return copy;
  }

  /** Takes in what a response sets. */
  synchronized void receive(String url, List<String> setCookieLines) {
    for (String line : setCookieLines) {
      SetCookie.parse(line, url, Instant.now()).ifPresent(this::put);
    }
  }

  /**
   * The {@code Cookie} header field for a request, longest path first; empty if there is nothing to
   * send. {@code Secure} is no obstacle: loopback hosts count as trustworthy.
   *
   * @param crossSite whether a page of another site caused the request
   */
  synchronized String header(String host, String path, boolean crossSite, boolean safeMethod) {
    cookies.removeIf(cookie -> cookie.isExpired(Instant.now()));
    return cookies.stream()
        .filter(cookie -> cookie.host().equalsIgnoreCase(host))
        .filter(cookie -> cookie.matchesPath(path))
        .filter(cookie -> !crossSite || cookie.goesCrossSite(safeMethod))
        .sorted(Comparator.comparing(cookie -> -cookie.path().length()))
        .map(cookie -> cookie.name() + "=" + cookie.value())
        .collect(Collectors.joining("; "));
  }
}
