package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
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
import org.openqa.selenium.By;
import org.vestibule.showcase.Chromium;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.User;

/** Somebody with a real browser opens an address with a fragment, as single-page ones have. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class FragmentBrowserIT {

  private static final String PAGE = "/static/routes.html?a=1&b=%C3%A4";
  private static final String ROUTE = "#/orders/7?sort=date&q=%C3%A4%20b";
  private static final String FOREIGN = "#_=_";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("kept")
  private URL kept;

  @ArquillianResource
  @OperateOnDeployment("usual")
  private URL usual;

  @ArquillianResource
  @OperateOnDeployment("dropped")
  private URL dropped;

  private Chromium chromium;

  @Deployment(name = "kept", testable = false)
  static WebArchive kept() {
    return Application.at(PROVIDER)
        .with("keep-fragment", "on")
        .with("session-expired", "page")
        .war("fragmentkept");
  }

  @Deployment(name = "usual", testable = false)
  static WebArchive usual() {
    return Application.at(PROVIDER).war("fragmentusual");
  }

  @Deployment(name = "dropped", testable = false)
  static WebArchive dropped() {
    return Application.at(PROVIDER).with("callback-fragment", "drop").war("fragmentdropped");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    PROVIDER.interactive();
    chromium = Chromium.start();
    chromium.resize(1000, 800, false);
  }

  @AfterEach
  void close() {
    PROVIDER.on(Endpoint.AUTHORIZATION).regular();
    chromium.close();
  }

  private static String deployment(URL url) {
    return url.toString().replaceFirst("/$", "");
  }

  private static String url(URL deployment, String path) {
    return deployment(deployment) + path;
  }

  private void signIn() {
    chromium.type(By.name("username"), "jane");
    chromium.type(By.name("password"), "secret");
    chromium.see(By.cssSelector("button[value=grant]")).click();
  }

  @Test
  void it_is_where_the_login_ends() {
    chromium.open(url(kept, PAGE + ROUTE));
    signIn();
    chromium.seePage("Route ?a=1&b=%C3%A4" + ROUTE);

    assertThat(chromium.url()).isEqualTo(url(kept, PAGE + ROUTE));
    assertThat(chromium.complaints())
        .filteredOn(complaint -> complaint.startsWith(deployment(kept)))
        .singleElement()
        .asString()
        .contains("401");
  }

  @Test
  void back_from_the_login_page_is_where_one_came_from() {
    chromium.open(url(kept, "/public/style.css"));
    chromium.open(url(kept, PAGE + ROUTE));
    chromium.see(By.name("username"));
    chromium.back();

    chromium.await(() -> chromium.url().equals(url(kept, "/public/style.css")));
  }

  @Test
  void without_a_fragment_none_is_added() {
    chromium.open(url(kept, PAGE));
    signIn();
    chromium.seePage("Route ?a=1&b=%C3%A4");

    assertThat(chromium.url()).isEqualTo(url(kept, PAGE));
  }

  @Test
  void without_scripts_the_page_is_reached_without_it() {
    chromium.refuseScripts();
    chromium.open(url(kept, PAGE + ROUTE));
    signIn();
    chromium.await(() -> chromium.url().startsWith(url(kept, PAGE)));

    assertThat(chromium.url()).isEqualTo(url(kept, PAGE));
  }

  @Test
  void without_this_script_there_is_a_button() {
    chromium.keepAway("*/oauth/fragment.js*");
    chromium.open(url(kept, PAGE + ROUTE));
    chromium.seePage("Please sign in");
    chromium.picture("fragment-without-script");
    chromium.press("Sign in");
    signIn();
    chromium.seePage("Route ?a=1&b=%C3%A4");
  }

  @Test
  void the_button_of_the_page_about_the_ended_session_takes_it_along() {
    chromium.open(url(kept, PAGE));
    signIn();
    chromium.seePage("Route ?a=1&b=%C3%A4");
    chromium.forgetCookie("JSESSIONID");
    chromium.open(url(kept, "/public/style.css"));
    chromium.open(url(kept, PAGE + ROUTE));
    chromium.seePage("Your session has ended");
    chromium.picture("fragment-session-ended");
    chromium.press("Sign in");
    chromium.seePage("Route ?a=1&b=%C3%A4" + ROUTE);
  }

  @Test
  void the_usual_redirections_lose_it_at_the_login_page() {
    chromium.open(url(usual, PAGE + ROUTE));
    signIn();
    chromium.seePage("Route ?a=1&b=%C3%A4");
  }

  /** RFC 9110 section 10.2.2. */
  @Test
  void a_fragment_of_the_provider_goes_on_to_the_page_unless_it_is_dropped() {
    PROVIDER.approving(User.JANE);
    PROVIDER
        .on(Endpoint.AUTHORIZATION)
        .always(
            (request, regular) -> {
              Answer answer = regular.get();
              String location =
                  answer.headers().stream()
                      .filter(header -> header.name().equalsIgnoreCase("Location"))
                      .findFirst()
                      .orElseThrow()
                      .value();
              return Answer.redirect(302, location + FOREIGN);
            });

    chromium.open(url(usual, PAGE));
    chromium.seePage("Route ?a=1&b=%C3%A4" + FOREIGN);
    chromium.open(url(dropped, PAGE));
    chromium.seePage("Route ?a=1&b=%C3%A4");
  }
}
