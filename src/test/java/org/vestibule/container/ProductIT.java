package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/** The product's own WAR, as it was built, at a provider that three settings name. */
@ExtendWith(ArquillianExtension.class)
class ProductIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).without("public-paths").product("product");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/favicon.svg", "/assets/vestibule.css"})
  void the_welcome_page_and_what_it_needs_are_public(String path) {
    RawResponse answer = Visitor.of(deployment).get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/account/", "/account/index.html", "/showcase/api", "/assetsx", "/x"})
  void everything_else_needs_a_login(String path) {
    assertSentToProvider(Visitor.of(deployment).get(path), PROVIDER);
  }

  @Test
  void a_user_signs_in_refreshes_and_signs_out_and_no_page_has_a_token() {
    List<String> tokens = new CopyOnWriteArrayList<>();
    PROVIDER.tokenResponse(
        response -> {
          for (String name : List.of("access_token", "refresh_token", "id_token")) {
            tokens.add(String.valueOf(response.get(name)));
          }
        });
    Visitor visitor = Visitor.of(deployment);
    RawBrowser browser = visitor.browser();

    RawResponse account = browser.followAll(visitor.get("/account/"));
    assertThat(account.status()).isEqualTo(200);
    assertThat(account.url()).isEqualTo(visitor.url("/account/"));
    assertThat(account.body()).contains("<html");
    assertThat(visitor.session()).containsEntry("name", "j.doe");

    String csrfToken = String.valueOf(visitor.session().get("csrf_token"));
    RawResponse forged = visitor.request("POST", "/showcase/refresh").asFetch().send();
    RawResponse refreshed =
        visitor
            .request("POST", "/showcase/refresh")
            .asFetch()
            .header("X-CSRF-Token", csrfToken)
            .send();
    assertThat(forged.status()).isEqualTo(403);
    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(refreshed.json()).containsKey("access_token_expires_at");

    RawResponse logoutPage = visitor.get("/oauth/logout");
    RawResponse landing = browser.followAll(browser.submit(logoutPage));
    assertThat(landing.url()).isEqualTo(visitor.url("/oauth/logged-out"));
    assertThat(PROVIDER.requests(Endpoint.REVOCATION)).hasSize(2);
    assertSentToProvider(visitor.get("/account/"), PROVIDER);

    assertThat(tokens).hasSize(6);
    for (RawResponse page : List.of(account, forged, refreshed, logoutPage, landing)) {
      assertThat(page.body()).doesNotContain(tokens);
    }
  }

  @Test
  void its_session_cookie_has_a_name_of_its_own() {
    Visitor visitor = Visitor.of(deployment);
    visitor.browser().followAll(visitor.get("/account/"));

    Cookie session = visitor.browser().cookies().named("VESTIBULE_SESSION").orElseThrow();
    assertThat(session.httpOnly()).isTrue();
    assertThat(session.sameSite()).isEqualTo("Lax");
    assertThat(visitor.hasSession()).as("the server's common name").isFalse();
  }
}
