package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Parameters;

/** OpenID Connect Core section 4; AR-16, AR-17. */
class InitiateServletTest {

  private static final String PATH = "/oauth/initiate";

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private Parameters fromHere() {
    return Parameters.empty().with("iss", scene.server().issuer());
  }

  private MockHttpServletResponse initiate(Parameters parameters) {
    return visitor.get(PATH + "?" + parameters.encode());
  }

  private static Parameters sent(MockHttpServletResponse response) {
    return Parameters.parse(
        URI.create(String.valueOf(response.getHeader("Location"))).getRawQuery());
  }

  /** Where the login ends. */
  private String endsAt(Parameters parameters) {
    MockHttpServletResponse done = visitor.goTo(visitor.atProvider(initiate(parameters)));
    return String.valueOf(done.getHeader("Location"));
  }

  @Test
  void a_login_starts_at_the_provider_that_is_named() {
    MockHttpServletResponse response = initiate(fromHere());

    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location")).startsWith(scene.server().issuer());
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(endsAt(fromHere())).isEqualTo("/app/");
  }

  @Test
  void it_may_be_asked_for_by_a_form() {
    MockHttpServletRequest request = Requests.navigation("POST", PATH);
    request.setContentType("application/x-www-form-urlencoded");
    request.setContent(fromHere().with("login_hint", "jane").encode().getBytes(ISO_8859_1));
    MockHttpServletResponse response = visitor.send(request);

    assertThat(response.getStatus()).isEqualTo(303);
    assertThat(sent(response).get("login_hint")).contains("jane");
  }

  @Test
  void the_hint_is_handed_on_unless_there_is_one_in_the_settings_or_it_is_endless() {
    assertThat(sent(initiate(fromHere().with("login_hint", "jane&prompt=none"))).get("login_hint"))
        .contains("jane&prompt=none");
    assertThat(sent(initiate(fromHere())).contains("login_hint")).isFalse();
    assertThat(
            sent(initiate(fromHere().with("login_hint", "x".repeat(257)))).contains("login_hint"))
        .isFalse();
    Visitor other = new Visitor(scene.restarted("authorization-parameters", "login_hint=corp"));
    assertThat(sent(other.get(PATH + "?" + fromHere().with("login_hint", "jane").encode())))
        .satisfies(
            parameters -> {
              assertThat(parameters.get("login_hint")).contains("corp");
              assertThat(parameters.encode().split("login_hint")).hasSize(2);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/orders?id=7", "http://localhost/app/orders?id=7"})
  void it_ends_at_the_page_that_is_named(String target) {
    assertThat(endsAt(fromHere().with("target_link_uri", target))).isEqualTo("/app/orders?id=7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "http://localhost.evil.example/app/",
        "http://localhost/other/",
        "https://localhost/app/orders",
        "http://localhost/app/../other",
        "//evil.example/app/",
        "/app/oauth/logout",
        "/app/oauth/initiate",
        "http://localhost/app/oauth/login",
        "javascript:alert(1)",
        "/app/%0d%0aSet-Cookie:x"
      })
  void or_at_the_root_if_that_is_not_in_this_application(String target) {
    assertThat(endsAt(fromHere().with("target_link_uri", target))).isEqualTo("/app/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "iss=",
        "iss=http%3A%2F%2F169.254.169.254%2F",
        "iss=default",
        "provider=default",
        "iss=%zz",
        "iss={iss}%2F",
        "iss={iss}&iss={iss}"
      })
  void a_provider_that_is_not_configured_is_not_asked(String query) {
    String filled = query.replace("{iss}", Parameters.encode(scene.server().issuer()));
    MockHttpServletResponse response = visitor.get(PATH + "?" + filled);

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(response.getHeader("Location")).isNull();
    assertThat(visitor.cookies()).isEmpty();
    assertThat(scene.server().requests()).isEmpty();
  }

  @Test
  void whoever_is_signed_in_stays_so_until_the_login_is_complete() {
    visitor.signIn("/orders");
    initiate(fromHere());

    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  void a_picture_or_a_frame_starts_nothing() {
    MockHttpServletRequest request = Requests.request("GET", PATH + "?" + fromHere().encode());
    request.addHeader("Sec-Fetch-Mode", "navigate");
    request.addHeader("Sec-Fetch-Dest", "iframe");

    assertThat(visitor.send(request).getStatus()).isEqualTo(401);
    assertThat(visitor.cookies()).isEmpty();
  }

  @Test
  void other_methods_are_not_allowed() {
    assertThat(visitor.send(Requests.navigation("PUT", PATH)).getHeader("Allow"))
        .isEqualTo("GET, POST");
  }
}
