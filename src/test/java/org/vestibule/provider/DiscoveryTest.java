package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.ServerOptions;

class DiscoveryTest {

  private static ProviderMetadata read(AuthorizationServer server, String... settings) {
    List<String> all = new ArrayList<>(List.of("issuer", server.issuer()));
    all.addAll(List.of(settings));
    ProviderSettings read = TestClient.settings(all.toArray(String[]::new));
    return new Discovery(Clock.systemUTC(), new BackChannel(read.http()), read).read();
  }

  private static void with(Consumer<ServerOptions> options, Consumer<AuthorizationServer> test) {
    try (var server = AuthorizationServer.start(options)) {
      test.accept(server);
    }
  }

  /** OpenID Connect Discovery section 4.1, RFC 8414 section 3.1. JW-02. */
  @ParameterizedTest
  @CsvSource({
    "https://example.com,"
        + " https://example.com/.well-known/openid-configuration,"
        + " https://example.com/.well-known/oauth-authorization-server",
    "https://example.com/,"
        + " https://example.com/.well-known/openid-configuration,"
        + " https://example.com/.well-known/oauth-authorization-server",
    "https://example.com/issuer1,"
        + " https://example.com/issuer1/.well-known/openid-configuration,"
        + " https://example.com/.well-known/oauth-authorization-server/issuer1",
    "https://example.com:8443/a%20b/c/,"
        + " https://example.com:8443/a%20b/c/.well-known/openid-configuration,"
        + " https://example.com:8443/.well-known/oauth-authorization-server/a%20b/c"
  })
  void metadata_have_two_places(String issuer, String openId, String oauth) {
    assertThat(Discovery.places(issuer)).containsExactly(URI.create(openId), URI.create(oauth));
  }

  /** As Azure AD B2C has them, whose user flows publish one issuer. */
  @Test
  @Provokes(Violation.METADATA_ISSUER)
  void metadata_that_are_elsewhere_are_still_those_of_the_issuer() {
    with(
        c -> {},
        server -> {
          String elsewhere = server.origin() + "/flow/metadata?p=b2c_1_signin";
          server.on(Endpoint.OTHER).always(metadata(server, server.issuer()));
          assertThat(read(server, "metadata-uri", elsewhere).issuer()).contains(server.issuer());
          assertThat(server.lastRequest(Endpoint.OTHER).query().get("p")).isEqualTo("b2c_1_signin");
          assertThat(server.requests(Endpoint.OPENID_CONFIGURATION)).isEmpty();

          server.on(Endpoint.OTHER).always(metadata(server, server.origin() + "/flow"));
          assertFails(Violation.METADATA_ISSUER, () -> read(server, "metadata-uri", elsewhere));
        });
  }

