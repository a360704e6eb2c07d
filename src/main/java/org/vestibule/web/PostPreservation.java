package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Refusal;
import org.vestibule.session.PreservedPost;
import org.vestibule.session.PreservedPosts;

/**
 * Keeps a form that somebody sent without being signed in, in the page that they get as the answer:
 * sealed, so that the server remembers nothing and nobody else can read or change it. With the page
 * one signs in, in another tab, and sends the form then. No script takes part, and nothing is
 * executed before that second press of a button, on a page of ours, in the same browser, by the
 * same user if it is known who it was.
 *
 * <p>The form goes to the address that it was meant for, with {@link #MARKER} at the end of the
 * query, so that it passes the application's own filters. Thread-safe.
 */
final class PostPreservation {

  /** What the query of a form's second attempt ends with. */
  static final String MARKER = "vestibule-resume";

  /** The name of the hidden field. */
  static final String FIELD = "preserved";

  /** How long a form can still be sent. */
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final String COOKIE = "form";
  private static final String BROWSER = "[A-Za-z0-9_-]{43}";
  private static final String URLENCODED = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";
  private static final int LONGEST_TYPE = 300;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** What the page needs, opened. */
  private record Found(PreservedPost post, String sealed) {}

  private final int most;
  private final Clock clock;
  private final RandomValues random;
  private final PreservedPosts posts;
  private final Cookies cookies;
  private final PublicAddress address;
  private final ReturnAddress returnAddress;

  /**
   * @param most the setting {@code preserve-post-size}
   */
  PostPreservation(
      int most,
      Clock clock,
      RandomValues random,
      PreservedPosts posts,
      Cookies cookies,
      PublicAddress address,
      ReturnAddress returnAddress) {
    this.most = most;
    this.clock = clock;
    this.random = random;
    this.posts = posts;
    this.cookies = cookies;
    this.address = address;
    this.returnAddress = returnAddress;
  }

  /** Whether it is a form's second attempt; this is asked on every request. */
  static boolean isResuming(HttpServletRequest request) {
    String query = request.getQueryString();
    return query != null
        && query.endsWith(MARKER)
        && (query.length() == MARKER.length() || query.endsWith("&" + MARKER))
        && request.getMethod().equals("POST");
  }

  /**
   * Answers a person's POST that needs a login with the page that keeps it, if it can be kept.
   *
   * @param owner whose session it was; null if nobody knows
   * @param loginUrl where the page's first step leads to
   * @return whether the request was answered
   */
  boolean answer(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Identity owner,
      String loginUrl)
      throws IOException {
    if (!request.getMethod().equals("POST") || most == 0 || !isFromHere(request)) {
      return false;
    }
    if (isResuming(request)) {
      Found found = find(request);
      write(request, response, "preserved", UNAUTHORIZED, found, loginUrl);
      return true;
    }
    Optional<PreservedPost> post = read(request, owner);
    if (post.isEmpty()) {
      return false;
    }
    boolean secure = address.isSecure(request);
    String browser = browser(request).orElseGet(() -> random.next().value());
    cookies.setStrict(response, cookies.name(COOKIE, secure), browser, LIFETIME, secure);
    Found found = new Found(post.get(), posts.seal(post.get(), browser));
    write(request, response, "preserved", UNAUTHORIZED, found, loginUrl);
    return true;
  }

  /**
   * The request as it was sent the first time.
   *
   * @param user who sends it now
   * @param loginUrl where somebody else can sign in
   * @return null if the request was answered: it is another user's
   * @throws LoginException there is no such form, or it was sent already
   */
  @Nullable HttpServletRequest resume(
      HttpServletRequest request, HttpServletResponse response, Identity user, String loginUrl)
      throws IOException {
    if (!isFromHere(request)) {
      throw new LoginException(Refusal.FORM_UNREADABLE, "from another site");
    }
    Found found = find(request);
    if (!found.post().owner().isEmpty() && !found.post().owner().equals(owner(user))) {
      write(request, response, "preservedother", FORBIDDEN, found, loginUrl);
      return null;
    }
    if (!posts.take(found.post())) {
      throw new LoginException(Refusal.FORM_SENT);
    }
    return new ResumedRequest(
        request, found.post().target(), found.post().contentType(), found.post().body());
  }

  /** What the hidden field holds, if it was sealed lately for this browser and this address. */
  private Found find(HttpServletRequest request) throws IOException {
    String sealed = field(request);
    PreservedPost post =
        browser(request)
            .flatMap(browser -> posts.open(sealed, browser))
            .orElseThrow(() -> new LoginException(Refusal.FORM_UNREADABLE));
    if (post.isOlder(LIFETIME, clock.instant())) {
      throw new LoginException(Refusal.FORM_UNREADABLE, "too old");
    }
    if (!action(post.target()).equals(target(request))) {
      throw new LoginException(Refusal.FORM_UNREADABLE, "of another address");
    }
    return new Found(post, sealed);
  }

  private String field(HttpServletRequest request) throws IOException {
    int longest = PreservedPosts.longest(most);
    String body = new String(request.getInputStream().readNBytes(longest), ISO_8859_1);
    if (!body.startsWith(FIELD + "=")) {
      throw new LoginException(Refusal.FORM_UNREADABLE, "not the page's own form");
    }
    return body.substring(FIELD.length() + 1);
  }

  private Optional<PreservedPost> read(HttpServletRequest request, @Nullable Identity owner)
      throws IOException {
    String type = request.getContentType();
    long announced = request.getContentLengthLong();
    String target = target(request);
    if (!isForm(type)
        || announced > most
        || request.getHeader("Content-Encoding") != null
        || !returnAddress.isPage(target)) {
      return Optional.empty();
    }
    byte[] body = request.getInputStream().readNBytes(most + 1);
    if (body.length > most || (announced >= 0 && announced != body.length)) {
      return Optional.empty();
    }
    return Optional.of(
        new PreservedPost(
            random.next().value(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            owner == null ? "" : owner(owner),
            target,
            type,
            body));
  }

  private static boolean isForm(@Nullable String type) {
    if (type == null || type.length() > LONGEST_TYPE) {
      return false;
    }
    String kind = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return kind.equals(URLENCODED) || kind.equals(MULTIPART);
  }

  /**
   * From a page of this very origin. A browser that does not say so by Fetch Metadata names the
   * origin.
   */
  private boolean isFromHere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.getHeader("Origin");
    return origin != null && address.knownOrigin(request).filter(origin::equals).isPresent();
  }

  private void write(
      HttpServletRequest request,
      HttpServletResponse response,
      String key,
      int status,
      Found found,
      String loginUrl)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Login");
    Page.of(key, request)
        .withButtonInNewTab("action.newtab", loginUrl)
        .withForm("action.send", action(found.post().target()), FIELD, found.sealed())
        .withLink("action.drop", found.post().target())
        // Where the application redirects to afterwards is its own affair.
        .withFormTargets("https:")
        // Applications compare Origin and Referer of a form with their own address.
        .write(response, status, "same-origin");
  }

  private static String action(String target) {
    return target + (target.indexOf('?') < 0 ? "?" : "&") + MARKER;
  }

  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  private static String owner(Identity user) {
    return user.subject().isEmpty()
        ? ""
        : user.provider() + "\n" + user.issuer() + "\n" + user.subject();
  }

  private Optional<String> browser(HttpServletRequest request) {
    String name = cookies.name(COOKIE, address.isSecure(request));
    List<String> values =
        cookies.named(request, name).stream()
            .map(Cookie::getValue)
            .filter(value -> value.matches(BROWSER))
            .toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }
}
