package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Identity;

class AuthenticatedRequestTest {

  private final Vestibule house = Houses.usual();
  private final Observed<LoggedOut> loggedOut = new Observed<>();
  private final MockHttpServletRequest original = Requests.get("/orders");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final Identity jane = People.identity(Houses.ISSUER, "248289761001");
  private final AuthenticatedRequest request =
      new AuthenticatedRequest(original, response, jane, house, loggedOut);

  @Test
  void the_caller_is_who_signed_in() {
    assertThat(request.getUserPrincipal()).isSameAs(jane);
    assertThat(request.getRemoteUser()).isEqualTo("j.doe");
    assertThat(request.getAuthType()).isEqualTo("OAUTH");
    assertThat(request.isUserInRole("staff")).isTrue();
    assertThat(request.isUserInRole("admin")).isFalse();
  }

  @Test
  void what_the_container_says_about_the_caller_does_not_count() {
    original.setRemoteUser("root");
    original.addUserRole("admin");
    original.setAuthType("BASIC");

    assertThat(request.getRemoteUser()).isEqualTo("j.doe");
    assertThat(request.isUserInRole("admin")).isFalse();
    assertThat(request.getAuthType()).isEqualTo("OAUTH");
  }

  @Test
  void there_is_nothing_to_authenticate() throws Exception {
    assertThat(request.authenticate(response)).isTrue();
    assertThat(response.getStatus()).isEqualTo(200);
    assertThatThrownBy(() -> request.login("root", "secret")).isInstanceOf(ServletException.class);
    assertThat(request.getRemoteUser()).isEqualTo("j.doe");
  }

  @Test
  void to_log_out_is_to_be_nobody_from_now_on() {
    house.sessions().establish(original, People.signedIn(jane, Instant.now()));
    request.logout();

    assertThat(original.getSession(false)).isNull();
    assertThat(request.getUserPrincipal()).isNull();
    assertThat(request.getRemoteUser()).isNull();
    assertThat(request.getAuthType()).isNull();
    assertThat(request.isUserInRole("staff")).isFalse();
    assertThat(loggedOut.fired())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.USER));
  }

  /** Nobody is taken back without being asked, nor told that a session has ended. */
  @Test
  void a_logout_leaves_nothing_behind_that_tells_of_the_session() {
    Cookie known = new Cookie("vestibule-app-known", "default");
    Cookie mark = new Cookie("vestibule-app-session", "mark");
    original.setCookies(known, mark);
    AuthenticatedRequest silent =
        new AuthenticatedRequest(
            original, response, jane, Houses.usual("renewal", "silent"), loggedOut);

    silent.logout();

    assertThat(response.getCookie(known.getName())).isNotNull().matches(c -> c.getMaxAge() == 0);
    assertThat(response.getCookie(mark.getName())).isNotNull().matches(c -> c.getMaxAge() == 0);
  }

  @Test
  void to_log_out_twice_is_to_log_out_once() {
    request.logout();
    request.logout();

    assertThat(loggedOut.fired()).hasSize(1);
  }

  @Test
  void an_asynchronous_request_knows_the_caller_too() {
    original.setAsyncSupported(true);

    assertThat(request.startAsync().getRequest()).isSameAs(request);
  }

  @Test
  void logins_before_a_logout_are_no_circle() {
    Cookie count = new Cookie("vestibule-app-arrived", Instant.now().getEpochSecond() + ".2");
    original.setCookies(count);

    request.logout();

    assertThat(response.getCookie(count.getName())).isNotNull().matches(c -> c.getMaxAge() == 0);
  }
}
