package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.Endpoint;

/** LO-11. */
class FrontChannelLogoutServletTest {

  private static final String PATH = "/oauth/frontchannel-logout";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  @BeforeEach
  void the_provider_names_its_sessions() {
    scene.server().idTokenClaims(claims -> claims.put("sid", SID));
  }

  private static MockHttpServletResponse frame(Visitor browser, String issuer, String sid) {
    Parameters query = Parameters.empty().with("iss", issuer).with("sid", sid);
    return frame(browser, query.encode());
  }

  private static MockHttpServletResponse frame(Visitor browser, String query) {
    MockHttpServletRequest request = Requests.request("GET", PATH + "?" + query);
    request.addHeader("Sec-Fetch-Mode", "navigate");
    request.addHeader("Sec-Fetch-Dest", "iframe");
    return browser.send(request);
  }

  private static boolean isSignedIn(Visitor who) {
    return who.get("/orders").getStatus() == 200;
  }

  @Test
  void on_the_same_site_the_session_ends_at_once() {
    visitor.signIn("/orders");
    MockHttpServletResponse response = frame(visitor, scene.server().issuer(), SID);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(visitor.session()).isNull();
    assertThat(visitor.loggedOut())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.FRONT_CHANNEL));
  }

  /** Where the frame has no cookies. */
  @Test
  void on_another_site_it_ends_when_it_is_next_used() {
    visitor.signIn("/orders");
    frame(visitor.neighbour(), scene.server().issuer(), SID);

    assertThat(isSignedIn(visitor)).isFalse();
    assertThat(visitor.session()).isNull();
    assertThat(visitor.loggedOut())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.FRONT_CHANNEL));
  }

  @Test
  void whoever_signs_in_again_stays() {
    visitor.signIn("/orders");
    frame(visitor, scene.server().issuer(), SID);
    scene.clock().advance(Duration.ofSeconds(1));
    visitor.signIn("/orders");

    assertThat(isSignedIn(visitor)).isTrue();
  }

  @Test
  void another_session_or_another_issuer_has_no_effect() {
    visitor.signIn("/orders");

    assertThat(frame(visitor, scene.server().issuer(), "another-that-is-long").getStatus())
        .as("nobody is told which there are")
        .isEqualTo(200);
    assertThat(frame(visitor, "https://attacker.example", SID).getStatus()).isEqualTo(400);
    assertThat(isSignedIn(visitor)).isTrue();
  }

  /** Somebody may try them all. */
  @Test
  void a_short_session_id_ends_the_session_of_this_browser_and_no_other() {
    scene.server().idTokenClaims(claims -> claims.put("sid", "4711"));
    visitor.signIn("/orders");
    Visitor stranger = visitor.neighbour();
    assertThat(frame(stranger, scene.server().issuer(), "4711").getStatus()).isEqualTo(200);
    assertThat(isSignedIn(visitor)).isTrue();

    frame(visitor, scene.server().issuer(), "4711");
    assertThat(isSignedIn(visitor)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "iss={iss}",
        "sid={sid}",
        "iss=&sid=",
        "iss={iss}&sid={sid}&sid={sid}",
        "iss={iss}&iss={iss}&sid={sid}",
        "iss={iss}&sid=%zz",
        "iss={iss}/&sid={sid}"
      })
  @Provokes(refusal = Refusal.LOGOUT_UNATTRIBUTED)
  void a_request_that_does_not_name_both_changes_nothing(String query) {
    visitor.signIn("/orders");
    String filled =
        query.replace("{iss}", Parameters.encode(scene.server().issuer())).replace("{sid}", SID);

    assertThat(frame(visitor, filled).getStatus()).isEqualTo(400);
    assertReported(Refusal.LOGOUT_UNATTRIBUTED, logs.text());
    assertThat(isSignedIn(visitor)).isTrue();
  }

  @Test
  void only_the_provider_may_frame_the_answer_and_nobody_keeps_it() {
    MockHttpServletResponse response = frame(visitor, scene.server().issuer(), SID);

    assertThat(response.getHeader("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors " + scene.server().origin());
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(visitor.cookies()).isEmpty();
    assertThat(visitor.session()).isNull();
  }

  @Test
  void a_provider_that_signs_out_elsewhere_may_frame_it_from_there() {
    scene
        .server()
        .metadata(metadata -> metadata.put("end_session_endpoint", "https://out.example.com/end"));

    assertThat(frame(visitor, scene.server().issuer(), SID).getHeader("Content-Security-Policy"))
        .endsWith("frame-ancestors " + scene.server().origin() + " https://out.example.com");
  }

  @Test
  void nothing_is_revoked() {
    visitor.signIn("/orders");
    frame(visitor, scene.server().issuer(), SID);

    assertThat(scene.server().requests(Endpoint.REVOCATION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT"})
  void other_methods_are_not_allowed(String method) {
    assertThat(visitor.send(Requests.request(method, PATH)).getStatus()).isEqualTo(405);
  }
}
