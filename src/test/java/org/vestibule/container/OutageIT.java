package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.PublicServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;

/** The provider is down when the application starts, comes up, and goes down again. */
@ExtendWith(ArquillianExtension.class)
class OutageIT {

  private static final int PORT = freePort();

  private static final AuthorizationServer IMPOSTOR =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("outage")
  private URL deployment;

  @ArquillianResource
  @OperateOnDeployment("impostor")
  private URL atImpostor;

  @Deployment(name = "outage", testable = false)
  static WebArchive application() {
    return Application.at("http://localhost:" + PORT).war("outage");
  }

  @Deployment(name = "impostor", testable = false)
  static WebArchive applicationOfTheImpostor() {
    IMPOSTOR.metadata(metadata -> metadata.put("issuer", "https://login.example"));
    return Application.at(IMPOSTOR).war("impostor");
  }

  @AfterAll
  static void stop() {
    IMPOSTOR.close();
  }

  @Test
  void an_application_lives_through_the_outages_of_its_provider() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse down = visitor.get(Visitor.PROTECTED);
    assertThat(down.status()).isEqualTo(502);
    assertThat(down.header("Retry-After")).matches("[1-9]\\d*");
    assertNeutralPage(down);
    assertThat(down.headers("Set-Cookie")).isEmpty();
    assertThat(visitor.get("/public/page").body()).isEqualTo(PublicServlet.TEXT);
    assertThat(visitor.log()).contains("WARNING VEST2001");

    try (AuthorizationServer provider = start()) {
      Waiting.until(
          "the provider is asked again", () -> visitor.get(Visitor.PROTECTED).status() == 302);
      assertSentToProvider(visitor.get(Visitor.PROTECTED), provider);
      visitor.signIn();
    }

    assertThat(visitor.get(Visitor.PROTECTED).body())
        .as("whoever is signed in does not notice")
        .isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.get("/token").body()).startsWith("token ");
    RawResponse stranger = Visitor.of(deployment).get(Visitor.PROTECTED);
    assertThat(stranger.status()).as("metadata that were good go on").isEqualTo(302);

    Visitor late = Visitor.of(deployment);
    String callback;
    try (AuthorizationServer provider = start()) {
      callback = late.callback();
      assertThat(provider.requests(Endpoint.AUTHORIZATION)).isNotEmpty();
    }
    RawResponse failed = late.browser().get(callback);
    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.header("Retry-After")).isNotNull();
    assertNeutralPage(failed);
    assertThat(late.isSignedIn()).isFalse();
    assertThat(late.hasSession()).isFalse();
  }

  @Test
  void nobody_is_sent_to_a_provider_that_publishes_the_metadata_of_another() {
    Visitor visitor = Visitor.of(atImpostor);

    RawResponse answer = visitor.get(Visitor.PROTECTED);

    assertThat(answer.status()).isEqualTo(502);
    assertNeutralPage(answer);
    assertThat(visitor.log()).contains("VEST1402");
    assertThat(IMPOSTOR.requests(Endpoint.AUTHORIZATION)).isEmpty();
  }

  private static AuthorizationServer start() {
    return AuthorizationServer.start(
        c -> c.port(PORT).client(Application.CLIENT_ID, Application.CLIENT_SECRET));
  }

  private static int freePort() {
    try (AuthorizationServer other = AuthorizationServer.start(c -> {})) {
      return other.port();
    }
  }
}
