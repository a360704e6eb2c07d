package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.shared.TwoNodes;

/** A browser that has the id of a session, while the engine that may have it does not answer. */
class UnreadableSessionTest {

  private static final String SESSION = "0001hM0obnIjCckdQbhCyR84NGG";

  private final Logs logs = new Logs();
  private final TwoNodes engine = new TwoNodes();
  private final Vestibule house =
      Vestibule.build(
          Houses.read(Houses.usualSettings("public-paths", "/about")),
          Lasting.of(
              "/app",
              Clock.systemUTC(),
              new SecureRandom(),
              CredentialsSource.NONE,
              engine,
              Duration.ofDays(1)));

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void nobody_is_asked_to_sign_in_whose_session_may_be_there() throws Exception {
    engine.away(true);

    MockHttpServletResponse answer = answer("/orders", SESSION);

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeader("Retry-After")).isNotNull();
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(logs.text()).contains("VEST2014");
  }

  /** As a server has it that cannot read the attributes of a session. */
  @Test
  void a_session_without_anybody_may_be_one_that_could_not_be_read() throws Exception {
    engine.away(true);

    assertThat(answer("/orders", SESSION, new MockHttpSession(null, SESSION)).getStatus())
        .isEqualTo(503);
  }

  @Test
  void a_session_without_anybody_is_the_application_s_while_the_engine_answers() throws Exception {
    assertThat(answer("/orders", SESSION, new MockHttpSession(null, SESSION)).getStatus())
        .isEqualTo(401);
  }

  @Test
  void a_script_is_not_told_that_nobody_is_signed_in() throws Exception {
    engine.away(true);
    MockHttpServletRequest request = Requests.fetch("/oauth/session");
    request.setRequestedSessionId(SESSION);

    assertThatThrownBy(
            () -> new SessionServlet().serve(house, request, new MockHttpServletResponse()))
        .hasMessageContaining("VEST2014");
  }

  /** Who believes that goes away, and the session is there again. */
  @Test
  void nobody_is_told_that_they_are_signed_out_whose_session_may_be_there() {
    engine.away(true);
    MockHttpServletRequest request = Requests.request("POST", "/oauth/logout");
    request.setRequestedSessionId(SESSION);
    MockHttpServletResponse response = new MockHttpServletResponse();

    assertThatThrownBy(() -> new LogoutServlet().serve(house, request, response))
        .hasMessageContaining("VEST2014");
    assertThat(response.getHeader("Location")).isNull();
  }

  @Test
  void whoever_has_no_session_id_is_asked_to_sign_in() throws Exception {
    engine.away(true);

    assertThat(answer("/orders", null).getStatus()).isEqualTo(401);
  }

  @Test
  void a_session_that_is_not_there_while_the_engine_answers_has_ended() throws Exception {
    assertThat(answer("/orders", SESSION).getStatus()).isEqualTo(401);
  }

  @Test
  void public_pages_are_served() throws Exception {
    engine.away(true);

    assertThat(answer("/about", SESSION).getStatus()).isEqualTo(200);
  }

  private MockHttpServletResponse answer(String path, @Nullable String id) throws Exception {
    return answer(path, id, null);
  }

  private MockHttpServletResponse answer(
      String path, @Nullable String id, @Nullable MockHttpSession session) throws Exception {
    MockHttpServletRequest request = Requests.fetch(path);
    request.setRequestedSessionId(id);
    request.setSession(session);
    MockHttpServletResponse response = new MockHttpServletResponse();
    new LoginFilter(new CurrentVestibule(house)).doFilter(request, response, new MockFilterChain());
    return response;
  }
}
