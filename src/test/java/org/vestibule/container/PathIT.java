package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.PublicServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawResponse;

/**
 * Request targets that are not what they seem, below a context root and at the root of the server.
 */
@ExtendWith(ArquillianExtension.class)
class PathIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("named")
  private URL named;

  @ArquillianResource
  @OperateOnDeployment("root")
  private URL root;

  @Deployment(name = "named", testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("paths");
  }

  @Deployment(name = "root", testable = false)
  static Archive<?> applicationAtRoot() {
    return Application.at(PROVIDER).atRoot("at-root");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  /** Ways to write the path of a protected page so that it may pass for a public one. */
  static Stream<String> tricks() {
    return Stream.of(
        "/protected/page",
        "/protected/page/",
        "/protected//page",
        "//protected/page",
        "///protected/page",
        "/./protected/page",
        "/protected/./page",
        "/protected/page/.",
        "/protected/x/../page",
        "/public/../protected/page",
        "/public/page/../../protected/page",
        "/public/./../protected/page",
        "/public//../protected/page",
        "/public/%2e%2e/protected/page",
        "/public/%2E%2E/protected/page",
        "/public/.%2e/protected/page",
        "/public/%2e./protected/page",
        "/public/..%2fprotected/page",
        "/public/..%2Fprotected%2Fpage",
        "/public%2f..%2fprotected/page",
        "/public/%252e%252e/protected/page",
        "/public/..%252fprotected/page",
        "/public/..;/protected/page",
        "/public/..;x=1/protected/page",
        "/public/%2e%2e;/protected/page",
        "/public;/../protected/page",
        "/public;x=/../protected/page",
        "/;/protected/page",
        "/;x=1/protected/page",
        "/;/public/../protected/page",
        "/protected;x=1/page",
        "/protected;/public/page",
        "/protected/page;x=1",
        "/protected/page;.css",
        "/protected/page;/public/style.css",
        "/protected/page;jsessionid=x",
        "/protected/page%3bx=1",
        "/protected%3b/page",
        "/public\\..\\protected\\page",
        "/public/..\\protected/page",
        "/public/..%5cprotected/page",
        "/public%5c..%5cprotected%5cpage",
        "\\protected\\page",
        "/protected\\page",
        "/protected%5cpage",
        "/protected%2fpage",
        "/%70rotected/page",
        "/%70%72%6f%74%65%63%74%65%64/page",
        "/protected%00/page",
        "/protected/page%00",
        "/protected/page%00.css",
        "/public/page%00/../../protected/page",
        "/protected/page%0a",
        "/protected/page%0d%0aSet-Cookie:x=1",
        "/protected/page%09",
        "/protected/page%7f",
        "/protected/page%20",
        "/protected/page.",
        "/protected/page.css",
        "/protected/page.json",
        "/protected/page%3f.css",
        "/protected/page?/public/page",
        "/protected/page?x=/public/../public/page",
        "/protected/page#/public/page",
        "/protected/page%23/public/page",
        "/PROTECTED/page",
        "/Protected/page",
        "/public/%c0%ae%c0%ae/protected/page",
        "/public/%e0%80%ae%e0%80%ae/protected/page",
        "/public/%uff0e%uff0e/protected/page",
        "/public/..%c0%afprotected/page",
        "/protected%c0%afpage",
        "/protected/%",
        "/protected/%zz",
        "/protected/%f",
        "/protected/\u00fc",
        "/public/../static/page.txt",
        "/public/..;/static/page.txt",
        "/static/page.txt;.css",
        "/static;/page.txt",
        "/static//page.txt",
        "/static/%70age.txt",
        "/static/page.txt%20",
        "/static/page.txt.",
        "/static/PAGE.TXT",
        "/static/page.txt/",
        "/public/../index.html",
        "/public/..",
        "/public/../",
        "/public/%2e%2e/",
        "/WEB-INF/web.xml",
        "//WEB-INF/web.xml",
        "/web-inf/web.xml",
        "/public/../WEB-INF/classes/META-INF/microprofile-config.properties",
        "/public/%2e%2e/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/oauth/session/../../protected/page",
        "/oauth/session;/../../protected/page",
        "/oauth/login/..;/../protected/page",
        "/oauth/callback/%2e%2e/%2e%2e/protected/page",
        "/public/style.css/../../protected/page",
        "/protected/" + "a/".repeat(1000));
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void no_spelling_opens_a_protected_page(String path) {
    for (URL deployment : List.of(named, root)) {
      Visitor visitor = Visitor.of(deployment);
      int before = visitor.hits("filter");
      for (String method : List.of("GET", "POST", "HEAD")) {
        RawResponse answer =
            visitor.request(method, "/").target(visitor.contextPath() + path).send();

        assertThat(answer.body())
            .as(answer.toString())
            .doesNotContain(ProtectedServlet.CANARY, "oauth.client-secret", "<web-app");
        if (!Difference.isServersOwn(answer)) {
          assertThat(answer.status())
              .as(answer.toString())
              .isIn(302, 303, 400, 401, 403, 404, 405, 431);
        }
        assertThat(answer.headers("Set-Cookie")).noneMatch(line -> line.startsWith("x=1"));
      }
      assertThat(visitor.hits("filter")).as("something behind the filter ran").isEqualTo(before);
    }
  }

  @Test
  void the_protected_page_is_there_for_whoever_is_signed_in() {
    for (URL deployment : List.of(named, root)) {
      Visitor visitor = Visitor.signedInAt(deployment);

      assertThat(visitor.get("/%70rotected/page").body()).isEqualTo(ProtectedServlet.CANARY);
      assertThat(visitor.get("/static/page.txt").body()).isEqualTo(ProtectedServlet.CANARY);
      assertThat(visitor.get("/").body()).isEqualTo(ProtectedServlet.CANARY);
      assertThat(visitor.get("/there-is-nothing-here").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/page",
        "/public/page?x=;..//%2e%2e\\",
        "/public/p%61ge",
        "/%70ublic/page"
      })
  void a_public_page_is_open_in_every_honest_spelling(String path) {
    for (URL deployment : List.of(named, root)) {
      Visitor visitor = Visitor.of(deployment);
      RawResponse answer = visitor.request("GET", "/").target(visitor.contextPath() + path).send();

      if (!path.endsWith("\\") || !Difference.isServersOwn(answer)) {
        assertThat(answer.body()).isEqualTo(PublicServlet.TEXT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/./page",
        "/public//page",
        "/public/x/../page",
        "/public/page;x=1",
        "/public;/page",
        "/public/%2e/page"
      })
  void a_public_page_in_a_spelling_with_tricks_is_not_public(String path) {
    for (URL deployment : List.of(named, root)) {
      Visitor visitor = Visitor.of(deployment);

      RawResponse answer = visitor.request("GET", "/").target(visitor.contextPath() + path).send();

      assertThat(answer.body()).doesNotContain(PublicServlet.TEXT);
    }
  }

  @Test
  void an_absolute_request_target_is_judged_like_any_other() {
    for (URL deployment : List.of(named, root)) {
      Visitor visitor = Visitor.of(deployment);

      RawResponse protectedPage =
          visitor.request("GET", "/").target(visitor.url(Visitor.PROTECTED)).send();
      RawResponse publicPage =
          visitor.request("GET", "/").target(visitor.url("/public/page")).send();
      RawResponse trick =
          visitor.request("GET", "/").target(visitor.url("/public/..;/protected/page")).send();

      assertSentToProvider(protectedPage, PROVIDER);
      assertThat(publicPage.body()).isEqualTo(PublicServlet.TEXT);
      assertThat(trick.body()).doesNotContain(ProtectedServlet.CANARY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/",
        "//evil.example/%2e%2e",
        "//evil.example/..;/",
        "///evil.example/",
        "/\\evil.example/",
        "/%5cevil.example/",
        "/%2fevil.example/",
        "//evil.example//",
        "/.//evil.example/",
        "/x/..//evil.example/",
        "/;//evil.example/",
        "/%09/evil.example/",
        "//localhost@evil.example/"
      })
  void a_first_request_that_looks_like_another_host_leads_nowhere_else(String target) {
    for (URL deployment : List.of(named, root)) {
      Visitor visitor = Visitor.of(deployment);
      RawResponse challenge =
          visitor.request("GET", "/").target(visitor.contextPath() + target).send();
      if (challenge.isRedirect() && challenge.location().startsWith(PROVIDER.origin())) {
        RawResponse done = visitor.browser().get(visitor.browser().follow(challenge).location());

        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location())
            .startsWith(whoAsked(challenge, visitor))
            .doesNotContain("evil.example");
      } else if (!Difference.isServersOwn(challenge)) {
        assertThat(challenge.status()).isIn(400, 404);
      }
    }
  }

  /** The root of the application that sent a stranger to the provider. */
  private String whoAsked(RawResponse challenge, Visitor visitor) {
    String redirectUri = challenge.locationQuery().get("redirect_uri");
    String elsewhere = Visitor.of(root).url("/oauth/callback");
    return elsewhere.equals(redirectUri)
            && Difference.CHOOSES_THE_APPLICATION_BEFORE_DOTS_ARE_RESOLVED.isHere()
        ? Visitor.of(root).url("/")
        : visitor.url("/");
  }

  @Test
  void the_host_that_was_asked_for_is_not_remembered() {
    Visitor visitor = Visitor.of(named);
    RawResponse challenge =
        visitor.request("GET", Visitor.PROTECTED).header("Host", "127.0.0.1:1").send();

    RawResponse done =
        visitor
            .browser()
            .get(
                visitor
                    .browser()
                    .follow(challenge)
                    .location()
                    .replace("http://127.0.0.1:1", visitor.url("").replace("/paths", "")));

    assertThat(done.header("Location")).isEqualTo("/paths" + Visitor.PROTECTED);
  }
}
