package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/** How a session ends that its user did not end here, and how others send users. */
@ExtendWith(ArquillianExtension.class)
class LeavingIT {

  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";
  private static final String OTHER_SID = "f0a4e1b6-3d0c-4a52-9e3b-0c7c61ff7b11";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("leaving");
  }

  @BeforeEach
  void namesItsSessions() {
    PROVIDER.idTokenClaims(claims -> claims.put("sid", SID));
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private RawResponse backChannel(String logoutToken) {
    return new RawBrowser()
        .request("POST", deployment + "oauth/backchannel-logout")
        .form(FormData.of("logout_token", logoutToken))
        .send();
  }

  private static String logoutToken(String sid) {
    return PROVIDER.logoutToken(Application.CLIENT_ID, claims -> claims.put("sid", sid));
  }

  @Test
  void the_provider_ends_a_session_by_the_next_request() {
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.idTokenClaims(claims -> claims.put("sid", OTHER_SID));
    Visitor elsewhere = Visitor.signedInAt(deployment);

    RawResponse answer = backChannel(logoutToken(SID));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    RawResponse next = visitor.request("GET", "/api/whoami").asFetch().send();
    assertThat(next.status()).isEqualTo(401);
    assertThat(visitor.isSignedIn()).isFalse();
    assertSentToProvider(visitor.get(Visitor.PROTECTED), PROVIDER);
    assertThat(visitor.events()).contains("LoggedOut default j.doe BACK_CHANNEL");
    assertThat(elsewhere.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_logout_token_counts_once_and_only_if_it_is_one() {
    PROVIDER.idTokenClaims(claims -> claims.put("sid", "replayed-session-1"));
    Visitor visitor = Visitor.signedInAt(deployment);
    String token = logoutToken("a session of somebody else");

    assertThat(backChannel(token).status()).isEqualTo(200);
    assertThat(backChannel(token).status()).isEqualTo(400);
    assertThat(backChannel("not a token").json()).containsEntry("error", "invalid_request");
    assertThat(
            backChannel(
                    PROVIDER.logoutToken(
                        Application.CLIENT_ID, claims -> claims.put("nonce", "n-0S6_WzA2Mj")))
                .status())
        .isEqualTo(400);
    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  void the_providers_frame_ends_the_session_of_the_browser_it_is_shown_in() {
    PROVIDER.idTokenClaims(claims -> claims.put("sid", "front-channel-session-1"));
    Visitor visitor = Visitor.signedInAt(deployment);
    String query = "?iss=" + FormData.of("i", PROVIDER.issuer()).encoded().substring(2) + "&sid=";

    RawResponse foreign = visitor.get("/oauth/frontchannel-logout" + query + "another-session-1");
    assertThat(visitor.isSignedIn()).isTrue();
    RawResponse frame =
        visitor.get("/oauth/frontchannel-logout" + query + "front-channel-session-1");

    assertThat(foreign.status()).isEqualTo(200);
    assertThat(frame.status()).isEqualTo(200);
    assertThat(frame.header("Content-Security-Policy"))
        .contains("frame-ancestors " + PROVIDER.origin());
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.get("/oauth/frontchannel-logout").status()).isEqualTo(400);
  }

  @Test
  void others_send_users_to_sign_in_and_to_nowhere_else() {
    Visitor visitor = Visitor.of(deployment);
    String issuer = FormData.of("iss", PROVIDER.issuer()).encoded();

    RawResponse begun =
        visitor.get(
            "/oauth/initiate?"
                + issuer
                + "&login_hint=jane&target_link_uri="
                + visitor.contextPath()
                + Visitor.PROTECTED);
    assertSentToProvider(begun, PROVIDER);
    assertThat(begun.locationQuery().asMap()).containsEntry("login_hint", "jane");
    assertThat(visitor.browser().followAll(begun).body()).isEqualTo(ProtectedServlet.CANARY);

    RawResponse elsewhere =
        Visitor.of(deployment)
            .get("/oauth/initiate?" + issuer + "&target_link_uri=https://attacker.example/");
    assertSentToProvider(elsewhere, PROVIDER);
    assertThat(visitor.get("/oauth/initiate?iss=https://attacker.example").status()).isEqualTo(404);
  }

  @Test
  void a_page_learns_that_its_user_signed_out_in_another_tab() {
    Visitor tab = Visitor.signedInAt(deployment);
    Visitor otherTab = tab.copy();

    otherTab.browser().submit(otherTab.get("/oauth/logout"));

    Map<String, Object> session = tab.session();
    assertThat(session)
        .containsEntry("authenticated", false)
        .containsEntry("reason", "session_expired")
        .containsKey("login_url");
    assertThat(PROVIDER.requests(Endpoint.REVOCATION)).isNotEmpty();
  }
}
