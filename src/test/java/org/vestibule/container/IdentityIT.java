package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.places.PlacesServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** The caller in every place where a Jakarta application looks for one. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class IdentityIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c ->
              c.client(Application.CLIENT_ID, Application.CLIENT_SECRET)
                  .approving(User.JANE.with("groups", List.of("admin", "staff"))));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("container-identity", "on")
        .war("identity")
        .addPackage(PlacesServlet.class.getPackage());
  }

  @Test
  void servlets_rest_and_asynchronous_requests_know_the_caller() {
    Visitor visitor = Visitor.signedInAt(deployment);

    for (String path :
        List.of("/whoami", "/public/whoami", "/api/whoami", Visitor.ASYNC_DISPATCH)) {
      assertThat(visitor.lines(path))
          .as(path)
          .containsEntry("principal", "j.doe")
          .containsEntry("admin", "true")
          .containsEntry("pope", "false")
          .containsEntry("authType", "OAUTH");
    }
    assertThat(visitor.get("/api/for-admins").status()).isEqualTo(200);
    assertThat(visitor.get("/api/for-popes").status()).isEqualTo(403);
  }

  @Test
  void the_application_contributes_roles_of_its_own() {
    assertThat(Visitor.signedInAt(deployment).lines("/whoami"))
        .containsEntry("caller.roles", "admin,staff,vip");
  }

  @Test
  void jakarta_security_and_enterprise_beans_know_the_caller() {
    Map<String, String> lines = Visitor.signedInAt(deployment).lines("/places");

    assertThat(lines)
        .containsEntry("context", "j.doe")
        .containsEntry("context.admin", "true")
        .containsEntry("context.vip", "true")
        .containsEntry("context.pope", "false")
        .containsEntry("principal", "j.doe")
        .containsEntry("ejb", "j.doe")
        .containsEntry("ejb.admin", "allowed")
        .containsEntry("ejb.pope", "refused");
  }

  @Test
  void they_know_nobody_else() {
    Visitor stranger = Visitor.of(deployment);
    Visitor.signedInAt(deployment);

    assertThat(stranger.lines("/public/places"))
        .containsEntry("context", Difference.nobody())
        .containsEntry("context.admin", "false")
        .containsEntry("ejb.admin", "refused");
    assertThat(stranger.get("/places").status()).isEqualTo(302);
  }

  @Test
  void with_the_session_the_caller_is_gone_everywhere() {
    Visitor visitor = Visitor.signedInAt(deployment);
    Visitor copy = visitor.copy();
    visitor
        .browser()
        .post(
            visitor.url("/oauth/logout"),
            FormData.of("csrf_token", String.valueOf(visitor.session().get("csrf_token"))));

    assertThat(copy.lines("/public/places")).containsEntry("context", Difference.nobody());
    assertThat(copy.get("/places").status()).isEqualTo(302);
  }

  @Test
  void a_websocket_handshake_knows_the_caller() {
    Visitor visitor = Visitor.signedInAt(deployment);

    assertThat(ask(visitor.sessionId())).isEqualTo("j.doe, admin true, pope false");
  }

  @Test
  void a_websocket_is_not_opened_for_strangers() {
    assertThatThrownBy(() -> ask("none"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    RawResponse plain = Visitor.of(deployment).get("/socket");
    assertThat(plain.status()).isEqualTo(302);
  }

  private String ask(String sessionId) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answer.complete(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
          }

          @Override
          public void onError(WebSocket socket, Throwable error) {
            answer.completeExceptionally(error);
          }
        };
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Cookie", "JSESSIONID=" + sessionId)
            .buildAsync(URI.create(("" + deployment).replace("http:", "ws:") + "socket"), listener)
            .join();
    socket.sendText("who?", true);
    try {
      return answer.join();
    } finally {
      socket.abort();
    }
  }
}
