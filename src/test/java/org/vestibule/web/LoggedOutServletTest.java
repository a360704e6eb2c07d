package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Refusal;

class LoggedOutServletTest {

  @Test
  void good_bye_is_said_to_everybody_and_begins_no_login() throws Exception {
    Visitor visitor = new Visitor(Houses.usual());
    MockHttpServletResponse response = visitor.get("/oauth/logged-out");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentAsString())
        .contains("You have signed out", "href=\"/app/\"")
        .doesNotContain("http-equiv", "<script");
    assertThat(visitor.cookies()).isEmpty();
    assertThat(visitor.session()).isNull();
  }

  @Test
  void an_application_can_say_it_itself() {
    Visitor visitor = new Visitor(Houses.usual("logged-out-page", "/goodbye"));
    MockHttpServletResponse response = visitor.get("/oauth/logged-out");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getForwardedUrl()).isEqualTo("/goodbye");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(visitor.cookies()).isEmpty();
  }

  @Test
  void it_cannot_be_said_by_a_POST() {
    try (Logs logs = new Logs()) {
      MockHttpServletResponse response =
          new Visitor(Houses.usual()).send(Requests.navigation("POST", "/oauth/logged-out"));

      assertThat(response.getStatus()).isEqualTo(405);
      assertThat(response.getHeader("Allow")).isEqualTo("GET, HEAD");
      assertThat(logs.text()).contains(Refusal.METHOD_NOT_ALLOWED.code());
    }
  }
}
