package org.vestibule.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertRefused;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** The redirection endpoint, and everybody who knocks at it. */
@ExtendWith(ArquillianExtension.class)
class CallbackIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("patient")
  private URL deployment;

  @ArquillianResource
  @OperateOnDeployment("hasty")
  private URL hasty;

  @Deployment(name = "patient", testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("callback");
  }

  @Deployment(name = "hasty", testable = false)
  static WebArchive hastyApplication() {
    return Application.at(PROVIDER).with("login-timeout", "PT1S").war("hasty");
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.approving(User.JANE);
    PROVIDER.authorizationResponse(response -> {});
    PROVIDER.idTokenClaims(claims -> {});
    PROVIDER.idTokenSigner(IdTokenSigner.correct());
    PROVIDER.on(Endpoint.TOKEN).regular();
    PROVIDER.on(Endpoint.USERINFO).regular();
    PROVIDER.forgetRequests();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_user_who_denies_sees_a_page_with_a_way_to_try_again() {
    PROVIDER.denying();
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();

    RawResponse denied = visitor.browser().get(callback);

    assertThat(denied.status()).isEqualTo(403);
    assertRefused(denied, visitor);
    assertThat(denied.body()).contains("href=\"" + visitor.contextPath() + "/protected/page\"");
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.pendingLogins()).isEmpty();

    RawResponse codeAfterDenial =
        visitor.browser().get(callback.replaceFirst("error=access_denied", "code=SplxlOBeZQQYb"));
    assertRefused(codeAfterDenial, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();

    PROVIDER.approving(User.JANE);
    RawResponse again = visitor.browser().click(denied, visitor.contextPath() + Visitor.PROTECTED);
    assertThat(visitor.browser().followAll(again).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_denial_is_told_to_the_application_with_the_number_that_the_user_sees() {
    PROVIDER.denying();
    Visitor visitor = Visitor.of(deployment);

    RawResponse denied = visitor.browser().get(visitor.callback());

    String event = visitor.events().get(visitor.events().size() - 1);
    assertThat(event).startsWith("LoginFailed default VEST4001 ");
    String correlationId = event.substring(event.lastIndexOf(' ') + 1);
    assertThat(denied.body()).contains(correlationId);
    assertThat(
            visitor.log().lines().filter(line -> line.contains("[correlation id " + correlationId)))
        .singleElement()
        .asString()
        .contains("VEST4001");
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_scope, 400",
    "unauthorized_client, 400",
    "login_required, 400",
    "never_heard_of, 400",
    "server_error, 503",
    "temporarily_unavailable, 503"
  })
  void other_errors_of_the_provider_end_the_login_without_a_second_attempt(
      String error, int status) {
    PROVIDER.denying();
    PROVIDER.authorizationResponse(response -> response.put("error", error));
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().followAll(visitor.get(Visitor.PROTECTED));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Retry-After") != null).isEqualTo(status == 503);
    assertNeutralPage(answer);
    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).hasSize(1);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void an_error_for_a_state_that_nobody_knows_leaves_the_login_alone() {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();

    RawResponse forged = visitor.get("/oauth/callback?error=access_denied&state=af0ifjsldkj");

    assertSentToProvider(forged, PROVIDER);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.browser().get(callback).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?code=SplxlOBeZQQYbYS6WxSbIA",
        "?state=",
        "?state=&code=SplxlOBeZQQYbYS6WxSbIA",
        "?state=af0ifjsldkj",
        "?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj",
        "?error=access_denied",
        "?%",
        "?state=%",
        "?state=%zz&code=x",
        "?state=%c0%80&code=x",
        "?state=%00&code=%00",
        "?state=a%0d%0ab&code=x",
        "?state=x;code=x",
        "?state[]=x&code[]=x",
        "?STATE=x&CODE=x",
        "?&&&=&=x",
        "?access_token=mF_9.B5f-4.1JqM&state=x",
        "?redirect=https://evil.example/&state=x&code=x"
      })
  void a_response_without_a_state_of_this_browser_is_refused(String query) {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.get("/oauth/callback" + query);

    if (!Difference.isServersOwn(answer)) {
      assertRefused(answer, visitor);
    }
    assertThat(visitor.browser().cookies().all()).isEmpty();
    assertThat(PROVIDER.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 30_000, 1_000_000})
  void a_huge_response_is_refused(int length) {
    Visitor visitor = Visitor.of(deployment);

    int status = statusOf(visitor, "/oauth/callback?state=x&code=" + "x".repeat(length));

    assertThat(status).isIn(0, 400, 413, 414, 431);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void a_login_is_finished_in_the_browser_that_began_it() {
    Visitor attacker = Visitor.of(deployment);
    String callback = attacker.callback();
    Visitor victim = Visitor.of(deployment);
    Visitor victimWithALoginOfTheirOwn = Visitor.of(deployment);
    String ownCallback = victimWithALoginOfTheirOwn.callback();

    assertRefused(victim.browser().get(callback), victim);
    assertSentToProvider(victimWithALoginOfTheirOwn.browser().get(callback), PROVIDER);
    assertThat(victimWithALoginOfTheirOwn.isSignedIn()).isFalse();

    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(victimWithALoginOfTheirOwn.browser().get(ownCallback).status()).isEqualTo(303);
  }

  @Test
  void an_injected_code_is_redeemed_with_the_proof_of_another_login_and_fails() {
    Visitor victim = Visitor.of(deployment);
    String victimsCode = FormData.parse(victim.callback().replaceFirst(".*\\?", "")).get("code");
    Visitor attacker = Visitor.of(deployment);
    String attackersCallback = attacker.callback();

    RawResponse answer =
        attacker.browser().get(attackersCallback.replaceFirst("code=[^&]*", "code=" + victimsCode));

    assertRefused(answer, attacker);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
    assertThat(PROVIDER.requests(Endpoint.USERINFO)).isEmpty();
  }

  @Test
  void a_response_is_taken_once_and_the_back_button_leads_on() {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    Visitor sameCookies = visitor.copy();

    assertThat(visitor.browser().get(callback).status()).isEqualTo(303);

    RawResponse again = visitor.browser().get(callback);
    assertThat(again.status()).isEqualTo(303);
    assertThat(again.header("Location")).startsWith(visitor.contextPath() + "/");
    assertSentToProvider(sameCookies.browser().get(callback), PROVIDER);
    assertThat(sameCookies.isSignedIn()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void of_thirty_responses_at_once_one_is_taken() throws InterruptedException {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();

    List<RawResponse> answers = Parallel.times(30, () -> visitor.copy().browser().get(callback));

    assertThat(answers)
        .extracting(RawResponse::status)
        .containsOnlyOnce(303)
        .containsOnly(303, 302);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void a_login_that_took_too_long_is_begun_afresh() {
    Visitor visitor = Visitor.of(hasty);
    String callback = visitor.callback();
    Cookie pending = visitor.pendingLogins().get(0);
    Waiting.until("the browser has forgotten the login", () -> isForgotten(pending));
    assertRefused(visitor.copy().browser().get(callback), visitor);

    RawResponse withACookieThatWasKept =
        visitor
            .browser()
            .request("GET", callback)
            .header("Cookie", pending.name() + "=" + pending.value())
            .send();

    assertSentToProvider(withACookieThatWasKept, PROVIDER);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.log()).contains("VEST1009");
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  static Stream<String> ambiguities() {
    return Stream.of(
        "&code=SplxlOBeZQQYbYS6WxSbIA",
        "&state=af0ifjsldkj",
        "&iss=https://evil.example",
        "&error=access_denied",
        "&error=access_denied&error=x",
        "&co%64e=SplxlOBeZQQYbYS6WxSbIA",
        "&code=",
        "&access_token=mF_9.B5f-4.1JqM",
        "&id_token=x",
        "&token_type=Bearer&access_token=x");
  }

  @ParameterizedTest
  @MethodSource("ambiguities")
  void a_response_that_says_two_things_is_refused(String more) {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().get(visitor.callback() + more);

    assertRefused(answer, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "ISSUER/", "UPPER", "ISSUER?x", "ISSUER%20", "x"})
  void a_response_of_another_issuer_is_refused(String issuer) {
    PROVIDER.authorizationResponse(
        response ->
            response.put(
                "iss",
                issuer
                    .replace("ISSUER", PROVIDER.issuer())
                    .replace("UPPER", PROVIDER.issuer().replace("localhost", "LOCALHOST"))));
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    PROVIDER.forgetRequests();

    RawResponse answer = visitor.browser().get(callback);

    assertRefused(answer, visitor);
    assertThat(PROVIDER.requests()).isEmpty();
  }

  @Test
  void a_response_without_the_issuer_that_the_provider_promised_is_refused() {
    PROVIDER.authorizationResponse(response -> response.remove("iss"));
    Visitor visitor = Visitor.of(deployment);

    assertRefused(visitor.browser().get(visitor.callback()), visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO"})
  void other_methods_than_get_use_nothing_up(String method) {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();

    RawResponse answer = visitor.browser().request(method, callback).send();

    assertThat(answer.status()).isIn(400, 405, 501);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.browser().get(callback).status()).isEqualTo(303);
  }

  @Test
  void a_form_is_not_read_where_a_query_is_expected() {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    FormData response = FormData.parse(callback.replaceFirst(".*\\?", ""));

    RawResponse posted = visitor.browser().post(visitor.url("/oauth/callback"), response);
    RawResponse mixed =
        visitor
            .browser()
            .post(
                visitor.url("/oauth/callback?state=" + response.get("state")),
                FormData.of("code", String.valueOf(response.get("code"))));

    assertRefused(posted, visitor);
    assertRefused(mixed, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.browser().get(callback).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth/callback/",
        "/oauth/callback;x=1",
        "/oauth;x=1/callback",
        "/OAUTH/CALLBACK",
        "/oauth/callbackfoo",
        "/oauth/callback.jsp",
        "/oauth/x/../callback",
        "/oauth/./callback",
        "/oauth//callback",
        "//oauth/callback",
        "/oauth/%2e/callback",
        "/oauth%2fcallback",
        "/oauth/callback%00",
        "/oauth/callback%3f",
        "/public/../oauth/callback"
      })
  void other_spellings_of_the_path_use_nothing_up(String alias) {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    String query = callback.substring(callback.indexOf('?'));

    RawResponse answer = visitor.get(alias + query);

    assertThat(answer.status()).isNotIn(200, 303, 500);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.browser().get(callback).status()).isEqualTo(303);
  }

  @Test
  void the_applications_own_parameters_are_no_authorization_response() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = visitor.get("/public/page?code=SUMMER&state=ca&error=x&iss=y");
    assertThat(page.status()).isEqualTo(200);

    RawResponse challenged = visitor.get("/protected/shop?code=SUMMER&state=ca");
    assertThat(challenged.status()).isEqualTo(302);
    assertThat(visitor.browser().followAll(challenged).url())
        .isEqualTo(visitor.url("/protected/shop?code=SUMMER&state=ca"));
    assertThat(visitor.get("/protected/shop?code=SUMMER&state=ca").body())
        .as("of whoever is signed in")
        .isEqualTo(ProtectedServlet.CANARY);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void parameters_that_are_not_known_are_ignored() {
    Visitor visitor = Visitor.of(deployment);
    StringBuilder more = new StringBuilder("&session_state=x&scope=a&scope=b&authuser=0&%C3%BC=1");
    for (int i = 0; i < 50; i++) {
      more.append("&p").append(i).append('=').append(i);
    }

    assertThat(visitor.browser().get(visitor.callback() + more).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "javascript:alert(1)",
        "{{7919*7907}}${7919*7907}#{7919*7907}",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
      })
  void nothing_of_an_error_gets_onto_the_page(String payload) {
    PROVIDER.denying();
    PROVIDER.authorizationResponse(
        response -> {
          response.put("error_description", payload);
          response.put("error_uri", payload);
        });
    Visitor visitor = Visitor.of(deployment);
    RawResponse denied = visitor.browser().get(visitor.callback());
    PROVIDER.authorizationResponse(response -> response.put("error", payload));
    RawResponse unknown = visitor.browser().get(visitor.callback());
    RawResponse foreign =
        visitor.get("/oauth/callback?state=" + URLEncoder.encode(payload, UTF_8) + "&code=x");

    for (RawResponse answer : List.of(denied, unknown, foreign)) {
      assertRefused(answer, visitor);
      assertThat(answer.body()).doesNotContain(payload, "alert", "7919*7907", "62615533");
    }
  }

  @Test
  void an_error_makes_one_line_in_the_log() {
    PROVIDER.denying();
    PROVIDER.authorizationResponse(
        response ->
            response.put("error_description", "no\r\nWARNING forged entry\u2028x\u001b[31m"));
    Visitor visitor = Visitor.of(deployment);

    visitor.browser().get(visitor.callback());

    assertThat(visitor.log().lines()).noneMatch(line -> line.startsWith("WARNING forged"));
    assertThat(visitor.log()).doesNotContain("\u001b", "\u2028");
  }

  @Test
  void all_refusals_look_the_same_but_for_their_number() {
    Set<String> bodies = new LinkedHashSet<>();
    Visitor visitor = Visitor.of(deployment);
    bodies.add(bodyWithoutNumber(visitor.get("/oauth/callback")));
    bodies.add(bodyWithoutNumber(visitor.get("/oauth/callback?state=x&code=y")));
    RawResponse unreadable = visitor.get("/oauth/callback?state=%zz");
    if (!Difference.isServersOwn(unreadable)) {
      bodies.add(bodyWithoutNumber(unreadable));
    }
    for (String more : List.of("&code=x", "&iss=x", "&access_token=x")) {
      String page = visitor.callbackFor("/") + more;
      bodies.add(bodyWithoutNumber(visitor.browser().get(page)));
    }

    assertThat(bodies).hasSize(1);
  }

  @Test
  void a_hundred_made_up_responses_reach_no_provider() {
    for (int i = 0; i < 100; i++) {
      Visitor.of(deployment).get("/oauth/callback?code=x" + i + "&state=y" + i);
    }

    assertThat(PROVIDER.requests()).isEmpty();
  }

  @Test
  void a_cookie_that_was_tampered_with_signs_nobody_in() {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    Cookie pending = visitor.pendingLogins().get(0);
    char first = pending.value().charAt(20) == 'A' ? 'B' : 'A';
    String changed = pending.value().substring(0, 20) + first + pending.value().substring(21);

    RawResponse answer =
        Visitor.of(deployment)
            .browser()
            .request("GET", callback)
            .header("Cookie", pending.name() + "=" + changed)
            .send();

    assertSentToProvider(answer, PROVIDER);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void a_cookie_of_another_application_signs_nobody_in() {
    Visitor visitor = Visitor.of(deployment);
    String callback = visitor.callback();
    Cookie pending = visitor.pendingLogins().get(0);
    Visitor other = Visitor.of(hasty);

    RawResponse answer =
        other
            .request("GET", "/oauth/callback" + callback.substring(callback.indexOf('?')))
            .header("Cookie", pending.name().replace("callback", "hasty") + "=" + pending.value())
            .send();

    assertSentToProvider(answer, PROVIDER);
    assertThat(other.isSignedIn()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void a_forged_id_token_signs_nobody_in_and_its_access_token_is_not_used() {
    PROVIDER.idTokenSigner(IdTokenSigner.unsigned("none"));
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().get(visitor.callback());

    assertRefused(answer, visitor);
    assertThat(visitor.hasSession()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.USERINFO)).isEmpty();
  }

  @Test
  void an_id_token_of_another_login_signs_nobody_in() {
    PROVIDER.idTokenClaims(claims -> claims.put("nonce", "n-0S6_WzA2Mj"));
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().get(visitor.callback());

    assertRefused(answer, visitor);
    assertThat(visitor.hasSession()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.USERINFO)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, 400",
    "400, invalid_request, 502",
    "401, invalid_client, 502",
    "500, server_error, 502",
    "302, x, 502"
  })
  void what_the_token_endpoint_refuses_signs_nobody_in(int status, String error, int expected) {
    PROVIDER
        .on(Endpoint.TOKEN)
        .always(Answer.error(status, error).withHeader("Location", PROVIDER.origin() + "/other"));
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().get(visitor.callback());

    assertThat(answer.status()).isEqualTo(expected);
    assertNeutralPage(answer);
    assertThat(answer.header("Retry-After") != null).isEqualTo(expected > 500);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.hasSession()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
    assertThat(PROVIDER.requests(Endpoint.OTHER)).isEmpty();
  }

  @Test
  void a_provider_that_does_not_answer_in_time_is_told_so_to_the_user() {
    PROVIDER.on(Endpoint.TOKEN).always(Answer.stalled(200, "application/json"));
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().get(visitor.callback());

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.header("Retry-After")).isNotNull();
    assertNeutralPage(answer);
  }

  private static boolean isForgotten(Cookie pending) {
    return pending.expiresAt() != null
        && pending.expiresAt().plus(Duration.ofSeconds(1)).isBefore(Instant.now());
  }

  private static String bodyWithoutNumber(RawResponse answer) {
    assertThat(answer.status()).isEqualTo(400);
    return answer.body().replaceFirst("<p class=\"note\">.*</p>", "");
  }

  /** The status; 0 if the server closed the connection while the request was still coming. */
  private static int statusOf(Visitor visitor, String path) {
    try {
      return visitor.get(path).status();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }
}
