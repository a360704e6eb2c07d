package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.showcase.Chromium;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RecordedRequest;

/** Somebody with a real browser comes back from the provider twice, late, or in another order. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class ComingBackBrowserIT {

  private static final String PAGE = "/static/routes.html";
  private static final String FAILED = "Signing in did not work";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET).interactive());

  @ArquillianResource
  @OperateOnDeployment("usual")
  private URL usual;

  @ArquillianResource
  @OperateOnDeployment("hasty")
  private URL hasty;

  private final AtomicReference<String> callback = new AtomicReference<>("");
  private Chromium chromium;

  @Deployment(name = "usual", testable = false)
  static WebArchive usual() {
    return Application.at(PROVIDER).war("comingback");
  }

  @Deployment(name = "hasty", testable = false)
  static WebArchive hasty() {
    return Application.at(PROVIDER).with("login-timeout", "PT5S").war("comingbacklate");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    PROVIDER.on(Endpoint.LOGIN).always(this::record);
    chromium = Chromium.start();
    chromium.resize(1000, 800, false);
  }

  @AfterEach
  void close() {
    PROVIDER.on(Endpoint.LOGIN).regular();
    chromium.close();
  }

  private Answer record(RecordedRequest request, Supplier<Answer> regular) {
    Answer answer = regular.get();
    answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Location"))
        .forEach(header -> callback.set(header.value()));
    return answer;
  }

  private static String url(URL deployment, String path) {
    return deployment.toString().replaceFirst("/$", "") + path;
  }

  private void signIn() {
    chromium.type(By.name("username"), "jane");
    chromium.type(By.name("password"), "secret");
    chromium.see(By.cssSelector("button[value=grant]")).click();
  }

  private void arrive() {
    chromium.open(url(usual, PAGE));
    signIn();
    chromium.seePage("Route");
  }

  private void seeApplication() {
    chromium.await(() -> chromium.text().contains(ProtectedServlet.CANARY));
  }

  @Test
  void a_used_callback_leads_on_whenever_it_is_loaded_again() {
    arrive();
    for (int i = 0; i < 3; i++) {
      chromium.open(callback.get());
      seeApplication();
    }
    assertThat(chromium.url()).isEqualTo(url(usual, "/"));
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isNotEmpty();
  }

  @Test
  void the_back_button_after_a_login_leads_to_no_error() {
    chromium.open(url(usual, "/public/style.css"));
    arrive();
    chromium.back();
    chromium.await(() -> !chromium.url().equals(url(usual, PAGE)));
    chromium.back();
    chromium.await(() -> chromium.url().equals(url(usual, "/public/style.css")));
    chromium.forward();
    chromium.await(() -> !chromium.url().equals(url(usual, "/public/style.css")));
    assertThat(chromium.text()).doesNotContain(FAILED);
    chromium.open(url(usual, PAGE));
    chromium.seePage("Route");
  }

  @Test
  void the_form_of_the_provider_that_is_sent_once_more_leads_on() {
    arrive();
    chromium.back();
    chromium.await(() -> !chromium.url().equals(url(usual, PAGE)));
    if (chromium.isSeen(By.name("username"))) {
      signIn();
    }
    seeApplication();
  }

  @Test
  void a_bookmarked_callback_says_what_happened_and_leads_on() {
    arrive();
    String bookmark = callback.get();
    try (Chromium another = Chromium.start()) {
      another.resize(1000, 800, false);
      another.open(bookmark);
      another.seePage(FAILED);
      another.picture("callback-bookmarked");
      another.press("Try again");
      another.see(By.name("username"));
    }
  }

  @Test
  void in_a_browser_that_has_a_login_waiting_it_starts_one_afresh() {
    arrive();
    String bookmark = callback.get();
    try (Chromium another = Chromium.start()) {
      another.open(url(usual, PAGE));
      another.see(By.name("username"));
      another.open(bookmark);
      another.see(By.name("username"));
      assertThat(another.url()).startsWith(PROVIDER.url(Endpoint.AUTHORIZATION));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void two_tabs_arrive_each_at_its_own_page_in_either_order(boolean firstTabFirst) {
    chromium.open(url(usual, PAGE + "?tab=1"));
    chromium.see(By.name("username"));
    String first = chromium.openTab(url(usual, PAGE + "?tab=2"));
    chromium.see(By.name("username"));
    String second = chromium.currentTab();
    if (firstTabFirst) {
      finish(first, 1);
      finish(second, 2);
    } else {
      finish(second, 2);
      finish(first, 1);
    }
  }

  private void finish(String tab, int number) {
    chromium.goToTab(tab);
    signIn();
    chromium.seePage("Route ?tab=" + number);
    assertThat(chromium.url()).isEqualTo(url(usual, PAGE + "?tab=" + number));
  }

  @Test
  void who_took_too_long_starts_afresh_and_arrives() {
    chromium.open(url(hasty, PAGE + "?late"));
    chromium.see(By.name("username"));
    Instant gone = chromium.keepCookie(url(hasty, PAGE), "-login-");
    Waiting.until("the login has taken too long", () -> Instant.now().isAfter(gone));
    signIn();
    chromium.seePage("Route ?late");

    assertThat(chromium.complaints()).noneMatch(complaint -> complaint.contains(" 400 "));
  }

  @Test
  void who_took_so_long_that_the_browser_forgot_is_told_and_arrives() {
    chromium.open(url(hasty, PAGE + "?later"));
    chromium.see(By.name("username"));
    Instant gone = chromium.expiry(url(hasty, PAGE), "-login-");
    Waiting.until("the browser has forgotten the login", () -> Instant.now().isAfter(gone));
    signIn();
    chromium.seePage(FAILED);
    chromium.press("Try again");
    seeApplication();
  }
}
