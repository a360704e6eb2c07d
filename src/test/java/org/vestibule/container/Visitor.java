package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/**
 * Somebody with a browser of their own in front of a deployment. Paths are those below its root.
 */
final class Visitor {

  /** The path of a page that only those may read who are signed in. */
  static final String PROTECTED = "/protected/page";

  /** The path of a page that comes by a dispatch from an asynchronous request. */
  static final String ASYNC_DISPATCH =
      Difference.NO_CDI_AFTER_ASYNCHRONOUS_DISPATCH.isHere()
          ? "/async?dispatch&by=servlet"
          : "/async?dispatch";

  /** The name of the container's session cookie. */
  static final String SESSION_COOKIE = "JSESSIONID";

  private static final String PENDING_LOGIN = "-login-";

  private final RawBrowser browser;
  private final String root;

  private Visitor(RawBrowser browser, String root) {
    this.browser = browser;
    this.root = root;
  }

  /** Without cookies. */
  static Visitor of(URL deployment) {
    return new Visitor(new RawBrowser(), deployment.toString().replaceFirst("/$", ""));
  }

  /** Somebody who has signed in already. */
  static Visitor signedInAt(URL deployment) {
    Visitor visitor = of(deployment);
    visitor.signIn();
    return visitor;
  }

  /** Somebody with an empty browser in front of the same deployment. */
  Visitor stranger() {
    return new Visitor(new RawBrowser(), root);
  }

  /** Somebody else, with the same cookies to begin with. */
  Visitor copy() {
    return new Visitor(browser.copy(), root);
  }

  RawBrowser browser() {
    return browser;
  }

  /** The absolute address of a path. */
  String url(String path) {
    return root + path;
  }

  /** The path of the deployment itself, such as {@code /probe}; empty at the root of a server. */
  String contextPath() {
    return root.replaceFirst("^\\w+://[^/]+", "");
  }

  RawRequest request(String method, String path) {
    return browser.request(method, url(path));
  }

  RawResponse get(String path) {
    return browser.get(url(path));
  }

  /** Opens a page that needs a login, signs in on the way, and arrives there. */
  RawResponse signIn() {
    RawResponse page = browser.followAll(get(PROTECTED));
    assertThat(page.status()).as("the page after the login").isEqualTo(200);
    assertThat(page.body()).isEqualTo(ProtectedServlet.CANARY);
    return page;
  }

  /** Opens the page and goes to the provider; the address of the callback that is not visited. */
  String callbackFor(String path) {
    return browser.follow(get(path)).location();
  }

  /** Opens the page and goes to the provider; the address of the callback that is not visited. */
  String callback() {
    return callbackFor(PROTECTED);
  }

  /** The lines {@code name=value} of a page. */
  Map<String, String> lines(String path) {
    return linesOf(get(path));
  }

  static Map<String, String> linesOf(RawResponse page) {
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    Map<String, String> lines = new LinkedHashMap<>();
    page.body()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> lines.put(pair[0], pair[1]));
    return lines;
  }

  /** How often a part of the application ran. */
  int hits(String part) {
    return Integer.parseInt(lines("/public/report/hits").getOrDefault(part, "0"));
  }

  /** What the application heard of, in order. */
  List<String> events() {
    return get("/public/report/events").body().lines().toList();
  }

  /** What the library logged, at every level, since the application started. */
  String log() {
    return get("/public/report/log").body();
  }

  /** The JSON about the session. */
  Map<String, Object> session() {
    RawResponse answer = get("/oauth/session");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  boolean isSignedIn() {
    return Boolean.TRUE.equals(session().get("authenticated"));
  }

  /** The identifier of the container's session. */
  String sessionId() {
    return browser
        .cookies()
        .named(SESSION_COOKIE)
        .map(Cookie::value)
        .orElseThrow(() -> new AssertionError("no session cookie"));
  }

  boolean hasSession() {
    return browser.cookies().named(SESSION_COOKIE).isPresent();
  }

  /** The cookies of logins that have begun. */
  List<Cookie> pendingLogins() {
    return browser.cookies().all().stream()
        .filter(cookie -> cookie.name().contains(PENDING_LOGIN))
        .toList();
  }
}
