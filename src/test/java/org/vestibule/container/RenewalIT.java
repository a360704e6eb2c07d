package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;

/** An application whose sessions end soon, at a provider that remembers its users, or does not. */
@ExtendWith(ArquillianExtension.class)
class RenewalIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET).interactive());

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("renewal", "silent")
        .with("session-maximum", "PT5S")
        .war("renewal");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static RawResponse signIn(Visitor visitor, RawResponse loginPage, String name) {
    RawResponse callback =
        visitor
            .browser()
            .submit(loginPage, "username", name, "password", "secret", "decision", "grant");
    return visitor.browser().followAll(callback);
  }

  /** The provider's login page. */
  private static RawResponse opened(Visitor visitor) {
    RawResponse page = visitor.browser().followAll(visitor.get(Visitor.PROTECTED));
    assertThat(page.body()).contains("name=\"username\"");
    return page;
  }

  private Visitor whoseSessionIsOver() {
    Visitor visitor = Visitor.of(deployment);
    assertThat(signIn(visitor, opened(visitor), "jane").body()).isEqualTo(ProtectedServlet.CANARY);
    Waiting.until("the session is over", () -> !visitor.isSignedIn());
    PROVIDER.forgetRequests();
    return visitor;
  }

  @Test
  void who_is_known_to_the_provider_goes_on_and_notices_nothing() {
    Visitor visitor = whoseSessionIsOver();
    RawResponse page = visitor.browser().followAll(visitor.get(Visitor.PROTECTED));

    assertThat(page.body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION))
        .singleElement()
        .satisfies(request -> assertThat(request.query().get("prompt")).isEqualTo("none"));
  }

  @Test
  void who_is_not_known_any_more_signs_in_once() {
    Visitor visitor = whoseSessionIsOver();
    visitor.browser().cookies().drop("as_session");
    RawResponse loginPage = opened(visitor);

    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION))
        .extracting(request -> request.query().get("prompt"))
        .containsExactly("none", null);
    assertThat(signIn(visitor, loginPage, "jane").body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  @Test
  void who_is_somebody_else_by_now_has_nothing_of_the_first() {
    Visitor visitor = whoseSessionIsOver();
    visitor.browser().cookies().drop("as_session");
    // Some servers take the cookie away together with the session.
    String before = visitor.hasSession() ? visitor.sessionId() : "";
    signIn(visitor, opened(visitor), "john");

    assertThat(visitor.session()).containsEntry("name", "john");
    assertThat(visitor.sessionId()).isNotEqualTo(before);
  }
}
