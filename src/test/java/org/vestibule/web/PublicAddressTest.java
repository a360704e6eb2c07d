package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;
import static org.vestibule.Provoked.assertReported;

import java.net.URI;
import java.time.Clock;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;

class PublicAddressTest {

  private static final String PUBLIC = "https://app.example.com";

  private static MockHttpServletRequest request(String scheme, String host, int port) {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setScheme(scheme);
    request.setSecure(scheme.equals("https"));
    request.setServerName(host);
    request.setServerPort(port);
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "http,  localhost,     9080, http://localhost:9080",
    "http,  localhost,     80,   http://localhost",
    "https, localhost,     443,  https://localhost",
    "https, localhost,     9443, https://localhost:9443",
    "https, localhost,     80,   https://localhost:80",
    "http,  127.0.0.1,     443,  http://127.0.0.1:443",
    "http,  app.localhost, 8080, http://app.localhost:8080",
    "http,  ::1,           8080, http://[::1]:8080",
    "http,  [::1],         8080, http://[::1]:8080",
  })
  void on_a_developers_machine_nothing_has_to_be_set(
      String scheme, String host, int port, String origin) {
    assertThat(Houses.usual().address().redirectUri(request(scheme, host, port)))
        .isEqualTo(URI.create(origin + "/app/oauth/callback"));
  }

  private static MockHttpServletRequest proxied(String host) {
    MockHttpServletRequest request = request("http", "backend.internal", 9080);
    request.setRemoteAddr("10.1.2.3");
    request.addHeader("X-Forwarded-Proto", "https");
    request.addHeader("X-Forwarded-Host", host);
    return request;
  }

  @Test
  void behind_trusted_proxies_the_address_is_what_they_say() {
    PublicAddress address = Houses.usual("trusted-proxies", "10.0.0.0/8").address();

    assertThat(address.redirectUri(proxied("app.example.com")))
        .isEqualTo(URI.create("https://app.example.com/app/oauth/callback"));
    assertThat(address.isSecure(proxied("app.example.com"))).isTrue();
    assertThat(address.isKnownSecure()).isTrue();
  }

  @Test
  void an_address_that_is_set_goes_before_all_that_proxies_say() {
    PublicAddress address =
        Houses.usual("trusted-proxies", "10.0.0.0/8", "public-url", PUBLIC).address();

    assertThat(address.redirectUri(proxied("evil.example")))
        .isEqualTo(URI.create(PUBLIC + "/app/oauth/callback"));
  }

  @Provokes(refusal = Refusal.PUBLIC_URL_UNKNOWN)
  @Test
  void a_proxy_that_is_not_trusted_changes_nothing() {
    PublicAddress address = Houses.usual("trusted-proxies", "10.9.0.0/16").address();

    assertFails(Refusal.PUBLIC_URL_UNKNOWN, () -> address.redirectUri(proxied("app.example.com")));
    assertThat(address.isSecure(proxied("app.example.com"))).isFalse();
  }

  @Provokes(refusal = Refusal.ADDRESS_DIFFERS)
  @Test
  void another_host_than_the_registered_one_is_told_once_with_both_addresses() {
    PublicAddress address = Houses.usual("public-url", PUBLIC).address();
    try (Logs logs = new Logs()) {
      address.redirectUri(request("https", "app.example.com", 443));
      assertThat(logs.text()).isEmpty();

      address.redirectUri(request("http", "www.app.example.com", 80));
      address.redirectUri(request("http", "www.app.example.com", 80));

      assertReported(Refusal.ADDRESS_DIFFERS, logs.text());
      assertThat(logs.at(Level.WARNING))
          .singleElement()
          .asString()
          .contains("http://www.app.example.com,", PUBLIC + "/app/oauth/callback");
    }
  }

  @Test
  void of_other_hosts_a_bounded_number_is_told_and_nothing_that_is_no_host() {
    PublicAddress address = Houses.usual("public-url", PUBLIC).address();
    try (Logs logs = new Logs()) {
      address.redirectUri(request("http", "a b\nSEVERE", 80));
      assertThat(logs.text()).isEmpty();
      for (int i = 0; i < 100; i++) {
        address.redirectUri(request("http", "host-" + i + ".example", 80));
      }

      assertThat(logs.at(Level.WARNING)).hasSize(16);
    }
  }

  @Provokes(refusal = Refusal.PUBLIC_URL_UNKNOWN)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example.com",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.0.1",
        "10.0.0.1",
        "0.0.0.0",
        "::",
        "[::]",
        "2130706433",
        "0x7f000001",
        "127.1",
        "localhost.",
        "xlocalhost",
        "",
        "127.0.0.256"
      })
  void a_host_name_from_a_request_is_not_trusted(String host) {
    PublicAddress address = Houses.usual().address();

    assertThat(
            assertFails(
                Refusal.PUBLIC_URL_UNKNOWN, () -> address.redirectUri(request("https", host, 443))))
        .hasMessageContaining("oauth.public-url=https://");
    assertFails(
        Refusal.PUBLIC_URL_UNKNOWN, () -> address.absolute(request("https", host, 443), "/x"));
  }

  @Test
  void what_is_configured_goes_before_whatever_a_request_says() {
    MockHttpServletRequest request = request("http", "evil.example", 8080);
    request.addHeader("Host", "evil.example");
    request.addHeader("X-Forwarded-Host", "evil.example");
    request.addHeader("X-Forwarded-Proto", "http");
    request.addHeader("X-Forwarded-Port", "666");
    request.addHeader("Forwarded", "host=evil.example;proto=http");
    PublicAddress address = Houses.usual("public-url", PUBLIC).address();

    assertThat(address.redirectUri(request)).isEqualTo(URI.create(PUBLIC + "/app/oauth/callback"));
    assertThat(address.absolute(request, "/oauth/logged-out"))
        .isEqualTo(URI.create(PUBLIC + "/app/oauth/logged-out"));
  }

  @Test
  void a_slash_at_the_end_of_the_public_address_does_no_harm() {
    assertThat(
            Houses.usual("public-url", PUBLIC + "/").address().redirectUri(Requests.get("/orders")))
        .isEqualTo(URI.create(PUBLIC + "/app/oauth/callback"));
  }

  @Test
  void an_application_at_the_root_has_no_context_path() {
    Vestibule house = Houses.at("", Clock.systemUTC(), Houses.usualSettings("public-url", PUBLIC));

    assertThat(house.address().redirectUri(Requests.get("/")))
        .isEqualTo(URI.create(PUBLIC + "/oauth/callback"));
  }

  @Test
  void a_redirection_uri_that_is_written_out_is_taken_as_it_is() {
    PublicAddress address =
        Houses.usual("redirect-uri", "https://gate.example.com/x/oauth/callback").address();
    MockHttpServletRequest request = request("http", "10.0.0.1", 8080);

    assertThat(address.redirectUri(request))
        .isEqualTo(URI.create("https://gate.example.com/x/oauth/callback"));
    assertThat(address.absolute(request, "/oauth/logged-out"))
        .isEqualTo(URI.create("https://gate.example.com/app/oauth/logged-out"));
    assertThat(address.isSecure(request)).isTrue();
  }

  @Test
  void the_callback_is_where_it_was_put() {
    assertThat(
            Houses.usual("public-url", PUBLIC, "callback-path", "/cb")
                .address()
                .redirectUri(Requests.get("/orders")))
        .isEqualTo(URI.create(PUBLIC + "/app/cb"));
  }

  @Test
  void behind_a_proxy_that_ends_TLS_the_configuration_tells_that_it_is_secure() {
    PublicAddress address = Houses.usual("public-url", PUBLIC).address();

    assertThat(address.isSecure(request("http", "10.0.0.1", 8080))).isTrue();
    assertThat(address.isKnownSecure()).isTrue();
  }

  @Test
  void without_configuration_the_connection_does() {
    PublicAddress address = Houses.usual().address();

    assertThat(address.isSecure(request("https", "localhost", 9443))).isTrue();
    assertThat(address.isSecure(request("http", "localhost", 9080))).isFalse();
    assertThat(address.isKnownSecure()).isFalse();
  }

  @Test
  void an_application_that_is_public_by_http_has_no_secure_cookies() {
    PublicAddress address = Houses.usual("public-url", "http://localhost:9080").address();

    assertThat(address.isSecure(request("https", "localhost", 9443))).isFalse();
  }
}
