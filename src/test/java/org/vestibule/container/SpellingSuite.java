package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.PublicServlet;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.Lines;
import org.vestibule.testing.PathVariants;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.Urls;

/**
 * The same, with every spelling of the path of a protected page, a public page, the callback and
 * the logout, and every return address, over a socket and byte for byte.
 */
abstract class SpellingSuite extends HostileProviderSuite {

  /**
   * A spelling of a protected page that is none: it is plainly below a public folder, or an
   * endpoint of the library, and the rest is a query or a name with characters that only look like
   * dots.
   */
  private static final Pattern OPEN =
      Pattern.compile(
          "/oauth/session(\\?.*)?|/public/(?![^?]*(\\.\\.|%2[ef]|%5c|[;\\\\])).*",
          Pattern.CASE_INSENSITIVE);

  /** What servers take for the length of a request line, with room for the rest of it. */
  private static final int LONGEST = 6_000;

  private static RawResponse send(Visitor visitor, String method, String variant) {
    return visitor.request(method, "/").target(visitor.contextPath() + variant).send();
  }

  private static void assertAnswered(Visitor visitor, RawResponse answer, String what) {
    assertHarmless(visitor, answer, what);
    if (!Difference.failsAt(answer)) {
      assertThat(answer.status()).as(what).isBetween(200, 499);
    }
  }

  /** Not at once: a server that has failed at a path may do so at the next request as well. */
  private static void awaitSignedIn(Visitor visitor, String what) {
    Waiting.until(
        "still signed in, " + what,
        () -> visitor.get(Visitor.PROTECTED).body().equals(ProtectedServlet.CANARY));
  }

  @Test
  void no_spelling_of_a_protected_page_shows_it() throws InterruptedException {
    Visitor visitor = Visitor.of(deployment);
    int before = visitor.hits("protected");
    Set<String> passed = ConcurrentHashMap.newKeySet();
    forEach(
        PathVariants.of("protected", "page"),
        variant -> {
          for (String method : List.of("GET", "POST", "HEAD")) {
            RawResponse answer = send(visitor.stranger(), method, variant);
            assertAnswered(visitor, answer, method + " " + variant);
            if (answer.header("X-Seen-By-Filter") != null) {
              passed.add(variant);
            }
          }
        });

    assertThat(visitor.hits("protected")).as("what ran behind").isEqualTo(before);
    assertThat(passed).as("what the application was asked for").allMatch(OPEN.asMatchPredicate());
  }

  @Test
  void no_spelling_of_a_public_page_shows_another_one() throws InterruptedException {
    Visitor visitor = Visitor.of(deployment);
    int before = visitor.hits("protected");
    forEach(
        PathVariants.of("public", "page"),
        variant -> {
          RawResponse answer = send(visitor.stranger(), "GET", variant);
          assertAnswered(visitor, answer, variant);
        });

    assertThat(visitor.hits("protected")).as("what ran behind").isEqualTo(before);
    assertThat(send(visitor, "GET", "/public/page").body()).isEqualTo(PublicServlet.TEXT);
  }

  /**
   * A server that remembers where a path led without what stood behind its semicolon would show
   * everybody the page that a stranger wants. Nobody has asked for this address before.
   */
  @Test
  void where_the_path_of_a_stranger_leads_says_nothing_of_the_next_one() {
    Visitor visitor = Visitor.of(deployment);
    for (Visitor before : List.of(visitor.stranger(), signedIn())) {
      send(before, "GET", "/oauth/fragment.js;/../../public/page");
    }

    assertThat(visitor.get("/oauth/fragment.js").body()).isNotEqualTo(PublicServlet.TEXT);
  }

  /** The plain path afterwards shows whether anything was used up. */
  @Test
  void no_spelling_of_the_callback_uses_a_response_up_and_leads_elsewhere()
      throws InterruptedException {
    forEach(
        PathVariants.of("oauth", "callback"),
        variant -> {
          Visitor visitor = Visitor.of(deployment);
          FormData response = response(visitor);
          RawResponse answer = comeBackTo(visitor, variant, response);

          assertHarmless(visitor, answer, variant);
          boolean taken =
              answer.isRedirect() && answer.location().equals(visitor.url(Visitor.PROTECTED));
          RawResponse plain = comeBack(visitor, response);
          awaitSignedIn(visitor, variant);
          if (!taken) {
            assertThat(plain.location()).as(variant).isEqualTo(visitor.url(Visitor.PROTECTED));
          }
        });
  }

  @Test
  void no_spelling_of_the_logout_signs_out_without_the_button() throws InterruptedException {
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.forgetRequests();
    forEach(
        PathVariants.of("oauth", "logout"),
        variant -> {
          for (String method : List.of("GET", "POST")) {
            RawResponse answer = send(visitor, method, variant);
            if (!Difference.failsAt(answer)) {
              assertThat(answer.status()).as(method + " " + variant).isBetween(200, 499);
            }
          }
        });

    awaitSignedIn(visitor, "after all of them");
    assertThat(PROVIDER.requests(Endpoint.REVOCATION)).isEmpty();
  }

  @Test
  void no_return_address_leads_elsewhere() throws InterruptedException {
    List<String> addresses =
        Lines.of(Lines.class, Lines.RETURN_URLS).stream()
            .map(line -> FormData.of("return", Lines.decode(line)).encoded())
            .filter(query -> query.length() < LONGEST)
            .toList();
    assertThat(addresses).hasSizeGreaterThan(900);
    forEach(
        addresses,
        query -> {
          Visitor visitor = Visitor.of(deployment);
          RawResponse login = visitor.get("/oauth/login?" + query);
          if (!Difference.isServersOwn(login)) {
            assertThat(login.location()).as(query).startsWith(PROVIDER.origin() + "/");
            String place = visitor.browser().follow(visitor.browser().follow(login)).location();
            assertThat(Urls.origin(place)).as(query).isEqualTo(Urls.origin(visitor.url("/")));
            assertThat(place).as(query).startsWith(visitor.url("/"));
          }
        });
  }
}