  private static Answer metadata(AuthorizationServer server, String issuer) {
    return Answer.json(
        200,
        Map.of(
            "issuer",
            issuer,
            "authorization_endpoint",
            server.url(Endpoint.AUTHORIZATION),
            "token_endpoint",
            server.url(Endpoint.TOKEN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/realms/main"})
  void what_is_published_is_found(String path) {
    with(
        c -> c.issuerPath(path),
        server -> {
          ProviderMetadata metadata = read(server);

          assertThat(metadata.issuer()).contains(server.issuer());
          assertThat(metadata.authorizationEndpoint())
              .hasToString(server.url(Endpoint.AUTHORIZATION));
          assertThat(metadata.tokenEndpoint()).hasToString(server.url(Endpoint.TOKEN));
          assertThat(metadata.userInfoEndpoint())
              .contains(URI.create(server.url(Endpoint.USERINFO)));
          assertThat(metadata.jwksUri()).contains(URI.create(server.url(Endpoint.JWKS)));
          assertThat(metadata.endSessionEndpoint())
              .contains(URI.create(server.url(Endpoint.END_SESSION)));
          assertThat(metadata.revocationEndpoint())
              .contains(URI.create(server.url(Endpoint.REVOCATION)));
          assertThat(metadata.issuerPromised()).isTrue();
          assertThat(server.requests()).hasSize(1);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/realms/main"})
  void a_plain_authorization_server_publishes_at_the_other_place(String path) {
    with(
        c -> c.issuerPath(path).without(Feature.OPENID_CONFIGURATION),
        server -> {
          assertThat(read(server).tokenEndpoint()).hasToString(server.url(Endpoint.TOKEN));
          assertThat(server.requests()).hasSize(2);
        });
  }

  @Test
  void a_page_in_the_first_place_does_not_hide_the_second() {
    with(
        c -> {},
        server -> {
          server.on(Endpoint.OPENID_CONFIGURATION).always(Answer.html(200, "<html>"));

          assertThat(read(server).tokenEndpoint()).hasToString(server.url(Endpoint.TOKEN));
        });
  }

  @Test
  void what_is_set_goes_before_what_is_published() {
    with(
        c -> {},
        server ->
            assertThat(read(server, "token-endpoint", "https://tokens.example.com/t"))
                .extracting(
                    ProviderMetadata::tokenEndpoint, ProviderMetadata::authorizationEndpoint)
                .containsExactly(
                    URI.create("https://tokens.example.com/t"),
                    URI.create(server.url(Endpoint.AUTHORIZATION))));
  }

  @Test
  void without_discovery_nobody_is_asked() {
    with(
        c -> {},
        server -> {
          ProviderMetadata metadata =
              read(
                  server,
                  "discovery",
                  "off",
                  "authorization-endpoint",
                  "https://server.example.com/a",
                  "token-endpoint",
                  "https://server.example.com/t",
                  "jwks-uri",
                  "https://server.example.com/k");

          assertThat(metadata.tokenEndpoint()).hasToString("https://server.example.com/t");
          assertThat(metadata.userInfoEndpoint()).isEmpty();
          assertThat(metadata.issuerPromised()).isFalse();
          assertThat(server.requests()).isEmpty();
        });
  }

  /** JW-01. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{0}/", "HTTP{1}", "https://attacker.example", "{0}/.well-known", "", "{0} "})
  @Provokes(Violation.METADATA_ISSUER)
  void metadata_of_another_issuer_are_refused_to_the_letter(String pattern) {
    with(
        c -> {},
        server -> {
          String issuer =
              pattern
                  .replace("{0}", server.issuer())
                  .replace("{1}", server.issuer().substring("http".length()));
          server.metadata(metadata -> metadata.put("issuer", issuer));

          assertFails(Violation.METADATA_ISSUER, () -> read(server));
        });
  }

  @Test
  @Provokes(Violation.METADATA_ISSUER)
  void metadata_that_name_no_issuer_are_refused() {
    with(
        c -> {},
        server -> {
          server.metadata(metadata -> metadata.remove("issuer"));
          assertFails(Violation.METADATA_ISSUER, () -> read(server));
          server.metadata(metadata -> metadata.put("issuer", List.of(server.issuer())));
          assertFails(Violation.METADATA_ISSUER, () -> read(server));
        });
  }

  static Stream<Answer> answersThatAreNoMetadata() {
    return Stream.of(
        Answer.empty(404),
        Answer.empty(401),
        Answer.html(200, "<html>"),
        Answer.json(200, "[]"),
        Answer.json(200, "null"),
        Answer.json(200, "{\"issuer\":\"a\",\"issuer\":\"b\"}"),
        Answer.json(201, Map.of("issuer", "https://server.example.com")));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNoMetadata")
  @Provokes(Violation.METADATA_MALFORMED)
  void where_there_are_no_metadata_in_either_place_there_are_none(Answer answer) {
    with(
        c -> {},
        server -> {
          server.on(Endpoint.OPENID_CONFIGURATION).always(answer);
          server.on(Endpoint.OAUTH_METADATA).always(answer);

          assertFails(Violation.METADATA_MALFORMED, () -> read(server));
          assertThat(server.requests()).hasSize(2);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void a_server_in_trouble_is_not_asked_twice(int status) {
    with(
        c -> {},
        server -> {
          server.on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(status));

          assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> read(server));
          assertThat(server.requests()).hasSize(1);
        });
  }

  /** TK-02. */
  @Test
  @Provokes(trouble = ProviderTrouble.REDIRECTED)
  void metadata_are_not_fetched_from_elsewhere() {
    with(
        c -> {},
        server -> {
          server
              .on(Endpoint.OPENID_CONFIGURATION)
              .always(Answer.redirect(302, server.url(Endpoint.OTHER)));

          assertFails(ProviderTrouble.REDIRECTED, () -> read(server));
          assertThat(server.requests(Endpoint.OTHER)).isEmpty();
        });
  }
}
