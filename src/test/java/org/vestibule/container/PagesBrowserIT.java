package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.vestibule.showcase.Barriers;
import org.vestibule.showcase.Chromium;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.User;

/** The built-in pages as people see them, in a real browser. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class PagesBrowserIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  private static final By EMAIL = By.name("email");
  private static final int NARROWEST = 320;

  @ArquillianResource
  @OperateOnDeployment("several")
  private URL several;

  @ArquillianResource
  @OperateOnDeployment("asking")
  private URL asking;

  @ArquillianResource
  @OperateOnDeployment("broken")
  private URL broken;

  private Chromium chromium;

  @Deployment(name = "several", testable = false)
  static WebArchive application() throws IOException {
    Path logo =
        Files.writeString(
            Files.createTempFile("logo", ".svg"),
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
              <script>document.title = "run"</script>
              <circle cx="4" cy="4" r="4" fill="#0a7"/>
            </svg>
            """);
    return Application.at(PROVIDER)
        .with("second-provider", "refuse")
        .with("provider.corp.logo-file", logo.toString())
        .with("providers", "corp,partner,down")
        .with("choose-by", "page")
        .with("session-expired", "page")
        .with("provider.corp.display-name", "Example Corporation")
        .with("provider.partner.display-name", "Partner & Söhne ساعة")
        .with("provider.down.issuer", "http://localhost:1")
        .war("several");
  }

  @Deployment(name = "asking", testable = false)
  static WebArchive applicationThatAsksForAnAddress() {
    return Application.at(PROVIDER)
        .with("providers", "corp,partner")
        .with("choose-by", "email-domain")
        .with("provider.corp.email-domains", "corp.example")
        .with("provider.partner.email-domains", "partner.example")
        .war("asking");
  }

  @Deployment(name = "broken", testable = false)
  static WebArchive applicationThatIsNotSetUp() {
    return Application.withoutProvider().war("broken-pages");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    chromium = Chromium.start();
    chromium.resize(900, 640, false);
  }

  @AfterEach
  void close() {
    PROVIDER.approving(User.JANE);
    chromium.close();
  }

  private void open(URL deployment, String path) {
    chromium.open(deployment.toString().replaceFirst("/$", "") + path);
  }

  /** Looks at every page that there is. */
  private void walk(Consumer<String> look) {
    open(several, "/oauth/login");
    look.accept("chooser");
    open(asking, "/oauth/login");
    look.accept("email");
    chromium.type(EMAIL, "jane@elsewhere.example");
    chromium.submit(EMAIL);
    look.accept("emailunknown");
    open(several, "/oauth/login?provider=nobody");
    look.accept("unknown");
    open(several, "/oauth/login?provider=down");
    look.accept("unavailable");
    open(several, "/oauth/callback");
    look.accept("failed");
    open(several, "/oauth/logged-out");
    look.accept("loggedout");
    open(broken, Visitor.PROTECTED);
    look.accept("unconfigured");
    PROVIDER.denying();
    open(several, "/oauth/login?provider=corp");
    look.accept("denied");
    PROVIDER.approving(User.JANE);
    open(several, "/oauth/login?provider=corp&return=/several" + Visitor.PROTECTED);
    open(several, "/oauth/login?provider=partner");
    look.accept("second");
    open(several, "/oauth/logout");
    look.accept("logout");
    chromium.forgetCookie("JSESSIONID");
    open(several, Visitor.PROTECTED);
    look.accept("expired");
  }

  private String attribute(String name) {
    return String.valueOf(chromium.evaluate("document.documentElement." + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "ja", "he"})
  void every_page_is_there_in_every_language(String language) {
    chromium.preferLanguage(language);
    for (boolean dark : List.of(false, true)) {
      if (dark) {
        chromium.preferDark();
      }
      walk(
          page -> {
            assertThat(attribute("lang")).as(page).isEqualTo(language);
            assertThat(attribute("dir")).as(page).isEqualTo(language.equals("he") ? "rtl" : "ltr");
            chromium.picture("page-" + page + "-" + language + (dark ? "-dark" : ""));
          });
    }
    assertThat(chromium.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja", "he"})
  void no_page_keeps_anybody_out(String language) {
    chromium.preferLanguage(language);
    walk(page -> Barriers.assertNone(chromium, page + " in " + language));
    chromium.preferDark();
    walk(page -> Barriers.assertNone(chromium, page + " in " + language + ", dark"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "ja", "he"})
  void no_page_is_wider_than_a_phone(String language) {
    chromium.preferLanguage(language);
    chromium.resize(NARROWEST, 640, true);
    walk(
        page -> {
          Object needed = chromium.evaluate("document.documentElement.scrollWidth");
          assertThat((Long) needed).as(page).isLessThanOrEqualTo(NARROWEST);
          chromium.picture("page-" + page + "-" + language + "-phone");
        });
  }

  @Test
  void everything_can_be_reached_and_seen_to_be_reached_without_a_mouse() {
    walk(
        page -> {
          chromium.tab();
          assertThat(chromium.evaluate("document.activeElement.className")).isEqualTo("button");
          assertThat(chromium.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
              .isEqualTo("solid");
          chromium.picture("page-" + page + "-focus");
        });
  }

  @Test
  void every_page_can_be_seen_in_the_colours_of_the_operating_system() {
    chromium.preferForcedColours();
    walk(
        page -> {
          assertThat(chromium.evaluate("matchMedia('(forced-colors: active)').matches"))
              .isEqualTo(true);
          assertThat(
                  chromium.evaluate(
                      "getComputedStyle(document.querySelector('.button')).borderTopStyle"))
              .isEqualTo("solid");
          chromium.picture("page-" + page + "-forced-colours");
        });
  }

  @Test
  void a_provider_is_chosen_and_the_login_goes_on_to_the_page_that_was_wanted() {
    open(several, Visitor.PROTECTED + "?id=7&x=%C3%A4");
    chromium.seePage("Choose how to sign in");
    chromium.press("Example Corporation");
    chromium.await(() -> chromium.url().endsWith(Visitor.PROTECTED + "?id=7&x=%C3%A4"));
  }

  @Test
  void a_logo_is_shown_and_runs_nothing() {
    open(several, "/oauth/login");
    chromium.await(
        () ->
            Boolean.TRUE.equals(
                chromium.evaluate("document.querySelector('img').naturalWidth > 0")));

    assertThat(chromium.evaluate("document.title")).isEqualTo("Choose how to sign in");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void an_address_leads_to_its_provider_and_on_to_the_page_that_was_wanted() {
    open(asking, Visitor.PROTECTED + "?id=7");
    chromium.type(EMAIL, "jane@partner.example");
    chromium.press("Continue");
    chromium.await(() -> chromium.url().endsWith(Visitor.PROTECTED + "?id=7"));

    open(asking, "/oauth/session");
    assertThat(chromium.text()).contains("\"provider\":\"partner\"");
    assertThat(chromium.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
  }

  @Test
  void whose_session_has_ended_signs_in_and_goes_on() {
    open(several, "/oauth/login?provider=corp&return=/several" + Visitor.PROTECTED);
    chromium.forgetCookie("JSESSIONID");
    open(several, Visitor.PROTECTED + "?id=7");
    chromium.seePage("Your session has ended");
    chromium.press("Sign in");
    chromium.press("Example Corporation");
    chromium.await(() -> chromium.url().endsWith(Visitor.PROTECTED + "?id=7"));
  }
}
