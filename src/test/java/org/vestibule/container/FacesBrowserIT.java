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

/** The scripts of Jakarta Faces and of htmx in a real browser, after their session has ended. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class FacesBrowserIT {

  private static final By ORDER = By.id("desk:order");
  private static final By SEND = By.id("desk:send");
  private static final By GOLD = By.id("desk:gold");
  private static final By ANSWER = By.id("answer");

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  private Chromium chromium;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).withFaces("faces-browser");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    PROVIDER.idTokenClaims(claims -> {});
    chromium = Chromium.start();
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  private String url(String path) {
    return deployment.toString().replaceFirst("/$", "") + path;
  }

  private void order(String what, By button) {
    chromium.type(ORDER, what);
    chromium.see(button).click();
  }

  @Test
  void a_view_whose_session_has_ended_signs_in_and_is_there_again() {
    chromium.open(url("/orders.xhtml?table=7"));
    order("tea", SEND);
    chromium.seeText(ANSWER, "ordered tea for j.doe");
    PROVIDER.forgetRequests();

    chromium.forgetCookie("JSESSIONID");
    order("coffee", SEND);
    chromium.seeText(ANSWER, "nothing yet");
    order("cocoa", SEND);
    chromium.seeText(ANSWER, "ordered cocoa for j.doe");

    assertThat(chromium.url()).isEqualTo(url("/orders.xhtml?table=7"));
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).hasSize(1);
  }

  @Test
  void a_view_whose_action_needs_a_stronger_login_gets_it() {
    chromium.open(url("/orders.xhtml?table=8"));
    PROVIDER.idTokenClaims(claims -> claims.put("acr", "gold"));
    PROVIDER.forgetRequests();

    order("bars", GOLD);
    chromium.await(() -> PROVIDER.requests(Endpoint.AUTHORIZATION).size() == 1);
    chromium.await(
        () -> {
          order("bars", GOLD);
          return chromium.text().contains("ordered bars for j.doe");
        });

    assertThat(chromium.url()).isEqualTo(url("/orders.xhtml?table=8"));
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION))
        .singleElement()
        .extracting(request -> request.query().get("acr_values"))
        .isEqualTo("gold");
  }

  @Test
  void htmx_signs_in_and_is_on_its_page_again() {
    chromium.open(url("/public/htmx.html?a=1"));
    PROVIDER.forgetRequests();
    chromium.press("Ask");
    chromium.await(() -> PROVIDER.requests(Endpoint.AUTHORIZATION).size() == 1);
    chromium.await(
        () -> {
          chromium.press("Ask");
          return chromium.text().contains("remoteUser=j.doe");
        });

    assertThat(chromium.url()).isEqualTo(url("/public/htmx.html?a=1"));
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).hasSize(1);
  }
}
