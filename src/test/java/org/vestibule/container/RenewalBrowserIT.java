package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.vestibule.showcase.Chromium;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;

/** Somebody with a real browser whose session has ended, on a page with a fragment. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class RenewalBrowserIT {

  private static final String PAGE = "/static/routes.html?a=1#/orders/7";
  private static final String HEADING = "Route ?a=1#/orders/7";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET).interactive());

  @ArquillianResource private URL deployment;

  private Chromium chromium;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("renewal", "silent")
        .with("session-expired", "page")
        .with("keep-fragment", "on")
        .war("renewalbrowser");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void somebody_whose_session_has_ended() {
    chromium = Chromium.start();
    chromium.resize(1000, 800, false);
    chromium.open(url(PAGE));
    signIn();
    chromium.seePage(HEADING);
    chromium.forgetCookie("JSESSIONID");
    PROVIDER.forgetRequests();
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  private String url(String path) {
    return deployment.toString().replaceFirst("/$", "") + path;
  }

  private void signIn() {
    chromium.type(By.name("username"), "jane");
    chromium.type(By.name("password"), "secret");
    chromium.see(By.cssSelector("button[value=grant]")).click();
  }

  @Test
  void who_is_known_to_the_provider_notices_nothing() {
    chromium.reload();
    chromium.await(() -> PROVIDER.requests(Endpoint.USERINFO).size() == 1);
    chromium.seePage(HEADING);

    assertThat(chromium.url()).isEqualTo(url(PAGE));
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).hasSize(1);
  }

  @Test
  void who_is_not_is_told_signs_in_and_goes_on_where_they_were() {
    chromium.forgetCookie("as_session");
    chromium.reload();
    chromium.seePage("Your session has ended");
    chromium.press("Sign in");
    signIn();
    chromium.seePage(HEADING);

    assertThat(chromium.url()).isEqualTo(url(PAGE));
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION))
        .extracting(request -> request.query().get("prompt"))
        .containsExactly("none", null);
  }
}
