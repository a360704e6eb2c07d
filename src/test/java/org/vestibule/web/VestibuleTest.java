package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.testing.AuthorizationServer;

class VestibuleTest {

  private static final String[] PUBLIC_CLIENT = {"client-authentication", "none"};

  private static Vestibule with(String... keysAndValues) {
    return Houses.with(Clock.systemUTC(), withEndpoints(keysAndValues));
  }

  /** A provider that need not be asked for its metadata. */
  private static Map<String, String> withEndpoints(String... keysAndValues) {
    Map<String, String> settings =
        Houses.settings(
            "client-id",
            Houses.CLIENT_ID,
            "issuer",
            Houses.ISSUER,
            "discovery",
            "off",
            "authorization-endpoint",
            Houses.ISSUER + "/authorize",
            "token-endpoint",
            Houses.ISSUER + "/token",
            "jwks-uri",
            Houses.ISSUER + "/jwks");
    settings.putAll(Houses.settings(keysAndValues));
    return settings;
  }

  /** Whether what one house put into a browser another one knows. */
  private static boolean understandEachOther(Vestibule one, Vestibule other) {
    Visitor visitor = new Visitor(one);
    MockHttpServletResponse redirection = visitor.get("/orders");
    String location = String.valueOf(redirection.getHeader("Location"));
    Secret state =
        Parameters.parse(location.replaceFirst(".*\\?", ""))
            .get("state")
            .map(Secret::of)
            .orElseThrow();
    MockHttpServletRequest request = Requests.get("/oauth/callback");
    request.setCookies(visitor.cookies().values().toArray(Cookie[]::new));
    return other.pendingLogins().find(request, state).isPresent();
  }

  @Test
  void two_nodes_with_one_client_secret_understand_each_other() {
    assertThat(understandEachOther(with("client-secret", "a"), with("client-secret", "a")))
        .isTrue();
    assertThat(understandEachOther(with("client-secret", "a"), with("client-secret", "b")))
        .isFalse();
  }

  @Test
  void two_nodes_with_one_key_file_do_so_whatever_the_secret() {
    String key = KeyFiles.newKey().toString();
    Vestibule one = with("encryption-key-file", key, "client-secret", "a");

    assertThat(understandEachOther(one, with("encryption-key-file", key, "client-secret", "b")))
        .isTrue();
    assertThat(
            understandEachOther(
                one,
                with("encryption-key-file", KeyFiles.newKey().toString(), "client-secret", "a")))
        .isFalse();
    assertThat(understandEachOther(one, with("client-secret", "a"))).isFalse();
  }

  @Test
  void a_key_can_be_changed_while_logins_are_under_way() {
    String before = KeyFiles.newKey().toString();
    String after = KeyFiles.newKey().toString();
    Vestibule old = with("encryption-key-file", before, "client-secret", "a");
    Vestibule changed =
        with(
            "encryption-key-file", after,
            "encryption-key-previous-file", before,
            "client-secret", "a");

    assertThat(understandEachOther(old, changed)).isTrue();
    assertThat(understandEachOther(changed, old)).isFalse();
    assertThat(
            understandEachOther(changed, with("encryption-key-file", after, "client-secret", "a")))
        .isTrue();
  }

  @Test
  void the_secrets_of_all_providers_count_in_case_one_is_changed() {
    String[] both = {
      "providers", "a,b",
      "provider.a.client-secret", "first",
      "provider.b.client-secret", "second"
    };
    Vestibule one = with(both);
    Vestibule turned = with(both);

    assertThat(understandEachOther(one, turned)).isTrue();
  }

  @Test
  void without_any_secret_the_key_lives_as_long_as_this_run() {
    Vestibule one = with(PUBLIC_CLIENT);

    assertThat(understandEachOther(one, one)).isTrue();
    assertThat(understandEachOther(one, with(PUBLIC_CLIENT))).isFalse();
  }

  @Test
  void two_applications_do_not_understand_each_other() {
    Vestibule other = Houses.at("/other", Clock.systemUTC(), withEndpoints("client-secret", "a"));

    assertThat(understandEachOther(with("client-secret", "a"), other)).isFalse();
  }

  @Test
  void a_house_is_found_in_its_context() {
    MockServletContext context = new MockServletContext();
    Vestibule house = Houses.usual();
    new CurrentVestibule(house).moveInto(context);

    assertThat(Vestibule.in(context)).isSameAs(house);
  }

  @Test
  void a_context_without_one_says_who_did_not_come() {
    MockServletContext context = new MockServletContext();

    assertThatThrownBy(() -> Vestibule.in(context))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Registration");
  }

  @Test
  void addresses_are_below_the_context_path() {
    assertThat(Houses.usual().loginUrl()).isEqualTo("/app/oauth/login");
    assertThat(Houses.usual("login-path", "/in", "logout-path", "/out").loginUrl())
        .isEqualTo("/app/in");
    assertThat(Houses.usual("login-path", "/in", "logout-path", "/out").logoutUrl())
        .isEqualTo("/app/out");
  }

  @Test
  void with_a_broken_configuration_there_are_no_providers() {
    Vestibule broken = Houses.usual("issuer", "http://evil.example");

    assertThat(broken.configuration().isUsable()).isFalse();
    assertThat(broken.providers()).isEmpty();
  }

  @Test
  void to_build_one_asks_nothing_of_the_network() {
    try (AuthorizationServer server = AuthorizationServer.start(options -> {})) {
      Houses.usual("issuer", server.issuer());

      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void it_does_not_print_its_secrets() {
    assertThat(Houses.usual().toString()).doesNotContain(Houses.CLIENT_SECRET);
  }
}
