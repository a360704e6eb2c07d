package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;

/** One application under several names, each of which the settings know. */
class PublicHostsTest {

  private static PublicAddress at(String... settings) {
    return new PublicAddress(
        Houses.read(Houses.usualSettings(settings)).application(),
        Houses.CONTEXT_PATH,
        Set.of("corp.example.com", "partner.example.com"));
  }

  private static MockHttpServletRequest to(String host) {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setScheme("https");
    request.setSecure(true);
    request.setServerName(host);
    return request;
  }

  private static MockHttpServletRequest proxied(String host) {
    MockHttpServletRequest request = to("backend.internal");
    request.setRemoteAddr("10.1.2.3");
    request.addHeader("X-Forwarded-Proto", "https");
    request.addHeader("X-Forwarded-Host", host);
    return request;
  }

  @Test
  void the_public_address_has_the_name_that_is_used_if_it_is_one_of_ours() {
    PublicAddress address = at("public-url", "https://www.example.com");
    PublicAddress withPort = at("public-url", "https://www.example.com:8443");

    assertThat(address.absolute(to("partner.example.com"), "/x"))
        .isEqualTo(URI.create("https://partner.example.com/app/x"));
    assertThat(withPort.absolute(to("Partner.Example.com."), "/x"))
        .isEqualTo(URI.create("https://partner.example.com:8443/app/x"));
    assertThat(withPort.absolute(to("evil.example.com"), "/x"))
        .isEqualTo(URI.create("https://www.example.com:8443/app/x"));
  }

  @Test
  @Provokes(refusal = Refusal.PUBLIC_URL_UNKNOWN)
  void what_a_proxy_forwards_has_to_be_one_of_them_or_this_machine() {
    PublicAddress address = at("trusted-proxies", "10.0.0.0/8");

    assertThat(address.absolute(proxied("corp.example.com"), "/x"))
        .isEqualTo(URI.create("https://corp.example.com/app/x"));
    assertThat(address.absolute(proxied("localhost:9443"), "/x"))
        .isEqualTo(URI.create("https://localhost:9443/app/x"));
    assertFails(
        Refusal.PUBLIC_URL_UNKNOWN, () -> address.absolute(proxied("evil.example.com"), "/x"));
    assertThat(address.knownOrigin(proxied("evil.example.com"))).isEmpty();
    assertThat(address.knownOrigin(proxied("corp.example.com")))
        .contains("https://corp.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "WWW.Example.com, www.example.com",
    "www.example.com., www.example.com",
    "127.0.0.1, 127.0.0.1"
  })
  void a_name_is_one_however_it_is_written(String written, String name) {
    assertThat(at().host(to(written))).isEqualTo(name);
    assertThat(PublicAddress.serverName(to(written))).isEqualTo(name);
  }

  @Test
  void the_name_that_counts_is_the_one_that_a_trusted_proxy_was_asked_by() {
    assertThat(at("trusted-proxies", "10.0.0.0/8").host(proxied("corp.example.com")))
        .isEqualTo("corp.example.com");
    assertThat(at().host(proxied("corp.example.com"))).isEqualTo("backend.internal");
    assertThat(PublicAddress.serverName(proxied("corp.example.com"))).isEqualTo("backend.internal");
  }

  /** Nothing can be made of what it says. */
  @Test
  void a_proxy_that_talks_nonsense_names_nobody() {
    PublicAddress address = at("trusted-proxies", "10.0.0.0/8");

    assertThat(address.host(proxied("a b"))).isEqualTo("backend.internal");
    assertThat(address.isSecure(proxied("a b"))).isTrue();
  }

  @Test
  void browsers_are_on_this_machine_unless_the_settings_say_where_they_are() {
    assertThat(at().isOnThisMachine()).isTrue();
    assertThat(at("public-url", "http://localhost:9080").isOnThisMachine()).isTrue();
    assertThat(at("public-url", "https://www.example.com").isOnThisMachine()).isFalse();
    assertThat(at("trusted-proxies", "10.0.0.0/8").isOnThisMachine()).isFalse();
  }

  @Test
  void of_an_address_scheme_and_authority_are_its_origin() {
    assertThat(PublicAddress.origin(URI.create("https://www.example.com:8443/app?x=1#y")))
        .isEqualTo("https://www.example.com:8443");
  }
}
