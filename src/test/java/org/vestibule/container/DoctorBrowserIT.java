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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.showcase.Barriers;
import org.vestibule.showcase.Chromium;
import org.vestibule.testing.AuthorizationServer;

/** The diagnosis as people see it who have something to mend. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class DoctorBrowserIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  private static final int NARROWEST = 320;

  @ArquillianResource private URL deployment;

  private Chromium chromium;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("doctor", "loopback")
        .with("providers", "corp,partner")
        .with("provider.corp.display-name", "Example Corporation")
        .with("provider.partner.display-name", "Partner & Söhne ساعة")
        .with("provider.partner.client-secret", "not-the-one-that-it-knows")
        .with("clock-skew", "PT3M")
        .war("doctor-seen");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    chromium = Chromium.start();
    chromium.resize(900, 1200, false);
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  private void open() {
    chromium.open(deployment.toString().replaceFirst("/$", "") + "/oauth/doctor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "ja", "he"})
  void the_page_keeps_nobody_out_in_light_and_dark_wide_and_narrow(String language) {
    chromium.preferLanguage(language);
    for (boolean dark : List.of(false, true)) {
      if (dark) {
        chromium.preferDark();
      }
      open();
      assertThat(chromium.text()).contains("VEST2008", "VEST5208");
      Barriers.assertNone(chromium, "doctor in " + language + (dark ? ", dark" : ""));
      chromium.picture("doctor-" + language + (dark ? "-dark" : ""));
    }
    chromium.resize(NARROWEST, 640, true);
    open();
    assertThat((Long) chromium.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(NARROWEST);
    chromium.picture("doctor-" + language + "-phone");
    assertThat(chromium.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
  }
}
