package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Violation;

class ProviderMetadataTest {

  private static final String ISSUER = "https://server.example.com";

  /** The least that RFC 8414 section 3.2 shows, with members changed. */
  private static ProviderMetadata metadata(String issuer, Map<String, Object> changes) {
    Map<String, Object> published = new HashMap<>();
    published.put("issuer", issuer);
    published.put("authorization_endpoint", ISSUER + "/authorize");
    published.put("token_endpoint", ISSUER + "/token");
    published.putAll(changes);
    published.values().removeIf("absent"::equals);
    return ProviderMetadata.of(
        TestClient.settings("issuer", issuer).endpoints(), new Claims(published));
  }

  private static ProviderMetadata with(String name, Object value) {
    return metadata(ISSUER, Map.of(name, value));
  }

  @Test
  void the_least_that_is_published_is_enough() {
    ProviderMetadata metadata = metadata(ISSUER, Map.of());

    assertThat(metadata.tokenEndpoint()).hasToString(ISSUER + "/token");
    assertThat(metadata.jwksUri()).isEmpty();
    assertThat(metadata.authenticationMethods()).isEmpty();
    assertThat(metadata.issuerPromised()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint"})
  @Provokes(Violation.METADATA_MALFORMED)
  void a_provider_without_an_endpoint_is_of_no_use(String name) {
    assertFails(Violation.METADATA_MALFORMED, () -> with(name, "absent"));
    assertFails(Violation.METADATA_MALFORMED, () -> with(name, List.of(ISSUER)));
  }

  static Stream<String> unacceptable() {
    return Stream.of(
        "http://server.example.com/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "jar:file:///a.jar!/b",
        "ftp://server.example.com/",
        "https://server.example.com/#fragment",
        "https://user@server.example.com/",
        "https://server.example.com/a%0d%0aX: y",
        "https://server.example.com/a b",
        "https:///x",
        "//server.example.com/x",
        "/x",
        "not a url",
        "");
  }

  /** AR-10, JW-03: in whatever place it stands, used or not. */
  @ParameterizedTest
  @MethodSource("unacceptable")
  @Provokes(Violation.METADATA_ENDPOINT)
  void an_endpoint_is_an_https_url(String url) {
    for (String name :
        List.of(
            "authorization_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "jwks_uri",
            "end_session_endpoint",
            "revocation_endpoint")) {
      assertFails(Violation.METADATA_ENDPOINT, () -> with(name, url));
    }
  }

  /** JW-03: a provider out there cannot send requests to services on this machine. */
  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:9080/x", "http://127.0.0.1/x", "http://[::1]/x"})
  @Provokes(Violation.METADATA_ENDPOINT)
  void plain_http_is_for_an_issuer_that_is_on_this_machine_itself(String url) {
    assertFails(Violation.METADATA_ENDPOINT, () -> with("token_endpoint", url));
    assertThat(metadata("http://localhost:8080", Map.of("token_endpoint", url)).tokenEndpoint())
        .hasToString(url);
  }

  /** JW-03: nor by https, to an address that is nobody's out there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:9043/",
        "https://localhost/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://[fd00::1]/x"
      })
  @Provokes(Violation.METADATA_ENDPOINT)
  void an_inner_address_is_for_a_provider_that_is_inside_itself(String url) {
    for (String name : List.of("token_endpoint", "jwks_uri", "userinfo_endpoint")) {
      assertFails(Violation.METADATA_ENDPOINT, () -> with(name, url));
    }
    assertThat(metadata("https://192.168.0.9", Map.of("token_endpoint", url)).tokenEndpoint())
        .hasToString(url);
    assertThat(
            ProviderMetadata.of(
                    TestClient.settings(
                            "issuer",
                            ISSUER,
                            "metadata-uri",
                            "https://10.0.0.1/.well-known/openid-configuration")
                        .endpoints(),
                    new Claims(
                        Map.of(
                            "issuer", ISSUER,
                            "authorization_endpoint", ISSUER + "/authorize",
                            "token_endpoint", url)))
                .tokenEndpoint())
        .hasToString(url);
  }

  @Test
  void a_promise_is_a_boolean_and_methods_are_a_list_of_texts() {
    String promise = "authorization_response_iss_parameter_supported";
    String methods = "token_endpoint_auth_methods_supported";

    assertThat(with(promise, true).issuerPromised()).isTrue();
    assertThat(with(promise, "true").issuerPromised()).isFalse();
    assertThat(with(methods, List.of("none", "none")).authenticationMethods())
        .containsExactly("none");
    assertThat(with(methods, List.of(1L)).authenticationMethods()).isEmpty();
  }

  /** CR-08. */
  @Test
  void what_is_not_known_is_ignored() {
    assertThat(with("id_token_signing_alg_values_supported", List.of("ML-DSA-65")))
        .isEqualTo(metadata(ISSUER, Map.of()));
  }

  @Test
  @Provokes(Violation.METADATA_ISSUER)
  void the_issuer_is_compared_before_anything_else_is_read() {
    Map<String, Object> published = Map.of("issuer", ISSUER + "/", "token_endpoint", "file:///x");

    assertFails(
        Violation.METADATA_ISSUER,
        () ->
            ProviderMetadata.of(
                TestClient.settings("issuer", ISSUER).endpoints(), new Claims(published)));
  }
}
