package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
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
import org.vestibule.testing.Certificate;
import org.vestibule.testing.TestCertificates;
import org.vestibule.testing.TlsFront;

/**
 * An application in the frame of another site, in a real browser that keeps cookies from it: the
 * page is at 127.0.0.1, the application at localhost.
 */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class PartitionedBrowserIT {

  private static final By FRAME = By.id("frame");
  private static final String NAME = "framedbrowser";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c ->
              c.client(Application.CLIENT_ID, Application.CLIENT_SECRET)
                  .https(Certificate.TRUSTED)
                  .interactive());
  private static final TlsFront FRONT = TlsFront.before(Integer.getInteger("it.http.port"));

  private Chromium chromium;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("tls-trust-store-file", TestCertificates.authorityPem().toString())
        .with("public-url", "https://localhost:" + FRONT.port())
        .with("cookie-partitioned", "on")
        .war(NAME);
  }

  @AfterAll
  static void stop() {
    FRONT.close();
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    chromium = Chromium.startBlockingThirdParties();
    chromium.resize(1000, 800, false);
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  private static String url(String host, String path) {
    return "https://" + host + ":" + FRONT.port() + "/" + NAME + path;
  }

  private void signIn(String name) {
    chromium.type(By.name("username"), name);
    chromium.type(By.name("password"), "secret");
    chromium.see(By.cssSelector("button[value=grant]")).click();
  }

  private void signInInFrame(String name) {
    chromium.open(url("127.0.0.1", "/public/framing.html"));
    chromium.goIntoFrame(FRAME);
    chromium.press("Sign in here");
    signIn(name);
    chromium.await(() -> chromium.text().contains("remoteUser=" + name));
  }

  @Test
  void who_signs_in_within_the_frame_is_signed_in_there_and_nowhere_else() {
    signInInFrame("jane");
    chromium.picture("frame-signed-in");
    chromium.reload();
    chromium.goIntoFrame(FRAME);
    chromium.press("Who am I");
    chromium.await(() -> chromium.text().contains("remoteUser=jane"));

    String tab = chromium.openTab(url("localhost", "/whoami"));
    chromium.see(By.name("username"));
    assertThat(chromium.url()).startsWith(PROVIDER.issuer());
    chromium.picture("frame-nobody-in-a-tab");

    signIn("john");
    chromium.await(() -> chromium.text().contains("remoteUser=john"));
    chromium.goToTab(tab);
    chromium.reload();
    chromium.goIntoFrame(FRAME);
    chromium.press("Who am I");
    chromium.await(() -> chromium.text().contains("remoteUser=jane"));
  }

  @Test
  void who_is_signed_in_in_a_tab_is_nobody_in_the_frame() {
    chromium.open(url("localhost", "/whoami"));
    signIn("john");
    chromium.await(() -> chromium.text().contains("remoteUser=john"));
    chromium.open(url("127.0.0.1", "/public/framing.html"));
    chromium.goIntoFrame(FRAME);
    chromium.press("Sign in here");
    chromium.see(By.name("username"));
  }
}
