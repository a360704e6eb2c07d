package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersFilterTest {

  @ParameterizedTest
  @CsvSource({
    "https://server.example.com, https://server.example.com",
    "https://server.example.com/realms/main?a=b#c, https://server.example.com",
    "http://localhost:8180/realms/demo, http://localhost:8180",
  })
  void a_form_may_be_redirected_to_the_origin_of_the_issuer(String issuer, String origin) {
    assertThat(SecurityHeadersFilter.origin(issuer)).contains(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "server.example.com",
        "urn:example:issuer",
        "https://server.example.com; script-src *",
        "https://a;script-src/x",
        "https://a,b/x",
      })
  void what_has_no_origin_does_not_get_into_the_policy(String issuer) {
    assertThat(SecurityHeadersFilter.origin(issuer)).isEmpty();
  }
}
