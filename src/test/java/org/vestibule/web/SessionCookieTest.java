package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.SessionCookieConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SessionCookieTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final SessionCookieConfig config = request.getServletContext().getSessionCookieConfig();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private List<String> complete(String... lines) {
    for (String line : lines) {
      response.addHeader("Set-Cookie", line);
    }
    SessionCookie.complete(request, response);
    return response.getHeaders("Set-Cookie");
  }

  @Test
  void the_container_wrote_the_cookie_without_the_attribute_it_was_told() {
    config.setAttribute("SameSite", "Lax");

    assertThat(complete("a=b; Path=/", "JSESSIONID=1f832c; Path=/shop; HttpOnly", "c=d; Path=/"))
        .containsExactly(
            "a=b; Path=/", "JSESSIONID=1f832c; Path=/shop; HttpOnly; SameSite=Lax", "c=d; Path=/");
  }

  @Test
  void the_cookie_has_a_name_of_its_own() {
    config.setName("SHOP");
    config.setAttribute("SameSite", "Lax");

    assertThat(complete("JSESSIONID=1; Path=/", "SHOP=2; Path=/"))
        .containsExactly("JSESSIONID=1; Path=/", "SHOP=2; Path=/; SameSite=Lax");
  }

  @Test
  void the_cookie_is_for_the_frames_of_other_sites() {
    config.setAttribute("SameSite", "None");
    config.setAttribute("Partitioned", "");

    assertThat(complete("JSESSIONID=1; Path=/; Secure"))
        .singleElement()
        .asString()
        .contains("; SameSite=None", "; Partitioned");
  }

  @Test
  void what_the_server_was_told_by_others_stays() {
    config.setAttribute("SameSite", "Lax");

    assertThat(complete("JSESSIONID=1; Path=/;SameSite=strict"))
        .singleElement()
        .asString()
        .contains("SameSite=strict")
        .doesNotContain("Lax");
  }

  @Test
  void nothing_was_asked_for() {
    assertThat(complete("JSESSIONID=1; Path=/")).containsExactly("JSESSIONID=1; Path=/");
  }
}
