package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  private static IpNetwork network(String text) {
    return IpNetwork.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,         10.255.0.1",
    "10.1.2.3,           10.1.2.3",
    "10.1.2.3/32,        10.1.2.3",
    "192.168.4.0/22,     192.168.7.255",
    "0.0.0.0/0,          203.0.113.9",
    "127.0.0.1,          ::ffff:127.0.0.1",
    "::ffff:10.0.0.1,    10.0.0.1",
    "::1,                0:0:0:0:0:0:0:1",
    "fd00::/8,           fdff::1",
    "2001:db8:a000::/35, 2001:db8:bfff:ffff::1",
    "::/0,               2001:db8::1"
  })
  void an_address_is_in_its_network(String network, String address) {
    assertThat(network(network).contains(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,         11.0.0.1",
    "10.1.2.3,           10.1.2.4",
    "192.168.4.0/22,     192.168.8.0",
    "0.0.0.0/0,          ::1",
    "::/0,               10.0.0.1",
    "fd00::/8,           fe00::1",
    "2001:db8:a000::/35, 2001:db8:c000::1",
    "0.0.0.0/0,          localhost",
    "0.0.0.0/0,          unknown",
    "0.0.0.0/0,          ''",
    "0.0.0.0/0,          999.0.0.1",
    "::/0,               fe80::1%eth0"
  })
  void others_and_what_is_no_address_are_not(String network, String address) {
    assertThat(network(network).contains(address)).isFalse();
  }

  /** One that is looked up could be anybody's tomorrow. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "proxy.example.com", "1", "0x7f.1", "10.1", "", "/8", "::/"})
  void a_name_and_a_short_form_are_no_network(String text) {
    assertThat(IpNetwork.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/8, 10.0.0.0/8", "fd00::/8, fd00:0:0:0:0:0:0:0/8", "10.1.2.3, 10.1.2.3/32"})
  void networks_are_values(String text, String shown) {
    assertThat(network(text)).hasToString(shown).isEqualTo(network(shown));
    assertThat(network(text)).hasSameHashCodeAs(network(shown)).isNotEqualTo(network("::1"));
  }
}
