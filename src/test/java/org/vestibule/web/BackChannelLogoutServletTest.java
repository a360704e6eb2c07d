package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.Jws;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.SigningKey;
import org.vestibule.testing.User;

/** LO-07 to LO-10. */
class BackChannelLogoutServletTest {

  private static final String PATH = "/oauth/backchannel-logout";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";

  private final Scene scene = Scene.with();
  private final Visitor visitor = scene.visitor();
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    scene.close();
  }

  private MockHttpServletResponse send(String logoutToken) {
    return send("application/x-www-form-urlencoded", "logout_token=" + logoutToken);
  }

  /** From the provider's server, which has no cookies. */
  private MockHttpServletResponse send(String type, String body) {
    MockHttpServletRequest request = Requests.request("POST", PATH);
    request.setContentType(type);
    request.setContent(body.getBytes(ISO_8859_1));
    Visitor provider = visitor.neighbour();
    MockHttpServletResponse response = provider.send(request);
    assertThat(provider.session()).as("the provider's session").isNull();
    assertThat(provider.cookies()).as("the provider's cookies").isEmpty();
    return response;
  }

  private String token(Consumer<Map<String, Object>> change) {
    return scene.server().logoutToken(Houses.CLIENT_ID, change);
  }

  private String tokenFor(User user) {
    return token(claims -> claims.put("sub", user.sub()));
  }

  private boolean isSignedIn(Visitor who) {
    return who.get("/orders").getStatus() == 200;
  }

  @Test
  void the_next_request_of_the_user_is_a_strangers() {
    visitor.signIn("/orders");
    MockHttpServletResponse answer = send(tokenFor(User.JANE));

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.getContentAsByteArray()).isEmpty();
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(302);
  }

  @Test
  void what_the_application_kept_is_gone_and_it_is_told_once() {
    visitor.signIn("/orders");
    send(tokenFor(User.JANE));
    assertThat(visitor.loggedOut()).isEmpty();

    visitor.get("/orders");
    visitor.get("/orders");
    assertThat(visitor.session()).isNull();
    assertThat(visitor.loggedOut())
        .containsExactly(new LoggedOut("default", "j.doe", LoggedOut.Reason.BACK_CHANNEL));
  }

  @Test
  void a_public_page_notices_it_as_well() {
    visitor.signIn("/orders");
    send(tokenFor(User.JANE));
    visitor.get("/oauth/session");

    assertThat(visitor.session()).isNull();
    assertThat(visitor.loggedOut()).hasSize(1);
  }

  @Test
  void whoever_signs_in_again_stays() {
    visitor.signIn("/orders");
    send(tokenFor(User.JANE));
    scene.clock().advance(Duration.ofSeconds(1));
    visitor.signIn("/orders");

    assertThat(isSignedIn(visitor)).isTrue();
  }

  @Test
  void a_session_at_the_provider_is_ended_in_this_browser_and_not_in_another() {
    scene.server().idTokenClaims(claims -> claims.put("sid", SID));
    visitor.signIn("/orders");
    Visitor elsewhere = visitor.neighbour();
    scene.server().idTokenClaims(claims -> claims.put("sid", "another"));
    elsewhere.signIn("/orders");

    send(token(claims -> claims.put("sid", SID)));
    assertThat(isSignedIn(visitor)).isFalse();
    assertThat(isSignedIn(elsewhere)).isTrue();
  }

  @Test
  void a_user_is_signed_out_everywhere_and_nobody_else() {
    visitor.signIn("/orders");
    Visitor elsewhere = visitor.neighbour();
    elsewhere.signIn("/orders");
    scene.server().approving(User.named("mallory"));
    Visitor somebodyElse = visitor.neighbour();
    somebodyElse.signIn("/orders");

    send(tokenFor(User.JANE));
    assertThat(isSignedIn(visitor)).isFalse();
    assertThat(isSignedIn(elsewhere)).isFalse();
    assertThat(isSignedIn(somebodyElse)).isTrue();
  }

  @Test
  void a_logout_of_somebody_who_is_not_here_is_no_error() {
    assertThat(send(token(claims -> claims.put("sid", "unknown"))).getStatus()).isEqualTo(200);
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_REPLAYED)
  void the_same_token_does_not_end_the_next_session() {
    visitor.signIn("/orders");
    String token = tokenFor(User.JANE);
    send(token);
    scene.clock().advance(Duration.ofSeconds(1));
    visitor.signIn("/orders");

    assertRefused(send(token));
    assertReported(Violation.LOGOUT_TOKEN_REPLAYED, logs.text());
    assertThat(isSignedIn(visitor)).isTrue();
  }

  static Stream<Consumer<Map<String, Object>>> defects() {
    return Stream.of(
        claims -> claims.put("iss", "https://attacker.example"),
        claims -> claims.put("aud", "another"),
        claims -> claims.put("iat", 0L),
        claims -> claims.put("exp", 1L),
        claims -> claims.remove("sub"),
        claims -> claims.remove("jti"),
        claims -> claims.remove("events"),
        claims -> claims.put("nonce", "n-0S6_WzA2Mj"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void a_token_with_a_defect_ends_nothing(Consumer<Map<String, Object>> defect) {
    visitor.signIn("/orders");

    assertRefused(
        send(
            token(
                claims -> {
                  claims.put("sub", User.JANE.sub());
                  defect.accept(claims);
                })));
    assertThat(isSignedIn(visitor)).isTrue();
  }

  static Stream<IdTokenSigner> forgeries() {
    return Stream.of(
        IdTokenSigner.unsigned("none"),
        IdTokenSigner.unsigned("nOnE"),
        IdTokenSigner.hs256(SigningKey::publicKeyPem),
        IdTokenSigner.foreign(SigningKey.create(JwsAlgorithm.RS256)),
        IdTokenSigner.with(SigningKey.create(JwsAlgorithm.ES256)),
        IdTokenSigner.raw("a.b.c"),
        IdTokenSigner.raw("x"));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  @Provokes(Violation.LOGOUT_TOKEN_SIGNATURE)
  void a_forged_token_ends_nothing(IdTokenSigner signer) {
    visitor.signIn("/orders");
    Map<String, Object> claims = Jws.claims(tokenFor(User.JANE));

    assertRefused(send(signer.sign(claims, scene.server().signingKey())));
    assertReported(Violation.LOGOUT_TOKEN_SIGNATURE, logs.text());
    assertThat(isSignedIn(visitor)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "logout_token",
        "logout_token=",
        "token=a.b.c",
        "%zz",
        "logout_token=a&logout_token=b"
      })
  @Provokes(Violation.LOGOUT_TOKEN_MISSING)
  void a_request_without_one_token_is_refused(String body) {
    assertRefused(send("application/x-www-form-urlencoded", body));
    assertReported(Violation.LOGOUT_TOKEN_MISSING, logs.text());
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_MISSING)
  void only_a_form_of_bounded_size_is_read() {
    assertRefused(send("application/json", "{\"logout_token\":\"" + tokenFor(User.JANE) + "\"}"));
    assertRefused(
        send(
            "application/x-www-form-urlencoded",
            "a=" + "x".repeat(70_000) + "&logout_token=" + tokenFor(User.JANE)));
    assertReported(Violation.LOGOUT_TOKEN_MISSING, logs.text());
  }

  @Test
  void a_token_in_the_query_is_none() {
    visitor.signIn("/orders");
    MockHttpServletRequest request =
        Requests.request("POST", PATH + "?logout_token=" + tokenFor(User.JANE));
    request.setContentType("application/x-www-form-urlencoded");

    assertThat(visitor.neighbour().send(request).getStatus()).isEqualTo(400);
    assertThat(isSignedIn(visitor)).isTrue();
  }

  @Test
  void keys_that_cannot_be_read_now_are_an_error_too() {
    scene.server().on(Endpoint.JWKS).always(Answer.empty(503));

    assertRefused(send(tokenFor(User.JANE)));
    assertThat(logs.text()).contains("WARNING VEST2006");
    for (int i = 0; i < WarningLimit.MOST; i++) {
      assertRefused(send(tokenFor(User.JANE)));
    }
    assertThat(logs.at(Level.WARNING)).as("anybody can send them").hasSize(WarningLimit.MOST);
  }

  /** JW-05. */
  @Test
  void tokens_with_unknown_keys_do_not_have_the_keys_read_each_time() {
    visitor.signIn("/orders");
    SigningKey unknown = SigningKey.create(JwsAlgorithm.RS256);
    for (int i = 0; i < 20; i++) {
      IdTokenSigner signer = IdTokenSigner.with(unknown.withKid("unknown-" + i));
      assertRefused(
          send(signer.sign(Jws.claims(tokenFor(User.JANE)), scene.server().signingKey())));
    }

    assertThat(scene.server().requests(Endpoint.JWKS)).as("at the login, and once more").hasSize(2);
  }

  @Test
  void of_two_clients_at_one_issuer_the_one_is_asked_that_it_is_meant_for() {
    Vestibule house =
        scene.restarted(
            "providers", "one,two",
            "provider.one.client-id", "one",
            "provider.two.client-id", "two");
    Visitor provider = new Visitor(house);
    for (String client : new String[] {"one", "two"}) {
      MockHttpServletRequest request = Requests.request("POST", PATH);
      request.setContentType("application/x-www-form-urlencoded");
      String token =
          scene.server().logoutToken(client, claims -> claims.put("sub", User.JANE.sub()));
      request.setContent(
          Parameters.empty().with("logout_token", token).encode().getBytes(ISO_8859_1));

      assertThat(provider.send(request).getStatus()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
  void other_methods_are_not_allowed(String method) {
    MockHttpServletResponse response = visitor.send(Requests.request(method, PATH));

    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getHeader("Allow")).isEqualTo("POST");
  }

  /** The same, whatever was wrong. */
  private static void assertRefused(MockHttpServletResponse answer) {
    assertThat(answer.getStatus()).isEqualTo(400);
    assertThat(answer.getContentType()).isEqualTo("application/json");
    assertThat(new String(answer.getContentAsByteArray(), ISO_8859_1))
        .isEqualTo("{\"error\":\"invalid_request\"}");
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
  }
}
