package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.vestibule.testing.Lines;
import org.vestibule.testing.Urls;

class ReturnAddressTest {

  private static final ReturnAddress ADDRESS = Houses.usual().returnAddress();
  private static final ReturnAddress AT_ROOT =
      Houses.at("", Clock.systemUTC(), Houses.usualSettings()).returnAddress();

  /** By class, and not each one a test: there are many, and all are asked in a moment. */
  static Stream<Named<List<String>>> hostile() {
    return Lines.classes(Lines.RETURN_URLS).entrySet().stream()
        .map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nobody_is_sent_anywhere_else(List<String> lines) {
    assertThat(lines)
        .allSatisfy(line -> assertThat(ADDRESS.accepted(Lines.decode(line))).isEqualTo("/app/"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void an_application_at_the_root_sends_nobody_to_another_host(List<String> lines) {
    assertThat(lines).allSatisfy(ReturnAddressTest::assertStaysHereAtTheRoot);
  }

  private static void assertStaysHereAtTheRoot(String line) {
    String accepted = AT_ROOT.accepted(Lines.decode(line));

    assertThat(accepted).matches("/([^/\\\\].*)?").matches("[!-~]*").doesNotContain("\\");
    assertThat(accepted.replaceFirst("[?#].*", "")).doesNotContain("//");
    assertThat(Urls.resolve("https://app.example.com/x", accepted))
        .startsWith("https://app.example.com/");
  }

  @Test
  void there_are_more_than_a_thousand_such_addresses_and_none_twice() {
    List<String> addresses = Lines.of(Lines.class, Lines.RETURN_URLS);

    assertThat(addresses).hasSizeGreaterThan(1_000).doesNotHaveDuplicates();
    assertThat(hostile().flatMap(named -> named.getPayload().stream()))
        .containsExactlyInAnyOrderElementsOf(addresses);
  }

  @Test
  void an_empty_address_is_the_root() {
    assertThat(ADDRESS.accepted("")).isEqualTo("/app/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/",
        "/app/?",
        "/app/?q=1",
        "/app/orders",
        "/app/orders/",
        "/app/orders/7/items",
        "/app/orders?sort=date&page=2",
        "/app/orders?next=//evil.example",
        "/app/orders?next=https://evil.example/%2e%2e/",
        "/app/orders?q=a;b",
        "/app/orders?q=%0d%0a",
        "/app/orders?q=%25",
        "/app/orders?q=?",
        "/app/a+b",
        "/app/a%20b",
        "/app/caf%C3%A9",
        "/app/...",
        "/app/.well-known/x",
        "/app/a..b",
        "/app/x@y:z",
        "/app/~user/(1)/a,b=c&d'e!f*g$h",
        "/app/oauth",
        "/app/oauth/",
        "/app/oauth/login/x",
        "/app/OAUTH/login",
        "/app/#",
        "/app/#/orders/7",
        "/app/x?q=1#/a?b=c&d=%C3%A9",
        "/app/#@evil.example",
        "/app/?x#//evil.example/../..;%2f%zz",
        "/app/#a#b?#c"
      })
  void places_within_the_application_stay_as_they_are(String address) {
    assertThat(ADDRESS.accepted(address)).isEqualTo(address);
  }

  @Test
  void the_longest_address_fits_into_a_cookie() {
    String longest = "/app/x?q=" + "a".repeat(1_483);

    assertThat(ADDRESS.accepted(longest)).isEqualTo(longest);
    assertThat(ADDRESS.accepted(longest + "a")).isEqualTo("/app/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#\u0000",
        "#\u007f",
        "#a b",
        "#\"onclick=alert(1)",
        "#<script>",
        "#>",
        "#\\evil.example",
        "#x\r\nSet-Cookie:a=b",
        "#\u00e9"
      })
  void a_fragment_that_no_browser_has_is_left_out(String fragment) {
    assertThat(ADDRESS.accepted("/app/orders?q=1" + fragment)).isEqualTo("/app/orders?q=1");
  }

  @Test
  void a_fragment_that_does_not_fit_is_left_out() {
    String longest = "/app/x#" + "a".repeat(1_487);

    assertThat(ADDRESS.accepted(longest)).isEqualTo(longest);
    assertThat(ADDRESS.accepted(longest + "a")).isEqualTo("/app/x");
  }

  @Test
  void a_request_has_no_fragment() {
    assertThat(ADDRESS.of(Requests.raw("GET", "/app/x#y", "/x"))).isEqualTo("/app/");
  }

  @Test
  void a_page_is_returned_to_with_its_query() {
    assertThat(ADDRESS.of(Requests.get("/orders?sort=date"))).isEqualTo("/app/orders?sort=date");
    assertThat(ADDRESS.of(Requests.get("/orders"))).isEqualTo("/app/orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "get"})
  void what_was_not_a_GET_is_not_repeated(String method) {
    assertThat(ADDRESS.of(Requests.navigation(method, "/orders"))).isEqualTo("/app/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth/login", "/oauth/callback?code=x", "/oauth/logout"})
  void nobody_returns_to_an_endpoint_of_the_login(String path) {
    assertThat(ADDRESS.of(Requests.get(path))).isEqualTo("/app/");
  }

  @Test
  void the_host_of_the_request_counts_for_nothing() {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setServerName("evil.example");
    request.addHeader("Host", "evil.example");
    request.addHeader("X-Forwarded-Host", "evil.example");
    request.addHeader("X-Forwarded-Prefix", "//evil.example");

    assertThat(ADDRESS.of(request)).isEqualTo("/app/orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example/%2e%2e", "/\\evil.example", "http://evil.example/app/x"})
  void a_hostile_request_line_is_not_returned_to(String uri) {
    assertThat(ADDRESS.of(Requests.raw("GET", uri, "/x"))).isEqualTo("/app/");
  }

  @Test
  void anything_at_all_is_answered() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String address = "/app/" + (char) c;
      assertThatCode(() -> ADDRESS.accepted(address)).doesNotThrowAnyException();
    }
  }
}
