package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.Caller;

class ProtectedApiTest {

  private static final String ACCESS_TOKEN = "2YotnFZFEjr1zCsicMWpAA";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String issuer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    issuer = "http://localhost:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void the_userinfo_endpoint_of_the_issuer_is_called_with_the_access_token() throws Exception {
    discovery(issuer, issuer + "/userinfo");
    answer("/userinfo", 200, "{\"sub\":\"24400320\"}");

    ProtectedApi.Answer answer = api(Map.of()).call(janeOf(issuer));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.address()).hasToString(issuer + "/userinfo");
    assertThat(answer.body()).hasToString("{\"sub\":\"24400320\"}");
    assertThat(asked)
        .containsExactly(
            "/.well-known/openid-configuration without a token",
            "/userinfo with Bearer " + ACCESS_TOKEN);
  }

  @Test
  void a_final_slash_of_the_issuer_is_not_doubled() throws Exception {
    discovery(issuer + "/", issuer + "/userinfo");
    answer("/userinfo", 200, "{}");

    assertThat(api(Map.of()).call(janeOf(issuer + "/")).status()).isEqualTo(200);
  }

  @Test
  void a_configured_api_comes_before_the_userinfo_endpoint() throws Exception {
    answer("/orders", 200, "[1,2]");

    ProtectedApi.Answer answer =
        api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer));

    assertThat(answer.body()).hasToString("[1,2]");
    assertThat(asked).containsExactly("/orders with Bearer " + ACCESS_TOKEN);
  }

  @Test
  void what_the_api_refuses_is_an_answer_too() throws Exception {
    answer("/orders", 403, "{\"error\":\"insufficient_scope\"}");

    assertThat(api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer)).status())
        .isEqualTo(403);
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
    serve(
        "/orders",
        exchange -> {
          exchange.getResponseHeaders().add("Location", issuer + "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
        });
    answer("/elsewhere", 200, "{}");

    ProtectedApi.Answer answer =
        api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer));

    assertThat(answer.status()).isEqualTo(302);
    assertThat(asked).containsExactly("/orders with Bearer " + ACCESS_TOKEN);
  }

  @Test
  void what_is_not_json_is_a_string() throws Exception {
    answer("/orders", 200, "<p>Grüße</p>");

    assertThat(api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer)).body())
        .hasToString("\"<p>Grüße</p>\"");
  }

  @Test
  void a_token_that_the_api_echoes_is_not_shown() throws Exception {
    answer("/orders", 200, "{\"Authorization\":\"Bearer " + ACCESS_TOKEN + "\"}");

    assertThat(api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer)).body())
        .hasToString("{\"Authorization\":\"Bearer (the access token)\"}");
  }

  @Test
  void an_answer_too_large_is_refused() {
    answer("/orders", 200, "x".repeat(BoundedHttpClient.MAXIMUM_BYTES + 1));

    assertThatThrownBy(
            () -> api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer)))
        .isInstanceOf(ApiUnavailableException.class)
        .hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void an_answer_just_small_enough_is_shown() throws Exception {
    answer("/orders", 200, "x".repeat(BoundedHttpClient.MAXIMUM_BYTES));

    assertThat(api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer)).body())
        .hasToString('"' + "x".repeat(BoundedHttpClient.MAXIMUM_BYTES) + '"');
  }

  @Test
  void a_server_that_is_away_is_named() {
    server.stop(0);

    assertThatThrownBy(
            () -> api(Map.of("showcase.api-url", issuer + "/orders")).call(janeOf(issuer)))
        .isInstanceOf(ApiUnavailableException.class)
        .hasMessage(issuer + "/orders could not be reached.");
  }

  @Test
  void the_document_of_another_issuer_does_not_say_where_the_token_goes() {
    discovery("https://server.example.com", issuer + "/userinfo");
    answer("/userinfo", 200, "{}");

    assertThatThrownBy(() -> api(Map.of()).call(janeOf(issuer)))
        .isInstanceOf(ApiUnavailableException.class)
        .hasMessageContaining("names no UserInfo endpoint of this issuer");
    assertThat(asked).containsExactly("/.well-known/openid-configuration without a token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com/orders",
        "http://127.evil.example/orders",
        "http://localhost.evil.example/orders",
        "ftp://localhost/orders",
        "/orders",
        "https:///orders",
        "not an address",
      })
  void a_token_does_not_travel_in_the_clear(String address) {
    assertThatThrownBy(() -> api(Map.of("showcase.api-url", address)).address(janeOf(issuer)))
        .isInstanceOf(ApiUnavailableException.class)
        .hasMessageContaining("showcase.api-url is not an https address");
  }

  @Test
  void github_has_no_issuer_but_a_user_endpoint() throws Exception {
    assertThat(api(Map.of()).address(new Jane("github", Map.of())))
        .hasToString("https://api.github.com/user");
    assertThat(api(Map.of("oauth.preset", "github")).address(new Jane("default", Map.of())))
        .hasToString("https://api.github.com/user");
  }

  @Test
  void the_token_of_a_provider_without_an_issuer_goes_nowhere_by_guess() {
    assertThatThrownBy(() -> api(Map.of()).call(new Jane("default", Map.of())))
        .isInstanceOf(ApiUnavailableException.class)
        .hasMessageContaining("showcase.api-url");
  }

  private static ProtectedApi api(Map<String, String> settings) {
    return new ProtectedApi(
        new BoundedHttpClient(), new SmallRyeConfigBuilder().withDefaultValues(settings).build());
  }

  private void discovery(String named, String userInfoEndpoint) {
    answer(
        "/.well-known/openid-configuration",
        200,
        "{\"issuer\":\"%s\",\"userinfo_endpoint\":\"%s\"}".formatted(named, userInfoEndpoint));
  }

  private void answer(String path, int status, String body) {
    serve(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI() + authorization(exchange));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static String authorization(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header == null ? " without a token" : " with " + header;
  }

  private static Caller janeOf(String issuer) {
    return new Jane("corp", Map.of("iss", issuer));
  }

  private record Jane(String provider, Map<String, Object> claims) implements Caller {

    @Override
    public Optional<String> logoutOrigin() {
      return Optional.empty();
    }

    @Override
    public boolean isAuthenticated() {
      return true;
    }

    @Override
    public String name() {
      return "janedoe";
    }

    @Override
    public Set<String> roles() {
      return Set.of();
    }

    @Override
    public Set<String> scope() {
      return Set.of("openid");
    }

    @Override
    public String accessToken() {
      return ACCESS_TOKEN;
    }

    @Override
    public AccessTokenSource accessTokenSource() {
      return this::accessToken;
    }

    @Override
    public Optional<Instant> accessTokenExpiresAt() {
      return Optional.empty();
    }

    @Override
    public void refresh() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String csrfToken() {
      return "";
    }
  }
}
