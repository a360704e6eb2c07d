package org.vestibule.performance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/**
 * What the library costs in a server, beside the same servlet without it. Measures and reports; the
 * only assertions are that the answers were right. Run alone on a quiet machine; see the page about
 * performance in the manual.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("performance")
class CostIT {

  private static final int PAIRS = 12;
  private static final Duration SLICE = Duration.ofSeconds(2);
  private static final int USERS = 2_000;
  private static final int STRANGERS = 20_000;
  private static final int LOGINS = 4_000;
  private static final int LOGINS_FIRST = 16_000;

  /** The application without the filter uses CDI as well: only the filter shall differ. */
  private static final String BEANS = "<beans version=\"4.0\" bean-discovery-mode=\"all\"/>";

  private static final List<String> REPORT = new ArrayList<>();

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(options -> options.client("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"));

  @Deployment(name = "plain", testable = false)
  static WebArchive plain() {
    return ShrinkWrap.create(WebArchive.class, "plain.war")
        .addClasses(SessionReader.class, Meter.class)
        .addAsWebInfResource(new StringAsset(BEANS), "beans.xml");
  }

  @Deployment(name = "guarded", testable = false)
  static WebArchive guarded() throws Exception {
    String settings =
        "oauth.issuer="
            + PROVIDER.issuer()
            + "\noauth.client-id=s6BhdRkqt3\noauth.client-secret=7Fjfp0ZBr1KtDRbnfVdmIw\n";
    return ShrinkWrap.create(WebArchive.class, "guarded.war")
        .addClass(SessionReader.class)
        .addAsLibraries(new File(System.getProperty("classes.jar")), jose())
        .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
  }

  @AfterAll
  static void report() throws Exception {
    PROVIDER.close();
    Path file = Path.of(System.getProperty("project.basedir"), "target", "performance.txt");
    Files.write(file, REPORT);
    REPORT.forEach(System.out::println);
  }

  @Test
  void an_authenticated_request_beside_the_same_servlet_without_the_filter(
      @ArquillianResource @OperateOnDeployment("plain") URL plain,
      @ArquillianResource @OperateOnDeployment("guarded") URL guarded)
      throws Exception {
    RawBrowser stranger = new RawBrowser();
    assertThat(stranger.get(plain + "orders?enter").body()).isEqualTo("3 books");
    RawBrowser user = signIn(guarded);
    user.get(guarded + "orders?enter");
    Load without = new Load(URI.create(plain + "orders"), cookies(stranger), "3 books");
    Load with = new Load(URI.create(guarded + "orders"), cookies(user), "3 books");
    without.run(SLICE.multipliedBy(3));
    with.run(SLICE.multipliedBy(3));
    List<Double> throughput = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      double[] a = slice(plain, without);
      double[] b = slice(plain, with);
      throughput.add(b[0] / a[0]);
      processor.add(b[1] / a[1]);
    }
    say("authenticated request, throughput with / without the filter", median(throughput), "");
    say("authenticated request, server CPU with / without the filter", median(processor), "");
  }

  @Test
  void a_whole_login(
      @ArquillianResource @OperateOnDeployment("plain") URL plain,
      @ArquillianResource @OperateOnDeployment("guarded") URL guarded)
      throws Exception {
    Logins logins = new Logins(URI.create(guarded + "orders"), "empty");
    logins.run(LOGINS_FIRST);
    long before = meter(plain, "");
    logins.run(LOGINS);
    double login = (meter(plain, "") - before) / 1e6 / LOGINS;
    say("whole login with an RS256 ID token, server CPU", login, "ms");
    Logins visits = new Logins(URI.create(plain + "orders?enter"), "3 books");
    visits.run(LOGINS_FIRST);
    before = meter(plain, "");
    visits.run(LOGINS);
    double visit = (meter(plain, "") - before) / 1e6 / LOGINS;
    say("one request that makes a session, without the library, server CPU", visit, "ms");
  }

  @Test
  void live_heap_of_users_and_strangers(
      @ArquillianResource @OperateOnDeployment("plain") URL plain,
      @ArquillianResource @OperateOnDeployment("guarded") URL guarded)
      throws Exception {
    RawBrowser curious = new RawBrowser();
    for (int i = 0; i < STRANGERS / 10; i++) {
      curious.copy().get(guarded + "orders");
    }
    long before = meter(plain, "heap");
    for (int i = 0; i < STRANGERS; i++) {
      assertThat(curious.copy().get(guarded + "orders").status()).isEqualTo(302);
    }
    long after = meter(plain, "heap");
    say("unauthenticated request, heap that stays", (after - before) / (double) STRANGERS, "bytes");
    for (int i = 0; i < USERS; i++) {
      new RawBrowser().get(plain + "orders?enter");
    }
    long sessions = meter(plain, "heap") - after;
    before = meter(plain, "heap");
    for (int i = 0; i < USERS; i++) {
      signIn(guarded);
    }
    double user = (meter(plain, "heap") - before) / (double) USERS;
    say("signed-in user, live heap, the server's session included", user, "bytes");
    say("the server's own session with one attribute", sessions / (double) USERS, "bytes");
  }

  private static RawBrowser signIn(URL guarded) {
    RawBrowser browser = new RawBrowser();
    RawResponse page = browser.followAll(browser.get(guarded + "orders"));
    assertThat(page.body()).isEqualTo("empty");
    return browser;
  }

  private static double[] slice(URL plain, Load load) throws Exception {
    long before = meter(plain, "");
    long start = System.nanoTime();
    double answers = load.run(SLICE);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new double[] {answers / seconds, (meter(plain, "") - before) / answers};
  }

  private static long meter(URL plain, String what) {
    return Long.parseLong(new RawBrowser().get(plain + "meter?" + what).body());
  }

  private static String cookies(RawBrowser browser) {
    return browser.cookies().all().stream()
        .map(cookie -> cookie.name() + "=" + cookie.value())
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void say(String what, double figure, String unit) {
    REPORT.add(String.format(Locale.ROOT, "%-65s %10.3f %s", what, figure, unit));
  }

  private static File jose() throws Exception {
    return new File(
        com.nimbusds.jose.JWSHeader.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI());
  }
}
