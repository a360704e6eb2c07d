package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertProtected;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.PublicServlet;
import org.vestibule.testing.RawResponse;

/** Whatever is wrong with the settings: public pages go on, and nothing else is open. */
@ExtendWith(ArquillianExtension.class)
class BrokenConfigurationIT {

  private static final String SECRET = "gX1fBat3bVgX1fBat3bV";

  @ArquillianResource
  @OperateOnDeployment("broken")
  private URL broken;

  @ArquillianResource
  @OperateOnDeployment("empty")
  private URL empty;

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "broken", testable = false)
  static WebArchive brokenApplication() {
    return Application.withoutProvider()
        .with("issuer", "http://login.example/")
        .with("client-secret", SECRET)
        .with("client-secret-file", "/nonexistent/secret")
        .with("login-timeout", SECRET)
        .with("maximum-pending-logins", SECRET)
        .with("public-url", "https://user:" + SECRET + "@portal.example")
        .with("cleint-id", SECRET)
        .war("broken");
  }

  @Deployment(name = "empty", testable = false)
  static WebArchive applicationWithoutSettings() {
    return Application.withoutProvider().war("empty");
  }

  /** By a setting a path of the library is also one of the application. */
  @Deployment(name = "usurped", managed = false, testable = false)
  static WebArchive applicationThatWantsAPathOfTheLibrary() {
    return Application.at("https://login.example")
        .with("login-path", "/public/page")
        .war("usurped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/protected/page", "/", "/static/page.txt", "/api/whoami", "/from-a-filter"})
  void nothing_protected_is_served(String path) {
    for (URL deployment : new URL[] {broken, empty}) {
      Visitor visitor = Visitor.of(deployment);
      int before = visitor.hits("filter");

      RawResponse answer = visitor.get(path);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotNull();
      assertNeutralPage(answer);
      assertThat(answer.headers("Set-Cookie")).isEmpty();
      assertThat(visitor.hits("filter")).isEqualTo(before);
    }
  }

  @Test
  void a_script_is_told_so_in_its_language() {
    RawResponse answer = Visitor.of(broken).request("GET", Visitor.PROTECTED).asFetch().send();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json()).containsKey("correlation_id");
    assertProtected(answer);
  }

  @Test
  void public_pages_work() {
    for (URL deployment : new URL[] {broken, empty}) {
      Visitor visitor = Visitor.of(deployment);

      assertThat(visitor.get("/public/page").body()).isEqualTo(PublicServlet.TEXT);
      assertThat(visitor.lines("/public/whoami")).containsEntry("caller.authenticated", "false");
      assertThat(visitor.session()).containsEntry("authenticated", false);
    }
  }

  @Test
  void the_librarys_own_endpoints_fail_politely() {
    Visitor visitor = Visitor.of(broken);

    assertThat(visitor.get("/oauth/login").status()).isEqualTo(503);
    assertThat(visitor.get("/oauth/callback?code=x&state=y").status()).isEqualTo(400);
    assertThat(visitor.browser().followAll(visitor.get("/oauth/logout")).status()).isEqualTo(200);
  }

  @Test
  void the_log_says_everything_that_is_wrong_at_once_and_no_secret() {
    Visitor visitor = Visitor.of(broken);
    visitor.get(Visitor.PROTECTED);

    String log = visitor.log();

    assertThat(log.lines())
        .anyMatch(line -> line.matches("SEVERE VEST3001 oauth\\.client-id.*"))
        .anyMatch(line -> line.matches("SEVERE VEST3002 oauth\\.login-timeout.*"))
        .anyMatch(line -> line.matches("SEVERE VEST3002 oauth\\.maximum-pending-logins.*"))
        .anyMatch(line -> line.matches("SEVERE VEST3002 oauth\\.public-url.*"))
        .anyMatch(line -> line.matches("SEVERE VEST3003 oauth\\.client-secret.*"))
        .anyMatch(line -> line.matches("SEVERE VEST3008 oauth\\.issuer.*"))
        .anyMatch(line -> line.matches("WARNING VEST3101 oauth\\.cleint-id.*client-id.*"))
        .anyMatch(line -> line.startsWith("WARNING VEST4004"));
    assertThat(log).doesNotContain(SECRET);
    assertThat(ServerLogs.text()).doesNotContain(SECRET);
  }

  @Test
  void nobody_sees_a_canary_by_spelling_it_differently() {
    Visitor visitor = Visitor.of(broken);

    assertThat(visitor.get("/public/../protected/page").body())
        .doesNotContain(ProtectedServlet.CANARY);
    assertThat(visitor.get("/public/..;/protected/page").body())
        .doesNotContain(ProtectedServlet.CANARY);
  }

  @Test
  void an_application_that_the_library_cannot_move_into_is_not_open() throws MalformedURLException {
    Visitor visitor =
        Visitor.of(URI.create(broken.toString().replace("/broken", "/usurped")).toURL());
    boolean deployed = isDeployed("usurped");
    try {
      RawResponse answer = visitor.get(Visitor.PROTECTED);

      assertThat(answer.status()).isIn(302, 404, 500, 502, 503);
      assertThat(answer.body()).doesNotContain(ProtectedServlet.CANARY);
    } finally {
      if (deployed) {
        deployer.undeploy("usurped");
      }
    }
  }

  /**
   * To refuse the deployment is as good as to start and serve nothing. Open Liberty says at once in
   * its log that an application has not started, and its adapter waits for it nevertheless.
   */
  private boolean isDeployed(String name) {
    Thread deploying = Thread.currentThread();
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    Runnable look =
        () -> {
          if (ServerLogs.text().contains("The application " + name + " was not started")) {
            deploying.interrupt();
            watch.shutdown();
          }
        };
    var unused = watch.scheduleWithFixedDelay(look, 1, 1, TimeUnit.SECONDS);
    try {
      deployer.deploy(name);
      return true;
    } catch (Exception e) {
      return false;
    } finally {
      watch.shutdownNow();
      Thread.interrupted();
    }
  }
}
