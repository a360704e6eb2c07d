package org.vestibule.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

class AuthorizationRequestTest {

  static final Set<String> OWN = AuthorizationRequest.OWN;

  private static final URI ENDPOINT = URI.create("https://server.example.com/authorize");
  private static final CodeVerifier VERIFIER =
      new CodeVerifier(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));

  private static AuthorizationRequest request(String scope, String separator, Parameters more) {
    return new AuthorizationRequest(
        "s6BhdRkqt3",
        URI.create("https://client.example.com/cb"),
        Scope.parse(scope),
        separator,
        Secret.of("xyz"),
        Optional.of(Secret.of("n-0S6_WzA2Mj")),
        Optional.of(VERIFIER),
        Optional.empty(),
        more);
  }

  private static AuthorizationRequest plain() {
    return new AuthorizationRequest(
        "s6BhdRkqt3",
        URI.create("https://client.example.com/cb"),
        Scope.NONE,
        " ",
        Secret.of("xyz"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Parameters.empty());
  }

  /** RFC 6749 section 4.1.1, in another order. */
  @Test
  void the_plainest_request_is_that_of_the_specification() {
    assertThat(plain().uri(ENDPOINT))
        .hasToString(
            "https://server.example.com/authorize?response_type=code&client_id=s6BhdRkqt3"
                + "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&state=xyz");
  }

  @Test
  void openid_connect_and_pkce_add_their_parameters() {
    assertThat(request("openid profile", " ", Parameters.empty()).parameters().encode())
        .isEqualTo(
            "response_type=code&client_id=s6BhdRkqt3"
                + "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&scope=openid+profile"
                + "&state=xyz&nonce=n-0S6_WzA2Mj"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256");
  }

  @Test
  void the_response_mode_and_what_is_configured_come_last() {
    AuthorizationRequest request =
        new AuthorizationRequest(
            "s6BhdRkqt3",
            URI.create("https://client.example.com/cb"),
            Scope.NONE,
            " ",
            Secret.of("xyz"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("form_post"),
            Parameters.empty().with("prompt", "login"));

    assertThat(request.parameters().encode())
        .endsWith("&state=xyz&response_mode=form_post&prompt=login");
  }

  @Test
  void scopes_are_joined_as_the_provider_wants_them() {
    assertThat(request("write read", ",", Parameters.empty()).parameters().get("scope"))
        .contains("write,read");
  }

  /** As TikTok wants it. */
  @Test
  void a_parameter_can_have_the_provider_s_own_name() {
    assertThat(plain().uri(ENDPOINT, Map.of("client_id", "client_key")))
        .hasToString(
            "https://server.example.com/authorize?response_type=code&client_key=s6BhdRkqt3"
                + "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&state=xyz");
  }

  /** AR-10: RFC 6749 section 3.1, "[the query component] MUST be retained". */
  @Test
  void the_query_of_the_endpoint_is_retained() {
    assertThat(plain().uri(URI.create("https://server.example.com/authorize?tenant=a%2Fb")))
        .asString()
        .startsWith("https://server.example.com/authorize?tenant=a%2Fb&response_type=code&");
  }

  /** AR-08, AR-10. */
  @ParameterizedTest
  @ValueSource(
      strings = {"state=x", "tenant=1&client_id=x", "%73tate=x", "response_mode", "login_hint=x"})
  @Provokes(Violation.PARAMETER_TWICE)
  void what_the_endpoint_says_already_is_not_said_twice(String query) {
    AuthorizationRequest request =
        request("openid", " ", Parameters.empty().with("login_hint", "alice"));

    assertFails(
        Violation.PARAMETER_TWICE,
        () -> request.uri(URI.create("https://server.example.com/authorize?" + query)));
  }

  @Test
  void only_a_resource_may_be_there_twice() {
    AuthorizationRequest request =
        request("openid", " ", Parameters.empty().with("resource", "https://b.example"));

    assertThat(
            request
                .uri(URI.create("https://server.example.com/authorize?resource=https://a.example"))
                .getRawQuery())
        .contains("resource=https://a.example&", "&resource=https%3A%2F%2Fb.example");
  }

  /** AR-11. */
  @Test
  void no_value_can_add_a_parameter() {
    String hostile = "a&redirect_uri=https://attacker.example#x=\r\n é";
    String scope = "openid a&redirect_uri=https://attacker.example#x";
    Parameters sent =
        Parameters.parse(
            request(scope, " ", Parameters.empty().with("login_hint", hostile))
                .uri(ENDPOINT)
                .getRawQuery());

    assertThat(sent.get("login_hint")).contains(hostile);
    assertThat(sent.get("scope")).contains(scope);
    assertThat(sent.get("redirect_uri")).contains("https://client.example.com/cb");
    assertThat(sent.firstRepeated(sent.names())).isEmpty();
  }

  /** AR-08. */
  @ParameterizedTest
  @FieldSource("OWN")
  void what_the_flow_itself_says_cannot_be_replaced(String name) {
    Parameters more = Parameters.empty().with(name, "x");

    assertThatThrownBy(() -> request("openid", " ", more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " cannot be set");
  }

  /** AR-21. */
  @Test
  void the_verifier_stays_here() {
    assertThat(request("openid", " ", Parameters.empty()).uri(ENDPOINT).toString())
        .doesNotContain(VERIFIER.value().value());
  }
}
