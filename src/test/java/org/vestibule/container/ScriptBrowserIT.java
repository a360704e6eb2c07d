package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.List;
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

/** Somebody with a real browser on a page whose script needs a login. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class ScriptBrowserIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  private Chromium chromium;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("scripts");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    chromium = Chromium.start();
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  private String url(String path) {
    return deployment.toString().replaceFirst("/$", "") + path;
  }

  private String page() {
    return url("/public/fetch.html?a=1&b=%C3%A4");
  }

  @Test
  void a_fetch_ends_signed_in_on_the_same_page() {
    chromium.open(page());
    chromium.press("Ask");
    chromium.await(
        () -> {
          chromium.press("Ask");
          return chromium.text().contains("remoteUser=j.doe");
        });

    assertThat(chromium.url()).isEqualTo(page());
  }

  @Test
  void what_a_script_wanted_to_send_stays_on_its_page() {
    chromium.open(page());
    chromium.type(By.id("text"), "Zwölf Boxkämpfer");
    chromium.press("Send");
    chromium.see(By.id("login"));
    String tab = chromium.currentTab();
    chromium.press("Sign in to send it");
    chromium.goToOtherTab(tab);
    chromium.await(() -> chromium.url().equals(page()));
    chromium.goToTab(tab);
    chromium.press("Send");
    chromium.seeText(By.id("answer"), "{\"text\":\"Zwölf Boxkämpfer\"}");
  }

  @Test
  void a_picture_a_frame_and_a_prefetch_begin_no_login_and_a_click_does() {
    PROVIDER.forgetRequests();
    chromium.open(url("/public/embedding.html"));
    for (String what : List.of("prefetch", "image", "frame")) {
      chromium.await(() -> isLoaded(what));
    }
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).isEmpty();

    chromium.press("The page itself");
    chromium.await(() -> chromium.url().equals(url("/protected/page?click")));
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).hasSize(1);
  }

  private boolean isLoaded(String what) {
    return Boolean.TRUE.equals(
        chromium.evaluate(
            "performance.getEntriesByType('resource').some(e => e.name.endsWith('?"
                + what
                + "'))"));
  }
}
