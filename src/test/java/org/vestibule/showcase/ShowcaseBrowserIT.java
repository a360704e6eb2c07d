package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.support.Color;

/**
 * A person with a real browser in the showcase.
 *
 * <p>The pictures of the pages go to {@code target/screenshots}, and those of the manual to where
 * the system property {@code screenshots} says, too.
 */
@Tag("browser")
class ShowcaseBrowserIT {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 800;
  private static final int NARROWEST = 320;
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  private static final Set<String> IN_THE_MANUAL =
      Set.of("welcome", "login", "consent", "denied", "account", "account-phone", "signed-out");

  private static final String ACCOUNT = "Hello, alice";
  private static final String CONSENT = "Allow access?";
  private static final String LOGIN = "Sign in";
  private static final String DENIED = "You did not sign in";
  private static final String SIGNED_OUT = "You have signed out";

  /** Where the pictures of the manual go, which show the port that its readers will see. */
  private static final String MANUAL = System.getProperty("screenshots");

  private static final int USUAL_PORT = 9080;

  private static ShowcaseServer server;

  private Chromium chromium;

  @BeforeAll
  static void start() {
    server =
        MANUAL == null
            ? ShowcaseServer.start("browser")
            : ShowcaseServer.start("browser", USUAL_PORT, Map.of());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    chromium = Chromium.start();
    chromium.resize(WIDTH, HEIGHT, false);
  }

