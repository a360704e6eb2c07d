package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawResponse;

/** How long a session lasts, with a user who uses it and with one who does not. */
@ExtendWith(ArquillianExtension.class)
class SessionLimitsIT {

  private static final Duration IDLE = Duration.ofSeconds(2);

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @Deployment(name = "maximum", testable = false)
  static WebArchive endsForEverybody() {
    return Application.at(PROVIDER).with("session-maximum", "PT10S").war("maximum");
  }

  @Deployment(name = "idle", testable = false)
  static WebArchive endsForTheIdle() {
    return Application.at(PROVIDER).with("session-idle", IDLE.toString()).war("idle");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static void assertOver(Visitor visitor) {
    RawResponse script = visitor.request("GET", "/api/whoami").asFetch().send();
    assertThat(script.status()).isEqualTo(401);
    assertThat(script.json()).containsEntry("error", "login_required");
    assertThat(visitor.session()).containsEntry("authenticated", false);
    if (!Difference.TAKES_THE_COOKIE_OF_AN_ENDED_SESSION_AWAY.isHere()) {
      assertThat(script.json()).containsEntry("reason", "session_expired");
      assertThat(visitor.session()).containsEntry("reason", "session_expired");
    }
    assertThat(visitor.get("/public/basket").body()).isEqualTo("basket=\n");
    assertThat(visitor.browser().followAll(visitor.get(Visitor.PROTECTED)).body())
        .isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  @OperateOnDeployment("maximum")
  void a_session_that_is_used_all_the_time_ends_at_the_maximum(
      @ArquillianResource @OperateOnDeployment("maximum") URL deployment) {
    Visitor visitor = Visitor.signedInAt(deployment);
    visitor.get("/public/basket?put=apples");

    Waiting.until(
        "the session is over",
        () -> visitor.request("GET", "/api/whoami").asFetch().send().status() == 401);

    assertThat(visitor.events()).contains("LoggedOut default j.doe EXPIRED");
    assertOver(visitor);
  }

  @Test
  @OperateOnDeployment("idle")
  void a_session_that_nobody_uses_ends(
      @ArquillianResource @OperateOnDeployment("idle") URL deployment) {
    Visitor visitor = Visitor.signedInAt(deployment);
    visitor.get("/public/basket?put=apples");

    Waiting.until(
        "the session is over, looked at now and then",
        () -> {
          Instant next = Instant.now().plus(IDLE).plusSeconds(1);
          Waiting.until("it was left alone", () -> Instant.now().isAfter(next));
          return visitor.request("GET", "/api/whoami").asFetch().send().status() == 401;
        });

    assertOver(visitor);
  }
}
