package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request in the making. Immutable: each method gives another request.
 *
 * <p>Nothing is normalised, encoded or checked: characters up to U+00FF are sent as one byte each.
 * Unless told otherwise a request looks like the navigation of a browser.
 */
public final class RawRequest {

  private static final List<Header> NAVIGATION =
      List.of(
          new Header("User-Agent", "Mozilla/5.0 (raw)"),
          new Header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
          new Header("Sec-Fetch-Mode", "navigate"),
          new Header("Sec-Fetch-Dest", "document"),
          new Header("Sec-Fetch-Site", "none"));

  private final RawBrowser browser;
  private final String method;
  private final String url;
  private final String target;
  private final List<Header> headers;
  private final String octets;
  private final @Nullable String initiator;

  private RawRequest(
      RawBrowser browser,
      String method,
      String url,
      String target,
      List<Header> headers,
      String octets,
      @Nullable String initiator) {
    this.browser = browser;
    this.method = method;
    this.url = url;
    this.target = target;
    this.headers = List.copyOf(headers);
    this.octets = octets;
    this.initiator = initiator;
  }

  static RawRequest navigation(RawBrowser browser, String method, String url) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", Urls.authority(url)));
    headers.addAll(NAVIGATION);
    return new RawRequest(browser, method, url, Urls.target(url), headers, "", null);
  }

  /** With this request target instead of the URL's path and query, for instance an absolute URL. */
  public RawRequest target(String verbatim) {
    return new RawRequest(browser, method, url, verbatim, headers, octets, initiator);
  }

  /** With the header field in place of those of the same name, {@code Host} included. */
  public RawRequest header(String name, String value) {
    return without(name).and(name, value);
  }

  /** With one more header field line of that name. */
  public RawRequest and(String name, String value) {
    List<Header> longer = new ArrayList<>(headers);
    longer.add(new Header(name, value));
    return new RawRequest(browser, method, url, target, longer, octets, initiator);
  }

  /** Without the named header field. */
  public RawRequest without(String name) {
    List<Header> shorter = headers.stream().filter(header -> !header.is(name)).toList();
    return new RawRequest(browser, method, url, target, shorter, octets, initiator);
  }

  /** With a body, sent as UTF-8, and its length. */
  public RawRequest body(String contentType, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    RawRequest typed =
        header("Content-Type", contentType)
            .header("Content-Length", Integer.toString(bytes.length));
    return new RawRequest(
        browser, method, url, target, typed.headers, new String(bytes, ISO_8859_1), initiator);
  }

  /** With a form as its body. */
  public RawRequest form(FormData form) {
    return body("application/x-www-form-urlencoded", form.encoded());
  }

  /** As a script on a page sends it: {@code fetch} that wants JSON. */
  public RawRequest asFetch() {
    return header("Accept", "application/json")
        .header("Sec-Fetch-Mode", "cors")
        .header("Sec-Fetch-Dest", "empty");
  }

  /**
   * As caused by the page at that URL, which decides about {@code SameSite} cookies, {@code
   * Sec-Fetch-Site} and {@code Origin}.
   */
  public RawRequest from(String pageUrl) {
    RawRequest caused = new RawRequest(browser, method, url, target, headers, octets, pageUrl);
    boolean sameOrigin = Urls.origin(pageUrl).equalsIgnoreCase(Urls.origin(url));
    String sameSite = caused.isCrossSite() ? "cross-site" : "same-site";
    RawRequest marked = caused.header("Sec-Fetch-Site", sameOrigin ? "same-origin" : sameSite);
    return isSafe() ? marked : marked.header("Origin", Urls.origin(pageUrl));
  }

  /** Sends it and takes in the cookies of the answer; redirects are not followed. */
  public RawResponse send() {
    return browser.send(this);
  }

  /** The URL, whose host and port are connected to. */
  public String url() {
    return url;
  }

  /** The method. */
  public String method() {
    return method;
  }

  /** The header fields, without the cookies of the jar. */
  public List<Header> headers() {
    return headers;
  }

  /** What a browser sends to the place a redirect names (RFC 9110 section 15.4). */
  RawRequest redirected(int status, String location) {
    boolean keepsMethod = status == 307 || status == 308 || isSafe();
    RawRequest typed = navigation(browser, keepsMethod ? method : "GET", location);
    RawRequest next = initiator == null ? typed : typed.from(initiator);
    List<Header> kept = new ArrayList<>(next.headers);
    for (Header header : headers) {
      if (Header.values(kept, header.name()).isEmpty() && survives(header, keepsMethod)) {
        kept.add(header);
      }
    }
    String body = keepsMethod ? octets : "";
    return new RawRequest(browser, next.method, location, next.target, kept, body, initiator);
  }

  private static boolean survives(Header header, boolean keepsMethod) {
    String name = header.name().toLowerCase(Locale.ROOT);
    boolean describesBody = name.startsWith("content-");
    return !name.equals("authorization")
        && !name.equals("cookie")
        && (keepsMethod || !describesBody);
  }

  boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether the page that caused it is of another site: another scheme or host, any port. */
  boolean isCrossSite() {
    return initiator != null
        && !(Urls.scheme(initiator) + Urls.host(initiator))
            .equalsIgnoreCase(Urls.scheme(url) + Urls.host(url));
  }

  /** The bytes of the request, each as one character. */
  String wire(String cookies) {
    StringBuilder wire = new StringBuilder();
    wire.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    for (Header header : headers) {
      wire.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    if (!cookies.isEmpty()) {
      wire.append("Cookie: ").append(cookies).append("\r\n");
    }
    if (Header.values(headers, "Connection").isEmpty()) {
      wire.append("Connection: close\r\n");
    }
    return wire.append("\r\n").append(octets).toString();
  }

  /** Method and path, so that failed assertions print no secrets. */
  @Override
  public String toString() {
    return method + " " + Urls.origin(url) + Urls.path(target);
  }
}
