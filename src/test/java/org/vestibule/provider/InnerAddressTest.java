package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JW-03. */
class InnerAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "app.localhost",
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.31.255.255",
        "192.168.178.1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[fd00::1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]"
      })
  void this_machine_and_its_neighbours_are_inside(String host) {
    assertThat(InnerAddress.is(URI.create("https://" + host + "/x").getHost())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.example.com",
        "localhost.example.com",
        "notlocalhost",
        "10.example.com",
        "11.0.0.1",
        "100.128.0.1",
        "128.0.0.1",
        "169.253.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "[2001:db8::1]",
        "[::2]"
      })
  void all_others_are_not(String host) {
    assertThat(InnerAddress.is(URI.create("https://" + host + "/x").getHost())).isFalse();
  }

  @Test
  void no_host_is_nowhere() {
    assertThat(InnerAddress.is(null)).isFalse();
  }
}
