package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.vestibule.Provokes;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;

class EndpointServletTest {

  private final Visitor visitor = new Visitor(Houses.usual());
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
  }

  private MockHttpServletResponse answerOf(RuntimeException failure) {
    visitor.serve("/oauth/login", new Failing(failure));
    return visitor.get("/oauth/login");
  }

  @Test
  @Provokes(refusal = Refusal.UNEXPECTED)
  void what_nobody_expected_is_a_page_too() throws Exception {
    MockHttpServletResponse response =
        answerOf(new IllegalStateException("code=SplxlOBeZQQYbYS6WxSbIA"));

    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getContentAsString())
        .contains("Something went wrong")
        .doesNotContain("half", "Exception", "SplxlOBeZQQYbYS6WxSbIA");
    assertReported(Refusal.UNEXPECTED, logs.text());
  }

  @Test
  void its_stack_is_logged_and_its_message_is_not() {
    answerOf(new IllegalStateException("code=SplxlOBeZQQYbYS6WxSbIA"));

    assertThat(logs.at(Level.SEVERE)).containsExactly("unexpected java.lang.IllegalStateException");
    assertThat(logs.text())
        .contains("EndpointServletTest")
        .doesNotContain("SplxlOBeZQQYbYS6WxSbIA");
  }

  @Test
  void a_failure_is_answered_by_its_page() {
    assertThat(answerOf(new LoginException(Refusal.TOKEN_MISSING)).getStatus()).isEqualTo(403);
  }

  @Test
  void a_servlet_without_a_house_does_not_start() {
    Failing servlet = new Failing(new IllegalStateException());

    assertThatThrownBy(() -> servlet.init(new MockServletConfig()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Registration");
  }

  private static final class Failing extends EndpointServlet {
    private static final long serialVersionUID = 1L;
    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      super("GET");
      this.failure = failure;
    }

    @Override
    void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getOutputStream().print("half a page");
      throw failure;
    }
  }
}
