package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
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
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** The redirection URI is what was configured, or a loopback address, and nothing else ever. */
@ExtendWith(ArquillianExtension.class)
class PublicAddressIT {

  private static final String PUBLIC_URL = "https://portal.example";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("local")
  private URL local;

  @ArquillianResource
  @OperateOnDeployment("public")
  private URL published;

  @ArquillianResource
  @OperateOnDeployment("proxied")
  private URL proxied;

  @Deployment(name = "proxied", testable = false)
  static WebArchive applicationBehindAProxy() {
    return Application.at(PROVIDER).with("trusted-proxies", "127.0.0.1,::1").war("proxied");
  }

  @Deployment(name = "local", testable = false)
  static WebArchive localApplication() {
    return Application.at(PROVIDER).war("local");
  }

  @Deployment(name = "public", testable = false)
  static WebArchive publicApplication() {
    return Application.at(PROVIDER).with("public-url", PUBLIC_URL).war("published");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.1.evil.example",
        "notlocalhost",
        "10.0.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "[2001:db8::1]"
      })
  void no_login_begins_on_a_host_that_nobody_configured(String host) {
    Visitor visitor = Visitor.of(local);

    for (String path : List.of(Visitor.PROTECTED, "/oauth/login")) {
      RawResponse answer = visitor.request("GET", path).header("Host", host).send();

      assertThat(answer.status()).isEqualTo(400);
      assertNeutralPage(answer);
      assertThat(answer.headers("Set-Cookie")).isEmpty();
      assertThat(answer.body()).doesNotContain(host);
    }
    assertThat(visitor.log().lines().filter(line -> line.startsWith("WARNING VEST4005")))
        .isNotEmpty()
        .allMatch(line -> line.contains("set oauth.public-url"))
        .noneMatch(line -> line.contains("evil.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost@evil.example",
        "evil.example#localhost",
        "evil.example/localhost",
        "localhost:80@evil.example",
        "localhost evil.example",
        "evil.example\\localhost",
        "localhost:evil.example",
        ""
      })
  void a_host_that_is_none_never_gets_into_an_address(String host) {
    RawResponse answer =
        Visitor.of(local).request("GET", Visitor.PROTECTED).header("Host", host).send();

    if (!Difference.isServersOwn(answer)) {
      assertThat(answer.status()).isIn(302, 400);
    }
    if (answer.status() == 302) {
      assertThat(answer.locationQuery().get("redirect_uri"))
          .matches("http://(localhost|127\\.0\\.0\\.1)(:\\d+)?/local/oauth/callback");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Host, evil.example",
    "X-Forwarded-Server, evil.example",
    "X-Forwarded-Port, 4711",
    "X-Forwarded-Prefix, /evil",
    "Forwarded, host=evil.example;proto=https",
    "X-Host, evil.example",
    "X-Original-Host, evil.example",
    "X-HTTP-Host-Override, evil.example",
    "Origin, https://evil.example",
    "Referer, https://evil.example/"
  })
  void what_a_proxy_or_anybody_says_about_the_host_counts_for_nothing(String name, String value) {
    for (URL deployment : List.of(local, published)) {
      Visitor visitor = Visitor.of(deployment);
      RawResponse answer = visitor.request("GET", Visitor.PROTECTED).header(name, value).send();

      assertSentToProvider(answer, PROVIDER);
      assertThat(answer.locationQuery().all("redirect_uri")).containsExactly(redirectUri(visitor));
    }
  }

  @Test
  void a_request_target_with_another_host_does_not_change_the_redirection_uri() {
    RawResponse atLocal =
        Visitor.of(local)
            .request("GET", Visitor.PROTECTED)
            .target("http://evil.example/local/protected/page")
            .send();
    RawResponse atPublished =
        Visitor.of(published)
            .request("GET", Visitor.PROTECTED)
            .target("http://evil.example/published/protected/page")
            .send();

    assertThat(atLocal.status()).isIn(302, 400);
    assertThat(String.valueOf(atLocal.header("Location"))).doesNotContain("evil.example");
    assertThat(String.valueOf(atPublished.header("Location"))).doesNotContain("evil.example");
  }

  @Test
  void a_host_that_nobody_configured_still_has_public_pages_and_answers_for_scripts() {
    Visitor visitor = Visitor.of(local);

    assertThat(visitor.request("GET", "/public/page").header("Host", "evil.example").send().body())
        .isEqualTo(PublicServlet.TEXT);
    RawResponse session =
        visitor.request("GET", "/oauth/session").header("Host", "evil.example").send();
    assertThat(session.json()).containsEntry("login_url", "/local/oauth/login");
    RawResponse script =
        visitor.request("GET", Visitor.PROTECTED).asFetch().header("Host", "evil.example").send();
    assertThat(script.json()).containsEntry("login_url", "/local/oauth/login");
  }

  @Test
  void on_a_developers_machine_nothing_needs_to_be_set() {
    Visitor visitor = Visitor.of(local);
    String port = ":" + local.getPort();

    for (String host : List.of("localhost" + port, "127.0.0.1" + port, "portal.localhost" + port)) {
      RawResponse answer = visitor.request("GET", Visitor.PROTECTED).header("Host", host).send();

      assertThat(answer.locationQuery().get("redirect_uri"))
          .isEqualTo("http://" + host + "/local/oauth/callback");
    }
  }

  @Test
  void a_configured_address_is_used_whatever_was_asked_for() {
    for (String host : List.of("evil.example", "localhost", "portal.example")) {
      RawResponse answer =
          Visitor.of(published).request("GET", Visitor.PROTECTED).header("Host", host).send();

      assertThat(answer.locationQuery().all("redirect_uri"))
          .containsExactly(PUBLIC_URL + "/published/oauth/callback");
    }
  }

  @Test
  void behind_https_cookies_are_secure_and_bound_to_the_host() {
    Visitor visitor = Visitor.of(published);

    RawResponse done = finish(visitor, visitor.get("/protected/page?a=b"));

    assertThat(done.header("Location")).isEqualTo("/published/protected/page?a=b");
    assertThat(visitor.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
    Cookie session = visitor.browser().cookies().named("JSESSIONID").orElseThrow();
    assertThat(session.secure()).isTrue();
    assertThat(session.httpOnly()).isTrue();
    assertThat(session.sameSite()).isEqualTo("Lax");
    assertThat(visitor.pendingLogins()).as("taken out of the browser").isEmpty();
  }

  @Test
  void behind_https_the_cookie_of_a_pending_login_has_the_prefix_for_hosts() {
    Visitor visitor = Visitor.of(published);
    visitor.get(Visitor.PROTECTED);

    assertThat(visitor.pendingLogins())
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.name()).startsWith("__Host-vestibule-published-login-");
              assertThat(cookie.secure()).isTrue();
              assertThat(cookie.httpOnly()).isTrue();
              assertThat(cookie.path()).isEqualTo("/");
              assertThat(cookie.domain()).isNull();
              assertThat(cookie.sameSite()).isEqualTo("Lax");
            });
  }

  /** CB-25: by plain http browsers send no cookie of that prefix, and others can plant none. */
  @Test
  void a_response_by_plain_http_finishes_no_login_of_https() {
    Visitor visitor = Visitor.of(published);
    RawResponse challenge = visitor.get(Visitor.PROTECTED);
    Cookie pending = visitor.pendingLogins().get(0);
    String callback = visitor.browser().follow(challenge).location();
    String query = callback.substring(callback.indexOf('?'));
    PROVIDER.forgetRequests();

    for (String prefix : List.of("", "__Secure-", "__host-", "__Host-x")) {
      RawResponse answer =
          visitor
              .stranger()
              .request("GET", "/oauth/callback" + query)
              .header("Cookie", pending.name().replace("__Host-", prefix) + "=" + pending.value())
              .send();
      assertThat(answer.status()).as(prefix).isEqualTo(400);
      assertNeutralPage(answer);
    }
    assertThat(PROVIDER.requests()).isEmpty();
    assertThat(visitor.get("/oauth/callback" + query).header("Location"))
        .isEqualTo("/published" + Visitor.PROTECTED);
  }

  @Test
  void after_a_logout_the_provider_sends_the_browser_to_the_configured_address() {
    Visitor visitor = Visitor.of(published);
    finish(visitor, visitor.get(Visitor.PROTECTED));

    RawResponse done =
        visitor
            .browser()
            .submit(visitor.request("GET", "/oauth/logout").header("Host", "evil.example").send());

    assertThat(done.locationQuery().all("post_logout_redirect_uri"))
        .containsExactly(PUBLIC_URL + "/published/oauth/logged-out");
  }

  /** What the proxy in front of the server would do with the authorization response. */
  private static RawResponse finish(Visitor visitor, RawResponse challenge) {
    String callback = visitor.browser().follow(challenge).location();
    assertThat(callback).startsWith(PUBLIC_URL + "/published/oauth/callback?");
    return visitor.get("/oauth/callback" + callback.substring(callback.indexOf('?')));
  }

  private static String redirectUri(Visitor visitor) {
    return visitor.contextPath().equals("/published")
        ? PUBLIC_URL + "/published/oauth/callback"
        : visitor.url("/oauth/callback");
  }

  /** AR-06, CF-11: the tests come from the address of the proxy, the headers are its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto: https, X-Forwarded-Host: portal.example",
        "Forwarded: for=192.0.2.60;proto=https;host=portal.example"
      })
  void behind_a_trusted_proxy_the_address_is_what_it_says(String headers) {
    Visitor visitor = Visitor.of(proxied);
    RawRequest request = visitor.request("GET", Visitor.PROTECTED);
    for (String header : headers.split(", ")) {
      request = request.header(header.split(": ")[0], header.split(": ")[1]);
    }
    RawResponse answer = request.header("Host", "backend.internal").send();

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.location())
        .contains("redirect_uri=https%3A%2F%2Fportal.example%2Fproxied%2Foauth%2Fcallback");
    assertThat(answer.headers("Set-Cookie"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.matches("(?i)__Host-.*; Secure(;.*)?"));
  }

  @Test
  void a_browser_of_its_own_words_is_not_believed() {
    RawResponse answer =
        Visitor.of(proxied)
            .request("GET", Visitor.PROTECTED)
            .header("Forwarded", "proto=https;host=evil.example, proto=https;host=portal.example")
            .header("X-Forwarded-Host", "evil.example")
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }
}
