package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestPathTest {

  @Test
  void a_path_is_what_the_container_made_of_the_request_line() {
    MockHttpServletRequest request = Requests.raw("GET", "/app/api;x/orders", "/api");
    request.setPathInfo("/orders");

    assertThat(RequestPath.of(request)).isEqualTo("/api/orders");
  }

  @Test
  void a_servlet_for_everything_has_no_servlet_path() {
    MockHttpServletRequest request = Requests.raw("GET", "/app/orders", "");
    request.setPathInfo("/orders");

    assertThat(RequestPath.of(request)).isEqualTo("/orders");
  }

  @Test
  void the_context_root_is_a_slash() {
    assertThat(RequestPath.of(Requests.raw("GET", "/app", ""))).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "*",
        "//",
        "//x",
        "/x//",
        "/x//y",
        "/.",
        "/..",
        "/./",
        "/../",
        "/x/.",
        "/x/..",
        "/x/./y",
        "/x/../y",
        "/\\",
        "/x\\y",
        "/x\\..\\y",
        "\\x",
        "/\u0000",
        "/x\u001f",
        "/\u007f",
        "/x\n",
        "/x\r\ny",
        "/\t"
      })
  void some_paths_can_be_read_in_two_ways(String path) {
    assertThat(RequestPath.isAmbiguous(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/x",
        "/x/",
        "/x/y",
        "/x/y/",
        "/...",
        "/.x",
        "/x.",
        "/..x",
        "/x..",
        "/a b",
        "/%2e",
        "/x;y",
        "/x?y",
        "/caf\u00e9",
        "/\uff0e\uff0e",
        "/~",
        "/x:y"
      })
  void others_in_one_only(String path) {
    assertThat(RequestPath.isAmbiguous(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "x", "//x", "/x/../y", "/./x", "/x;y", ";", "/x;", "/x\\y", "/%2e", "/%2E", "/%2f",
        "/%2F", "/%5c", "/%5C", "/%25", "/%3b", "/%3B", "/%00", "/%09", "/%0a", "/%0D", "/%1f",
        "/%7f", "/%7F", "/%", "/%2", "/%zz", "/%u0", "/% 1", "/x%2fy", "/x%"
      })
  void some_request_lines_are_decoded_differently(String uri) {
    assertThat(RequestPath.hasTricks(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/x", "/a%20b", "/caf%C3%A9", "/%41", "/%3f", "/%23", "/%7e", "/a+b"})
  void others_are_not(String uri) {
    assertThat(RequestPath.hasTricks(uri)).isFalse();
  }

  /** The second is what Payara makes of the first. */
  @ParameterizedTest
  @CsvSource({
    "/app/orders;x=1/admin, /orders",
    "/app/orders/;x/admin, /orders/",
    "/app/a%20b;x/admin, /a b",
    "/app/a+b;x/admin, /a+b",
    "/orders;/, /orders",
    "/app/%zz;x/admin, /orders",
    ";x/admin, ''"
  })
  void a_container_may_drop_segments_together_with_a_parameter(String uri, String path) {
    assertThat(RequestPath.isCutShort(uri, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/app/orders;x=1/admin, /orders/admin",
    "/app/orders/admin;x=1, /orders/admin",
    "/app/orders;x=1, /orders",
    "/app/orders/;x/admin, /orders//admin",
    "/app/orders, /orders"
  })
  void others_take_out_the_parameter_alone(String uri, String path) {
    assertThat(RequestPath.isCutShort(uri, path)).isFalse();
  }
}
