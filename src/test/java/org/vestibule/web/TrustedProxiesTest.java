package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.IpNetwork;

/** AR-06, FB-13, CF-11: whom is believed what address a browser used. */
class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          List.of(
              IpNetwork.parse("10.0.0.0/8").orElseThrow(),
              IpNetwork.parse("fd00::/8").orElseThrow()));

  /** Headers as {@code name: value}, separated by {@code |}. */
  private static MockHttpServletRequest from(String address, String headers) {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setRemoteAddr(address);
    request.setServerName("backend.internal");
    request.addHeader("Host", "backend.internal:9080");
    for (String header : headers.split("\\|")) {
      int colon = header.indexOf(':');
      request.addHeader(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return request;
  }

  private static Optional<String> origin(String headers) {
    return PROXIES.origin(from("10.1.2.3", headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "Forwarded: proto=https;host=app.example.com > https://app.example.com",
        "Forwarded: for=192.0.2.60;proto=https;by=203.0.113.43;host=app.example.com > https://app.example.com",
        "Forwarded: Host=\"App.example.com:8443\" ; Proto=HTTPS > https://app.example.com:8443",
        "Forwarded: proto=https;host=\"app.example.com:443\" > https://app.example.com",
        "Forwarded: proto=https > https://backend.internal:9080",
        "X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com > https://app.example.com",
        "X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com|X-Forwarded-Port: 443 > https://app.example.com",
        "X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com|X-Forwarded-Port: 8443 > https://app.example.com:8443",
        "X-Forwarded-Proto: https|X-Forwarded-Host: [2001:db8::1]:8443 > https://[2001:db8::1]:8443",
        "X-Forwarded-Proto: http|X-Forwarded-Host: localhost:8080 > http://localhost:8080",
        "Forwarded: proto=https;host=app.example.com|X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com > https://app.example.com",
        "Forwarded: for=192.0.2.60|X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com > https://app.example.com"
      })
  void a_trusted_proxy_is_believed(String headers, String origin) {
    assertThat(origin(headers)).contains(origin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        // One proxy: what comes before its own word is the browser's.
        "Forwarded: host=evil.example;proto=https, for=192.0.2.60;host=app.example.com;proto=https > https://app.example.com",
        "Forwarded: host=evil.example;proto=https|Forwarded: for=192.0.2.60;host=app.example.com;proto=https > https://app.example.com",
        "X-Forwarded-For: 10.0.0.1, 192.0.2.60|X-Forwarded-Host: evil.example, app.example.com|X-Forwarded-Proto: https, https > https://app.example.com",
        "X-Forwarded-Host: evil.example, app.example.com|X-Forwarded-Proto: https > https://app.example.com",
        // Two: the one before is believed as well, and nothing before that.
        "Forwarded: for=1.2.3.4;host=evil.example, for=192.0.2.60;host=app.example.com;proto=https, for=10.9.9.9;host=inner.example > https://app.example.com",
        "Forwarded: for=192.0.2.60;host=app.example.com;proto=https, for=\"[fd00::9]:4711\";proto=http > https://app.example.com",
        "X-Forwarded-For: 1.2.3.4, 192.0.2.60, 10.9.9.9|X-Forwarded-Host: evil.example, app.example.com, inner.example|X-Forwarded-Proto: https, https, http > https://app.example.com",
        "X-Forwarded-For: 192.0.2.60, 10.9.9.9:4711|X-Forwarded-Host: app.example.com|X-Forwarded-Proto: https > https://app.example.com"
      })
  void of_a_list_only_what_trusted_proxies_have_added_counts(String headers, String origin) {
    assertThat(origin(headers)).contains(origin);
  }

  @Provokes(refusal = Refusal.PUBLIC_URL_UNKNOWN)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded: host=app.example.com;proto=ftp",
        "Forwarded: host=app.example.com;proto=http",
        "Forwarded: host=app.example.com;proto=https;host=evil.example",
        "Forwarded: host=\"app.example.com/@evil.example\";proto=https",
        "Forwarded: host=\"app.example.com:0\";proto=https",
        "Forwarded: host=\"app.example.com:99999\";proto=https",
        "Forwarded: host=app.example.com:8443:1;proto=https",
        "Forwarded: host=\"app.example.com;proto=https",
        "Forwarded: app.example.com",
        "Forwarded: host=app.example.com;proto=https;",
        "Forwarded: ,",
        "X-Forwarded-Host: user@evil.example|X-Forwarded-Proto: https",
        "X-Forwarded-Host: app.example.com|X-Forwarded-Proto: https|X-Forwarded-Port: 0",
        "X-Forwarded-Host: app.example.com|X-Forwarded-Proto: https|X-Forwarded-Port: x",
        "X-Forwarded-Host: |X-Forwarded-Proto: https",
        "X-Forwarded-Host: my_app.example.com|X-Forwarded-Proto: https",
        "X-Forwarded-Host: [::::]|X-Forwarded-Proto: https",
        "X-Forwarded-Host: app.example.com, |X-Forwarded-Proto: https",
        "Forwarded: proto=https;host=evil.example|X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com",
        "Forwarded: proto=http|X-Forwarded-Proto: https|X-Forwarded-Host: app.example.com"
      })
  void what_is_malformed_contradictory_or_without_encryption_is_believed_by_nobody(String headers) {
    assertFails(Refusal.PUBLIC_URL_UNKNOWN, () -> origin(headers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.60", "11.0.0.1", "::1", "127.0.0.1", "fe80::1", "unknown", ""})
  void nobody_else_is_believed(String address) {
    MockHttpServletRequest request =
        from(address, "X-Forwarded-Host: evil.example|X-Forwarded-Proto: https");

    assertThat(PROXIES.origin(request)).isEmpty();
    assertThat(new TrustedProxies(List.of()).origin(request)).isEmpty();
  }

  @Test
  void a_proxy_that_says_nothing_is_none() {
    assertThat(origin("X-Forwarded-For: 192.0.2.60")).isEmpty();
    assertThat(origin("Forwarded: for=192.0.2.60;by=10.0.0.1")).isEmpty();
    assertThat(origin("Accept: text/html")).isEmpty();
  }
}
