package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertProtected;

import java.net.URL;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.OwnPageServlet;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawResponse;

/** The built-in pages in the server, and those of an application in their place. */
@ExtendWith(ArquillianExtension.class)
class PagesIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  private static final String EVIL = "\"'><script>alert(1)</script>";
  private static final String EVIL_ENCODED = "%22%27%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";

  @ArquillianResource
  @OperateOnDeployment("plain")
  private URL plain;

  @ArquillianResource
  @OperateOnDeployment("own")
  private URL own;

  @ArquillianResource
  @OperateOnDeployment("careless")
  private URL careless;

  @ArquillianResource
  @OperateOnDeployment("failing")
  private URL failing;

  @Deployment(name = "plain", testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("pages-plain");
  }

  @Deployment(name = "own", testable = false)
  static WebArchive ownPages() {
    return Application.at(PROVIDER)
        .with("error-page", "/own/attributes")
        .with("logout-page", "/own/form")
        .with("logged-out-page", "/own-pages/goodbye.html")
        .war("pages-own")
        .addAsWebResource(new StringAsset("<h1>Good bye, ä</h1>"), "own-pages/goodbye.html");
  }

  @Deployment(name = "careless", testable = false)
  static WebArchive carelessPages() {
    return Application.at(PROVIDER)
        .with("error-page", "/own/careless")
        .with("logout-page", "/own/redirecting")
        .war("pages-careless");
  }

  @Deployment(name = "failing", testable = false)
  static WebArchive failingPages() {
    return Application.at(PROVIDER)
        .with("error-page", "/own/failing")
        .with("logout-page", "/own/halfway")
        .with("logged-out-page", "/there-is-none.html")
        .war("pages-failing");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static RawResponse inLanguage(Visitor visitor, String path, String language) {
    return visitor
        .request("GET", path)
        .without("Accept-Language")
        .header("Accept-Language", language)
        .send();
  }

  @ParameterizedTest
  @CsvSource({
    "de-AT;q=0.9, de, Sie sind abgemeldet",
    "fr, fr, Vous êtes déconnecté",
    "es-419, es, Ha cerrado sesión",
    "ja, ja, サインアウトしました",
    "en-GB, en, You have signed out",
    "tlh, en, You have signed out",
    "he, he, יצאת מהמערכת"
  })
  void a_page_is_in_the_language_of_the_browser(String wanted, String language, String title) {
    RawResponse page = inLanguage(Visitor.of(plain), "/oauth/logged-out", wanted);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
    assertThat(page.header("Content-Language")).isEqualTo(language);
    assertThat(page.body()).contains("<html lang=\"" + language + "\"", "<h1>" + title);
  }

  @Test
  void a_language_that_is_written_from_right_to_left_is() {
    assertThat(inLanguage(Visitor.of(plain), "/oauth/logged-out", "he").body())
        .contains("<html lang=\"he\" dir=\"rtl\">");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth/login?provider=" + EVIL_ENCODED,
        "/oauth/login?return=" + EVIL_ENCODED + "&provider=x",
        "/oauth/login?provider=x&return=/pages-plain/" + EVIL_ENCODED,
        "/oauth/callback?error=" + EVIL_ENCODED + "&error_description=" + EVIL_ENCODED,
        "/oauth/callback?state=" + EVIL_ENCODED + "&code=" + EVIL_ENCODED,
        "/oauth/callback?state=x&error=access_denied&error_uri=" + EVIL_ENCODED,
        "/oauth/logged-out?" + EVIL_ENCODED + "=" + EVIL_ENCODED,
        "/oauth/logout?csrf_token=" + EVIL_ENCODED
      })
  void nothing_that_a_browser_sends_becomes_part_of_a_page(String path) {
    for (URL deployment : new URL[] {plain, own, careless, failing}) {
      Visitor visitor = Visitor.signedInAt(deployment);
      for (String method : new String[] {"GET", "POST"}) {
        RawResponse page = visitor.request(method, path).send();

        assertThat(page.body()).doesNotContain(EVIL, "alert(1)", "<script");
      }
    }
  }

  /** A name can be anything: here somebody made trouble at the provider. */
  @Test
  void nothing_that_a_provider_says_of_a_user_becomes_part_of_a_page() {
    PROVIDER.idTokenClaims(claims -> claims.put("preferred_username", EVIL));
    try {
      Visitor visitor = Visitor.signedInAt(plain);

      assertThat(visitor.session()).containsEntry("name", EVIL);
      assertThat(visitor.get("/oauth/logout").body()).doesNotContain("<script");
      assertThat(visitor.get("/oauth/session").body()).contains("script");
      assertThat(visitor.get("/oauth/session").header("Content-Type"))
          .startsWith("application/json");
    } finally {
      PROVIDER.idTokenClaims(claims -> {});
    }
  }

  @Test
  void a_page_of_the_application_is_told_what_happened_and_no_secret() {
    RawResponse page =
        inLanguage(
            Visitor.of(own), "/oauth/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj", "de");
    Map<String, String> lines = lines(page);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.header("Content-Type")).startsWith("text/plain");
    assertThat(lines)
        .containsEntry("name", "failed")
        .containsEntry("status", "400")
        .containsEntry("title", "Die Anmeldung hat nicht geklappt")
        .containsEntry("language", "de")
        .containsEntry("direction", "ltr")
        .containsEntry("retry_url", "/pages-own/")
        .containsEntry("method", "GET")
        .containsEntry("query", "null")
        .containsEntry("forwarded", "null")
        .containsEntry("parameters", "0");
    assertThat(lines.get("message")).matches("VEST\\d{4}");
    assertThat(lines.get("correlation_id")).matches("[A-Za-z0-9]{10}");
    assertThat(Visitor.of(own).log()).contains(lines.get("correlation_id"), lines.get("message"));
    assertThat(page.body()).doesNotContain("SplxlOBeZQQYbYS6WxSbIA", "af0ifjsldkj");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
  }

  @Test
  void its_page_is_not_open_to_whoever_asks_for_it() {
    assertThat(Visitor.of(own).get("/own/attributes").isRedirect()).isTrue();
  }

  @Test
  void a_script_is_answered_as_ever() {
    RawResponse answer =
        Visitor.of(own).request("GET", "/oauth/callback?state=x&code=y").asFetch().send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json()).containsEntry("error", "failed");
  }

  @Test
  void its_sign_out_page_signs_out() {
    Visitor visitor = Visitor.signedInAt(own);
    RawResponse page = visitor.get("/oauth/logout");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy")).isEqualTo("default-src 'self'");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    RawResponse landing = visitor.browser().followAll(visitor.browser().submit(page));

    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(landing.url()).isEqualTo(visitor.url("/oauth/logged-out"));
    assertThat(landing.status()).isEqualTo(200);
    assertThat(landing.body()).isEqualTo("<h1>Good bye, ä</h1>");
    assertThat(landing.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void a_static_page_is_whole_whatever_the_browser_remembers_of_it() {
    RawResponse page =
        Visitor.of(own)
            .request("GET", "/oauth/logged-out")
            .header("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
            .header("If-None-Match", "*")
            .header("Range", "bytes=0-3")
            .send();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("<h1>Good bye, ä</h1>");
  }

  @Test
  void a_careless_page_changes_neither_the_status_nor_what_is_cached() {
    RawResponse page = Visitor.of(careless).get("/oauth/callback");

    assertThat(page.body()).isEqualTo("careless");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Expires")).isNull();
  }

  @Test
  void a_page_that_fails_gives_way_to_the_built_in_one() {
    Visitor visitor = Visitor.signedInAt(failing);

    assertBuiltIn(visitor.get("/oauth/callback"), 400, "Signing in did not work");
    assertBuiltIn(visitor.get("/oauth/logout"), 200, "Sign out?");
    assertBuiltIn(visitor.get("/oauth/logged-out"), 200, "You have signed out");
    assertBuiltIn(Visitor.signedInAt(careless).get("/oauth/logout"), 200, "Sign out?");
    assertThat(visitor.log())
        .contains(
            Refusal.PAGE_FAILED.code(),
            "oauth.error-page=/own/failing",
            "oauth.logout-page=/own/halfway",
            "oauth.logged-out-page=/there-is-none.html");
  }

  private static void assertBuiltIn(RawResponse page, int status, String title) {
    assertThat(page.status()).as(page.toString()).isEqualTo(status);
    assertThat(page.body())
        .startsWith("<!DOCTYPE html>")
        .contains("<h1>" + title)
        .doesNotContain(OwnPageServlet.HALF, "Exception", "at org.");
    assertProtected(page);
  }

  private static Map<String, String> lines(RawResponse page) {
    Map<String, String> lines = new java.util.LinkedHashMap<>();
    page.body()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> lines.put(pair[0], pair[1]));
    return lines;
  }
}
