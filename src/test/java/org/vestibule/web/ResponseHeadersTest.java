package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class ResponseHeadersTest {

  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void what_we_write_is_not_kept_framed_guessed_at_or_told_to_others() {
    ResponseHeaders.protect(response);

    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeader("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
  }

  @Test
  void what_others_have_set_before_is_replaced() {
    response.addHeader("Cache-Control", "public, max-age=3600");
    ResponseHeaders.protect(response);

    assertThat(response.getHeaders("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void a_location_goes_out_as_it_is() {
    ResponseHeaders.redirect(response, 303, "/app/orders?sort=date");

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(response.getHeader("Location")).isEqualTo("/app/orders?sort=date");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
  }
}
