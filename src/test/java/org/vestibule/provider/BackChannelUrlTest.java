package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackChannelUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://server.example.com",
        "https://server.example.com:8443/realms/main?a=b",
        "HTTPS://SERVER.EXAMPLE.COM/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]:8443/",
        "http://localhost:9080/",
        "http://LOCALHOST",
        "http://as.localhost/",
        "http://127.0.0.1:1",
        "http://127.255.255.254/",
        "http://[::1]:65535/",
        "http://[0:0:0:0:0:0:0:1]/"
      })
  void https_everywhere_and_http_on_this_machine(String url) {
    assertThat(BackChannelUrl.parse(url)).contains(URI.create(url));
    assertThat(BackChannelUrl.isAcceptable(URI.create(url))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://server.example.com",
        "http://localhost.example.com",
        "http://notlocalhost",
        "http://127.0.0.1.example.com",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://192.168.0.1",
        "http://[::2]",
        "http://[::ffff:127.0.0.1]",
        "http://2130706433"
      })
  void http_to_other_machines_is_not_acceptable(String url) {
    assertThat(BackChannelUrl.isAcceptable(URI.create(url))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user@server.example.com",
        "http://localhost@server.example.com",
        "https://server.example.com#",
        "https:/server.example.com",
        "/path",
        "mailto:a@server.example.com",
        "https://server_1.example.com"
      })
  void what_is_not_plainly_an_address_is_not_acceptable(String url) {
    assertThat(BackChannelUrl.parse(url)).isEmpty();
    assertThat(BackChannelUrl.isAcceptable(URI.create(url))).isFalse();
  }

  @Test
  void a_host_name_is_judged_without_asking_anybody() {
    assertThat(BackChannelUrl.isLoopback("::1")).isTrue();
    assertThat(BackChannelUrl.isLoopback("0:0:0:0:0:0:0:1")).isTrue();
    assertThat(BackChannelUrl.isLoopback("127.0.0.256")).isFalse();
    assertThat(BackChannelUrl.isLoopback("127.1")).isFalse();
    assertThat(BackChannelUrl.isLoopback("")).isFalse();
    assertThat(BackChannelUrl.isLoopback(null)).isFalse();
  }
}
