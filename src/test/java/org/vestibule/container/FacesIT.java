package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** Views of Jakarta Faces: who calls, and what their script is told. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FacesIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c ->
              c.client(Application.CLIENT_ID, Application.CLIENT_SECRET)
                  .approving(User.JANE.with("groups", List.of("admin"))));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).withFaces("faces");
  }

  @BeforeEach
  void askForNothing() {
    PROVIDER.idTokenClaims(claims -> {});
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  /** What the view's script sends when a button is pressed. */
  private static RawResponse press(Visitor visitor, RawResponse view, String button) {
    FormData fields =
        new FormData(
                view.form().fields().fields().stream()
                    .filter(field -> !field.name().equals("desk:order"))
                    .toList())
            .and("desk:order", "tea")
            .and("jakarta.faces.partial.ajax", "true")
            .and("jakarta.faces.behavior.event", "action")
            .and("jakarta.faces.partial.event", "click")
            .and("jakarta.faces.source", "desk:" + button)
            .and("jakarta.faces.partial.execute", "desk:" + button + " desk")
            .and("jakarta.faces.partial.render", "answer")
            .and("desk:" + button, button);
    return visitor
        .request("POST", "/orders.xhtml")
        .from(visitor.url("/orders.xhtml"))
        .header("Accept", "*/*")
        .header("Sec-Fetch-Mode", "cors")
        .header("Sec-Fetch-Dest", "empty")
        .header("Faces-Request", "partial/ajax")
        .form(fields)
        .send();
  }

  private static void assertRedirects(RawResponse answer, String what) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/xml");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body())
        .startsWith("<?xml")
        .contains("<partial-response><redirect url=\"", what)
        .endsWith("\"/></partial-response>");
  }

  @Test
  void a_view_knows_the_caller() {
    assertThat(Visitor.signedInAt(deployment).lines("/orders.xhtml"))
        .containsEntry("principal", "j.doe")
        .containsEntry("remoteUser", "j.doe")
        .containsEntry("authType", "OAUTH")
        .containsEntry("admin", "true")
        .containsEntry("pope", "false")
        .containsEntry("request", "j.doe");
  }

  @Test
  void its_script_is_served_while_there_is_a_session_and_redirected_after() {
    Visitor visitor = Visitor.signedInAt(deployment);
    RawResponse view = visitor.get("/orders.xhtml");

    RawResponse before = press(visitor, view, "send");
    visitor
        .browser()
        .post(
            visitor.url("/oauth/logout"),
            FormData.of("csrf_token", String.valueOf(visitor.session().get("csrf_token"))));
    RawResponse after = press(visitor, view, "send");

    assertThat(before.body()).contains("<partial-response", "ordered tea for j.doe");
    assertRedirects(after, "/faces/oauth/login");
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  @Test
  void an_action_that_asks_for_a_stronger_login_redirects_the_script_to_it() {
    Visitor visitor = Visitor.signedInAt(deployment);
    RawResponse view = visitor.get("/orders.xhtml");

    RawResponse answer = press(visitor, view, "gold");

    assertRedirects(answer, "acr_values=gold");
    assertThat(answer.body()).doesNotContain("ordered");
  }

  @Test
  void without_a_script_it_redirects_the_browser() {
    Visitor visitor = Visitor.signedInAt(deployment);
    RawResponse view = visitor.get("/orders.xhtml");

    RawResponse answer =
        visitor
            .request("POST", "/orders.xhtml")
            .from(visitor.url("/orders.xhtml"))
            .header("Referer", visitor.url("/orders.xhtml"))
            .form(view.form().fields().and("desk:whole", "whole"))
            .send();

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).contains("acr_values=gold");
    PROVIDER.idTokenClaims(claims -> claims.put("acr", "gold"));
    RawResponse page = visitor.browser().followAll(answer);
    assertThat(page.url()).isEqualTo(visitor.url("/orders.xhtml"));
  }
}
