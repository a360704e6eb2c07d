package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;

/** Tokens of users of two providers are refreshed, each by the one that issued them. */
@ExtendWith(ArquillianExtension.class)
class RefreshAtTwoIT {

  private static final Queue<String> OF_CORP = new ConcurrentLinkedQueue<>();
  private static final Queue<String> OF_PARTNER = new ConcurrentLinkedQueue<>();
  private static final AuthorizationServer CORP = provider(OF_CORP);
  private static final AuthorizationServer PARTNER = provider(OF_PARTNER);

  @ArquillianResource private URL deployment;

  private static AuthorizationServer provider(Queue<String> issued) {
    AuthorizationServer server =
        AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));
    server.tokenResponse(response -> keep(response, issued));
    return server;
  }

  private static void keep(Map<String, Object> response, Queue<String> issued) {
    issued.add(String.valueOf(response.get("refresh_token")));
    issued.add(String.valueOf(response.get("access_token")));
  }

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(CORP)
        .with("providers", "corp,partner")
        .with("provider.partner.issuer", PARTNER.issuer())
        .with("scope", "openid profile")
        .war("refresh-at-two");
  }

  @AfterAll
  static void stop() {
    CORP.close();
    PARTNER.close();
  }

  private static void signIn(Visitor visitor, String provider) {
    RawResponse page =
        visitor
            .browser()
            .followAll(
                visitor.get(
                    "/oauth/login?provider="
                        + provider
                        + "&return="
                        + visitor.contextPath()
                        + Visitor.PROTECTED));
    assertThat(page.status()).isEqualTo(200);
    assertThat(visitor.session()).containsEntry("provider", provider);
  }

  private static void refresh(Visitor visitor) {
    assertThat(visitor.request("POST", "/token").from(visitor.url("/")).send().body())
        .startsWith("token ");
  }

  private static List<RecordedRequest> refreshes(AuthorizationServer server) {
    return server.requests(Endpoint.TOKEN).stream()
        .filter(request -> "refresh_token".equals(request.form().get("grant_type")))
        .toList();
  }

  private static void assertSawNone(AuthorizationServer server, Queue<String> tokens) {
    assertThat(tokens).isNotEmpty();
    for (RecordedRequest request : server.requests()) {
      String all = request.rawQuery() + " " + request.body() + " " + request.headers();
      assertThat(tokens).as(request.toString()).noneMatch(all::contains);
    }
  }

  @Test
  void a_token_is_refreshed_and_revoked_by_the_provider_that_issued_it_and_by_no_other()
      throws InterruptedException {
    Visitor one = Visitor.of(deployment);
    signIn(one, "corp");
    Visitor other = Visitor.of(deployment);
    signIn(other, "partner");
    for (int i = 0; i < 3; i++) {
      refresh(one);
      refresh(other);
    }
    Parallel.times(4, () -> one.get("/token"));
    // In one browser, the second in place of the first.
    signIn(one, "partner");
    refresh(one);
    signIn(one, "corp");
    refresh(one);
    other.browser().submit(other.get("/oauth/logout"));

    assertThat(refreshes(CORP)).hasSize(4);
    assertThat(refreshes(PARTNER)).hasSize(4);
    assertThat(refreshes(CORP)).noneMatch(request -> request.form().has("scope"));
    assertThat(refreshes(PARTNER)).noneMatch(request -> request.form().has("scope"));
    assertThat(PARTNER.requests(Endpoint.REVOCATION)).isNotEmpty();
    assertSawNone(PARTNER, OF_CORP);
    assertSawNone(CORP, OF_PARTNER);
  }
}
