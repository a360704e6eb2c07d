package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.api.InsufficientAuthenticationException;

/** What comes to the filter beside requests that it decides about, and back from behind it. */
class FilterEdgesTest {

  private final Threshold threshold = new Threshold();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void only_HTTP_is_understood() {
    LoginFilter filter = new LoginFilter(new CurrentVestibule(threshold.house()));
    MockFilterChain chain = new MockFilterChain();
    ServletRequest noHttp = new ServletRequestWrapper(Requests.get("/public/x"));
    ServletResponse noAnswer = new ServletResponseWrapper(new MockHttpServletResponse());

    assertThatThrownBy(() -> filter.doFilter(noHttp, new MockHttpServletResponse(), chain))
        .isInstanceOf(ServletException.class);
    assertThatThrownBy(() -> filter.doFilter(Requests.get("/public/x"), noAnswer, chain))
        .isInstanceOf(ServletException.class);
    assertThat(chain.getRequest()).isNull();
  }

  // Error pages

  @Test
  void an_error_page_is_for_everybody_and_knows_who_it_is() {
    MockHttpServletRequest stranger = Requests.get("/orders");
    stranger.setDispatcherType(DispatcherType.ERROR);
    threshold.send(stranger);
    threshold.assertServedAsItIs(stranger);

    threshold.served().clear();
    MockHttpServletRequest jane = threshold.signedIn(Requests.get("/admin/users"));
    jane.setDispatcherType(DispatcherType.ERROR);
    threshold.send(jane);
    threshold.assertServedToJane();
  }

  // What the application throws

  @Test
  void an_exception_that_asks_for_more_is_the_challenge() {
    threshold.application(
        (request, response) -> {
          throw new ServletException(
              new InsufficientAuthenticationException(List.of("gold"), Optional.empty()));
        });

    assertThat(threshold.send(threshold.signedIn(Requests.get("/orders"))).getHeader("Location"))
        .startsWith(Houses.ISSUER + "/authorize?")
        .contains("acr_values=gold");
    assertThat(threshold.send(Requests.get("/about")).getHeader("Location"))
        .contains("acr_values=gold");
  }

  @Test
  void any_other_goes_on_and_so_does_one_that_comes_too_late() {
    IllegalStateException other = new IllegalStateException("broken");
    InsufficientAuthenticationException late =
        new InsufficientAuthenticationException(List.of("gold"), Optional.empty());
    MockHttpServletRequest request = Requests.get("/about");

    threshold.application(
        (sent, response) -> {
          throw other;
        });
    assertThatThrownBy(() -> threshold.send(request)).isSameAs(other);
    threshold.application(
        (sent, response) -> {
          response.flushBuffer();
          throw late;
        });
    assertThatThrownBy(() -> threshold.send(request)).isSameAs(late);
  }

  // A form that is sent again

  @Test
  void a_form_that_was_not_kept_is_not_sent() {
    MockHttpServletRequest form = Requests.navigation("POST", "/orders?vestibule-resume");
    form.addHeader("Sec-Fetch-Site", "same-origin");
    form.setContent("preserved=AAAA".getBytes(UTF_8));

    assertThat(threshold.send(threshold.signedIn(form)).getStatus()).isEqualTo(400);
    assertThat(threshold.served()).isEmpty();
  }

  // Without a house

  @Test
  void a_filter_takes_the_house_of_its_application() throws ServletException {
    MockServletContext context = new MockServletContext();
    new CurrentVestibule(threshold.house()).moveInto(context);
    LoginFilter found = new LoginFilter();
    found.init(new MockFilterConfig(context));

    threshold.assertAsked(threshold.send(found, Requests.get("/orders")));
    assertThat(logs.text()).doesNotContain("SEVERE");
  }

  @Test
  void where_there_is_none_it_says_so_and_every_request_fails() throws ServletException {
    LoginFilter homeless = new LoginFilter();
    homeless.init(new MockFilterConfig(new MockServletContext()));

    assertThat(logs.text()).contains("SEVERE Every request is going to fail: org.vestibule.web.R");
    assertThatThrownBy(() -> threshold.send(homeless, Requests.get("/about")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(threshold.served()).isEmpty();
  }
}
