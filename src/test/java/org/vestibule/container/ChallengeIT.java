package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertProtected;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.PublicServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;

/** How those are answered who are not signed in. */
@ExtendWith(ArquillianExtension.class)
class ChallengeIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("challenge");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_navigation_is_sent_to_the_provider_and_nothing_behind_the_filter_runs() {
    Visitor visitor = Visitor.of(deployment);
    int before = visitor.hits("filter");

    RawResponse answer = visitor.get(Visitor.PROTECTED);

    assertSentToProvider(answer, PROVIDER);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("X-Seen-By-Filter")).isNull();
    assertThat(visitor.hits("filter")).isEqualTo(before);
    assertThat(visitor.pendingLogins()).hasSize(1);
    assertThat(visitor.hasSession()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/protected/page",
        "/",
        "/index.html",
        "/static/page.txt",
        "/static/",
        "/static",
        "/api/whoami",
        "/api/for-admins",
        "/from-a-filter",
        "/whoami",
        "/async",
        "/there-is-nothing-here",
        "/oauth",
        "/oauth/",
        "/oauth/nothing",
        "/publicity",
        "/public.css",
        "/PUBLIC/page",
        "/Public/page",
        "/protected/page?x=/public/",
        "/protected/public/page",
        "/protected/x.css",
        "/protected/favicon.ico",
        "/protected%20/page"
      })
  void everything_is_protected_that_is_not_public(String path) {
    Visitor visitor = Visitor.of(deployment);
    RawResponse answer = visitor.get(path);

    assertSentToProvider(
        Difference.isServersOwn(answer) ? visitor.browser().follow(answer) : answer, PROVIDER);
  }

  @ParameterizedTest
  @CsvSource({
    "/public/page, a page for everybody",
    "/public/style.css, public",
    "/public/page?x=/protected/, a page for everybody"
  })
  void public_pages_are_for_everybody(String path, String text) {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(text);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void a_public_page_that_does_not_exist_is_not_found() {
    assertThat(Visitor.of(deployment).get("/public/nothing").status()).isEqualTo(404);
  }

  @Test
  void a_script_gets_401_and_json_and_no_login_begins() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.request("GET", Visitor.PROTECTED).asFetch().send();

    assertRefusedScript(visitor, answer);
    assertThat(answer.json())
        .isEqualTo(
            Map.of("error", "login_required", "login_url", visitor.contextPath() + "/oauth/login"));
  }

  @Test
  void whoever_needs_a_login_on_a_page_is_told_how_to_come_back_to_it() {
    Visitor visitor = Visitor.of(deployment);
    String page = visitor.url("/public/page?a=1&b=%C3%A4");
    String login =
        visitor.contextPath()
            + "/oauth/login?"
            + FormData.of("return", visitor.contextPath() + "/public/page?a=1&b=%C3%A4").encoded();

    RawResponse fetch =
        visitor.request("GET", Visitor.PROTECTED).asFetch().header("Referer", page).send();
    RawResponse htmx =
        visitor
            .request("GET", Visitor.PROTECTED)
            .asFetch()
            .header("HX-Request", "true")
            .header("HX-Current-URL", page)
            .send();
    RawResponse faces =
        visitor
            .request("POST", Visitor.PROTECTED)
            .asFetch()
            .header("Faces-Request", "partial/ajax")
            .header("Referer", page)
            .send();

    assertThat(fetch.json()).containsEntry("login_url", login);
    assertThat(htmx.header("HX-Redirect")).isEqualTo(login);
    assertThat(faces.body()).contains("<redirect url=\"" + login + "\"/>");
    assertThat(visitor.browser().followAll(visitor.browser().click(fetch, login)).url())
        .isEqualTo(page);
    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  void a_script_of_a_browser_without_fetch_metadata_is_known_by_its_header() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer =
        plain(visitor, Visitor.PROTECTED).header("X-Requested-With", "XMLHttpRequest").send();

    assertRefusedScript(visitor, answer);
  }

  @Test
  void a_client_that_wants_json_gets_json() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer =
        plain(visitor, Visitor.PROTECTED).header("Accept", "application/json").send();

    assertRefusedScript(visitor, answer);
  }

  @Test
  void a_browser_without_fetch_metadata_that_wants_a_page_is_sent_to_the_provider() {
    assertSentToProvider(plain(Visitor.of(deployment), Visitor.PROTECTED).send(), PROVIDER);
  }

  @Test
  void a_faces_partial_request_gets_a_partial_response_that_redirects() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer =
        visitor
            .request("POST", Visitor.PROTECTED)
            .asFetch()
            .header("Faces-Request", "partial/ajax")
            .form(FormData.of("jakarta.faces.partial.ajax", "true"))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/xml");
    assertThat(answer.body())
        .endsWith(
            "<partial-response><redirect url=\""
                + visitor.contextPath()
                + "/oauth/login\"/></partial-response>");
    assertProtected(answer);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void htmx_gets_its_own_redirect() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer =
        visitor.request("GET", Visitor.PROTECTED).asFetch().header("HX-Request", "true").send();

    assertThat(answer.header("HX-Redirect")).isEqualTo(visitor.contextPath() + "/oauth/login");
    assertThat(answer.header("Location")).isNull();
    assertThat(answer.body()).isEmpty();
    assertProtected(answer);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch, navigate, document",
    "Sec-Purpose, prefetch;prerender, navigate, document",
    "Purpose, prefetch, navigate, document",
    "X-Nothing, x, no-cors, image",
    "X-Nothing, x, no-cors, script",
    "X-Nothing, x, no-cors, style",
    "X-Nothing, x, navigate, iframe",
    "X-Nothing, x, navigate, object"
  })
  void what_nobody_looks_at_begins_no_login(
      String name, String value, String mode, String destination) {
    RawResponse answer =
        Visitor.of(deployment)
            .request("GET", Visitor.PROTECTED)
            .header(name, value)
            .header("Sec-Fetch-Mode", mode)
            .header("Sec-Fetch-Dest", destination)
            .send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    assertProtected(answer);
  }

  @Test
  void a_post_of_another_site_becomes_a_get_at_the_provider_and_is_not_repeated() {
    PROVIDER.forgetRequests();
    Visitor visitor = Visitor.of(deployment);
    int before = visitor.hits("protected POST");

    RawResponse challenge =
        visitor
            .request("POST", "/protected/order")
            .from("https://evil.example/")
            .form(FormData.of("password", "wonderland"))
            .send();
    RawResponse page = visitor.browser().followAll(challenge);

    assertThat(challenge.status()).isEqualTo(303);
    RecordedRequest seen = PROVIDER.lastRequest(Endpoint.AUTHORIZATION);
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.body()).isEmpty();
    assertThat(page.url()).isEqualTo(visitor.url("/"));
    assertThat(visitor.hits("protected POST")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "PROPFIND",
        "get",
        "FOO"
      })
  void every_method_is_protected(String method) {
    Visitor visitor = Visitor.of(deployment);
    int before = visitor.hits("filter");

    RawResponse answer =
        visitor
            .request(method, Visitor.PROTECTED)
            .header("Origin", "https://evil.example")
            .header("Access-Control-Request-Method", "GET")
            .send();

    assertThat(answer.status()).isIn(302, 303, 400, 401, 403, 405, 501);
    assertThat(answer.body()).doesNotContain(ProtectedServlet.CANARY);
    assertThat(answer.headers("Access-Control-Allow-Origin")).isEmpty();
    assertThat(visitor.hits("filter")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Original-URL, /public/page",
    "X-Rewrite-URL, /public/page",
    "X-Forwarded-Uri, /public/page",
    "X-Forwarded-Prefix, /public",
    "X-Forwarded-For, 127.0.0.1",
    "X-HTTP-Method-Override, OPTIONS",
    "User-Agent, kube-probe/1.29",
    "If-None-Match, *",
    "If-Modified-Since, 'Thu, 01 Jan 2099 00:00:00 GMT'",
    "Range, bytes=0-9",
    "Authorization, Bearer mF_9.B5f-4.1JqM",
    "Referer, http://localhost/public/page"
  })
  void no_header_opens_a_door(String name, String value) {
    Visitor visitor = Visitor.of(deployment);

    for (String path : List.of(Visitor.PROTECTED, "/static/page.txt")) {
      assertSentToProvider(visitor.request("GET", path).header(name, value).send(), PROVIDER);
    }
  }

  @Test
  void a_handshake_for_a_web_socket_is_refused() {
    RawResponse answer =
        Visitor.of(deployment)
            .request("GET", Visitor.PROTECTED)
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("Sec-Fetch-Mode", "websocket")
            .header("Sec-Fetch-Dest", "empty")
            .send();

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void a_thousand_strangers_leave_no_session_behind() throws InterruptedException {
    Visitor visitor = Visitor.of(deployment);
    int sessions = visitor.hits("sessions");
    List<String> paths =
        List.of(
            Visitor.PROTECTED,
            "/public/page",
            "/oauth/session",
            "/oauth/callback?code=x&state=y",
            "/oauth/logout");
    List<Callable<Boolean>> calls =
        IntStream.range(0, 1000)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      Visitor stranger = Visitor.of(deployment);
                      stranger.get(paths.get(i % paths.size()));
                      return stranger.hasSession();
                    })
            .toList();

    assertThat(Parallel.results(calls, 8)).hasSize(1000).containsOnly(false);

    assertThat(visitor.hits("sessions")).isEqualTo(sessions);
    visitor.signIn();
    assertThat(visitor.hits("sessions")).isEqualTo(sessions + 1);
  }

  @Test
  void a_browser_keeps_eight_pending_logins_and_the_newest_is_among_them() {
    Visitor visitor = Visitor.of(deployment);
    String oldest = visitor.callback();
    // Those of one second are equally old, and not every server keeps cookies in their order.
    Instant later = Instant.now().plusSeconds(1);
    Waiting.until("a second is over", () -> Instant.now().isAfter(later));
    for (int i = 0; i < 12; i++) {
      visitor.get(Visitor.PROTECTED);
      assertThat(visitor.pendingLogins().size()).isLessThanOrEqualTo(8);
    }
    String newest = visitor.callback();

    assertThat(visitor.pendingLogins()).hasSize(8);
    assertThat(visitor.browser().get(newest).status()).isEqualTo(303);
    assertThat(visitor.copy().browser().get(oldest).location())
        .as("whoever is signed in already goes on")
        .isEqualTo(visitor.url("/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "a",
        ";;;",
        "JSESSIONID=",
        "JSESSIONID=../../etc/passwd",
        "JSESSIONID=%00",
        "vestibule-challenge-login-=x",
        "vestibule-challenge-login-x=",
        "vestibule-challenge-login-E9Melhoa2OwvFrEMTJguCH=not-sealed",
        "vestibule-challenge-login-E9Melhoa2OwvFrEMTJguCH=\"quoted; $Path=/",
        "vestibule-challenge-login-\u00fc=\u00fc",
        "$Version=1; JSESSIONID=x"
      })
  void a_broken_cookie_is_as_good_as_none(String cookie) {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.request("GET", Visitor.PROTECTED).header("Cookie", cookie).send();

    if (!Difference.isServersOwn(answer)) {
      assertThat(answer.status()).isIn(302, 400);
    }
    assertThat(answer.body()).doesNotContain(ProtectedServlet.CANARY);
  }

  @Test
  void many_cookies_are_no_trouble() {
    Visitor visitor = Visitor.of(deployment);
    StringBuilder cookies = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      cookies.append("vestibule-challenge-login-").append(i).append("=x; ");
    }

    RawResponse answer =
        visitor.request("GET", Visitor.PROTECTED).header("Cookie", cookies.toString()).send();

    assertSentToProvider(answer, PROVIDER);
  }

  @Test
  void a_browser_without_cookies_comes_to_an_end() {
    PROVIDER.forgetRequests();
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    visitor.browser().cookies().clear();

    RawResponse answer = visitor.browser().followAll(visitor.browser().get(callback));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).hasSizeLessThanOrEqualTo(2);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void a_browser_that_keeps_all_cookies_but_that_of_the_session_comes_to_an_end() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse answer = visitor.get(Visitor.PROTECTED);
    for (int hop = 0; answer.isRedirect() && hop < 20; hop++) {
      answer = visitor.browser().follow(answer);
      visitor.browser().cookies().drop(Visitor.SESSION_COOKIE);
    }

    assertThat(answer.status()).isEqualTo(500);
    assertThat(visitor.log()).contains("VEST4032").contains("no session cookie");
  }

  @Test
  void what_a_public_page_forwards_to_is_the_applications_own_decision() {
    Visitor visitor = Visitor.of(deployment);

    assertThat(visitor.get("/public/dispatch?forward=/protected/page").body())
        .isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.get("/public/dispatch?include=/public/page").body())
        .isEqualTo(PublicServlet.TEXT);
    assertThat(visitor.get("/public/dispatch?include=/protected/page").body())
        .isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  @Test
  void an_error_on_a_public_page_shows_the_error_page_and_no_login_page() {
    RawResponse answer = Visitor.of(deployment).get("/public/dispatch");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).startsWith("principal=\n");
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void every_login_has_secrets_of_its_own() {
    List<FormData> requests =
        IntStream.range(0, 100)
            .mapToObj(i -> Visitor.of(deployment).get(Visitor.PROTECTED).locationQuery())
            .toList();

    for (String name : List.of("state", "nonce", "code_challenge")) {
      assertThat(requests)
          .extracting(request -> request.get(name))
          .doesNotHaveDuplicates()
          .allSatisfy(value -> assertThat(value).matches("[A-Za-z0-9_-]{43}"));
    }
    assertThat(requests)
        .allSatisfy(
            request ->
                assertThat(
                        List.of(
                            request.all("state").get(0),
                            request.all("nonce").get(0),
                            request.all("code_challenge").get(0)))
                    .doesNotHaveDuplicates());
  }

  @Test
  void two_cookies_of_one_name_are_not_chosen_between() {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    Cookie pending = visitor.pendingLogins().get(0);

    RawResponse answer =
        visitor.browser().request("GET", callback).and("Cookie", pending.name() + "=x").send();

    assertSentToProvider(answer, PROVIDER);
    assertThat(visitor.isSignedIn()).isFalse();
  }

  private static void assertRefusedScript(Visitor visitor, RawResponse answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isNotBlank();
    assertThat(answer.header("Location")).isNull();
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertProtected(answer);
    assertThat(visitor.browser().cookies().all()).isEmpty();
  }

  /** As from a browser that knows no Fetch Metadata. */
  private static RawRequest plain(Visitor visitor, String path) {
    return visitor
        .request("GET", path)
        .without("Sec-Fetch-Mode")
        .without("Sec-Fetch-Dest")
        .without("Sec-Fetch-Site");
  }
}