  @AfterEach
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void signing_in_leads_from_the_welcome_page_to_the_account() {
    chromium.open(server.url("/"));
    chromium.seeText(By.id("who"), "Nobody is signed in.");
    chromium.press("Sign in");
    signIn();
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
    assertThat(chromium.url()).isEqualTo(server.url("/account/"));
    assertThat(chromium.text()).contains("editors", "greetings.read");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void a_deep_link_with_a_query_is_where_signing_in_ends() {
    String deepLink = server.url("/account/?from=mail%20one&x=%C3%A4&y=a+b");
    chromium.open(deepLink);
    signIn();
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
    assertThat(chromium.url()).isEqualTo(deepLink);
  }

  @Test
  void whoever_refuses_sees_why_and_can_think_again() {
    chromium.open(server.url("/account/?from=mail"));
    signIn();
    chromium.press("Refuse");
    chromium.seePage(DENIED);
    assertThat(chromium.complaints()).singleElement().asString().contains("403");
    chromium.press("Try again");
    chromium.seePage(CONSENT);
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
    assertThat(chromium.url()).isEqualTo(server.url("/account/?from=mail"));
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void two_tabs_that_sign_in_at_once_both_arrive_at_their_own_page() {
    chromium.open(server.url("/account/?tab=1"));
    chromium.seePage(LOGIN);
    String first = chromium.openTab(server.url("/account/?tab=2"));
    chromium.seePage(LOGIN);
    String second = chromium.currentTab();

    chromium.goToTab(first);
    signIn();
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
    assertThat(chromium.url()).isEqualTo(server.url("/account/?tab=1"));

    chromium.goToTab(second);
    signIn();
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
    assertThat(chromium.url()).isEqualTo(server.url("/account/?tab=2"));
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void two_tabs_that_ask_for_consent_at_once_both_arrive_at_their_own_page() {
    chromium.open(server.url("/account/?tab=1"));
    signIn();
    String first = chromium.openTab(server.url("/account/?tab=2"));
    chromium.seePage(CONSENT);
    String second = chromium.currentTab();
    for (String tab : List.of(first, second)) {
      chromium.goToTab(tab);
      chromium.press("Allow");
      chromium.seePage(ACCOUNT);
    }
    assertThat(chromium.url()).isEqualTo(server.url("/account/?tab=2"));
    chromium.goToTab(first);
    assertThat(chromium.url()).isEqualTo(server.url("/account/?tab=1"));
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void the_back_button_never_leads_to_an_error() {
    chromium.open(server.url("/"));
    chromium.press("Sign in");
    signIn();
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);

    chromium.back();
    chromium.seePage(CONSENT);
    chromium.press("Allow");
    chromium.seeText(By.id("who"), "You are signed in as alice.");

    chromium.back();
    chromium.seePage(CONSENT);
    chromium.back();
    chromium.seePage(LOGIN);
    signIn();
    chromium.press("Allow");
    chromium.seeText(By.id("who"), "You are signed in as alice.");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void after_signing_out_the_back_button_shows_nothing_of_the_account() {
    arriveAtAccount();
    chromium.press("Sign out");
    chromium.seePage(SIGNED_OUT);
    assertThat(chromium.url()).isEqualTo(server.url("/oauth/logged-out"));
    chromium.back();
    chromium.await(() -> chromium.isSeen(By.id("user")) || chromium.isSeen(By.id("ended")));
    assertThat(chromium.text()).doesNotContain(ACCOUNT, "editors", "greetings.read");
    chromium.open(server.url("/account/"));
    chromium.seePage(LOGIN);
  }

  @Test
  void another_tab_notices_that_somebody_has_signed_out() {
    arriveAtAccount();
    String first = chromium.openTab(server.url("/account/"));
    chromium.seePage(ACCOUNT);
    chromium.press("Sign out");
    chromium.seePage(SIGNED_OUT);
    chromium.goToTab(first);
    chromium.seeText(By.id("ended"), "Your session has ended.");
    assertThat(chromium.text()).doesNotContain(ACCOUNT, "editors", "greetings.read");
  }

  @Test
  void the_buttons_of_the_account_page_refresh_and_call_the_api() {
    arriveAtAccount();
    chromium.press("Refresh now");
    chromium.seeText(By.id("refreshed"), "You have a new access token.");
    chromium.seeText(By.id("countdown"), "in 4 min");
    chromium.press("Call the API with my access token");
    chromium.seeText(By.id("called"), "/userinfo answered with status 200.");
    assertThat(chromium.see(By.id("answer")).getText()).contains("\"sub\": \"alice\"");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void every_page_can_be_seen() {
    walk(this::takePicture);
  }

  @Test
  void no_page_keeps_anybody_out() {
    walk(page -> Barriers.assertNone(chromium, page));
  }

  @Test
  void no_dark_page_keeps_anybody_out() {
    chromium.preferDark();
    walk(page -> Barriers.assertNone(chromium, page + ", dark"));
  }

  @Test
  void no_page_is_wider_than_a_phone() {
    walk(
        page -> {
          for (int width : List.of(NARROWEST, PHONE_WIDTH)) {
            chromium.resize(width, PHONE_HEIGHT, true);
            Object needed = chromium.evaluate("document.documentElement.scrollWidth");
            assertThat((Long) needed).as(page).isLessThanOrEqualTo(width);
          }
          takePicture(page + "-phone");
        });
  }

  @Test
  void every_page_is_dark_for_those_who_prefer_it() {
    chromium.preferDark();
    walk(
        page -> {
          takePicture(page + "-dark");
          assertThat(brightness("backgroundColor")).as(page).isLessThan(60);
          assertThat(brightness("color")).as(page).isGreaterThan(180);
        });
  }

  /** Looks at every page that a user of the showcase sees, and at what the browser thinks of it. */
  private void walk(Consumer<String> look) {
    chromium.open(server.url("/"));
    chromium.seeText(By.id("who"), "Nobody is signed in.");
    look.accept("welcome");
    chromium.press("Sign in");
    chromium.seePage(LOGIN);
    look.accept("login");
    signIn();
    look.accept("consent");
    assertThat(chromium.complaints()).isEmpty();
    chromium.press("Refuse");
    chromium.seePage(DENIED);
    look.accept("denied");
    assertThat(chromium.complaints()).singleElement().asString().contains("403");
    chromium.press("Try again");
    chromium.seePage(CONSENT);
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
    look.accept("account");
    chromium.open(server.url("/"));
    chromium.seeText(By.id("who"), "You are signed in as alice.");
    chromium.press("Sign out");
    chromium.seePage("Sign out?");
    look.accept("sign-out");
    chromium.press("Sign out");
    chromium.seePage(SIGNED_OUT);
    look.accept("signed-out");
    assertThat(chromium.complaints()).isEmpty();
  }

  private void arriveAtAccount() {
    chromium.open(server.url("/account/"));
    signIn();
    chromium.press("Allow");
    chromium.seePage(ACCOUNT);
  }

  /** From the login form to the consent page. */
  private void signIn() {
    chromium.seePage(LOGIN);
    chromium.type(By.id("user"), "alice");
    chromium.type(By.id("password"), "alice");
    chromium.press("Sign in");
    chromium.seePage(CONSENT);
  }

  private int brightness(String property) {
    String colour = (String) chromium.evaluate("getComputedStyle(document.body)." + property);
    java.awt.Color rgb = Color.fromString(colour).getColor();
    return (rgb.getRed() + rgb.getGreen() + rgb.getBlue()) / 3;
  }

  private void takePicture(String name) {
    byte[] picture = chromium.picture();
    Path project = Path.of(System.getProperty("project.basedir"));
    write(project.resolve("target").resolve("screenshots"), name, picture);
    if (MANUAL != null && IN_THE_MANUAL.contains(name)) {
      write(project.resolve(MANUAL), name, picture);
    }
  }

  private static void write(Path directory, String name, byte[] picture) {
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve(name + ".png"), picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
