package org.vestibule.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertProtected;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;
import org.vestibule.testing.User;

@ExtendWith(ArquillianExtension.class)
class SignInIT {

  private static final User JANE = User.JANE.with("groups", List.of("admin", "staff"));
  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET).approving(JANE));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("sign-in");
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.approving(JANE);
    PROVIDER.tokenResponse(response -> {});
    PROVIDER.forgetRequests();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_deep_link_comes_back_with_its_query() {
    Visitor visitor = Visitor.of(deployment);
    String link = "/protected/a%20page?q=%C3%BC+%26&empty=&q=2";

    RawResponse page = visitor.browser().followAll(visitor.get(link));

    assertThat(page.url()).isEqualTo(visitor.url(link));
    assertThat(page.body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void nothing_of_the_authorization_response_is_left_in_the_address() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse done = visitor.browser().get(visitor.callback());

    assertThat(done.status()).isEqualTo(303);
    assertThat(done.header("Location")).isEqualTo(visitor.contextPath() + Visitor.PROTECTED);
    assertThat(done.body()).isEmpty();
    assertProtected(done);
  }

  @Test
  void the_authorization_request_has_each_parameter_once_and_nothing_of_the_page() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse challenge =
        visitor.get(
            "/protected/page?scope=admin&prompt=none&client_id=x&redirect_uri=https://evil.example"
                + "&state=1&response_type=token&claims=x&request=x");

    FormData request = challenge.locationQuery();
    assertThat(request.duplicated()).isEmpty();
    assertThat(request.asMap())
        .containsOnlyKeys(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method")
        .containsEntry("response_type", "code")
        .containsEntry("client_id", Application.CLIENT_ID)
        .containsEntry("redirect_uri", visitor.url("/oauth/callback"))
        .containsEntry("scope", "openid profile email")
        .containsEntry("code_challenge_method", "S256");
  }

  @Test
  void the_session_id_changes_and_the_old_one_is_worth_nothing() {
    Visitor visitor = Visitor.of(deployment);
    visitor.get("/public/basket?put=apples");
    String before = visitor.sessionId();
    Visitor holderOfTheOldId = visitor.copy();

    visitor.signIn();

    assertThat(visitor.sessionId()).isNotEqualTo(before);
    assertThat(visitor.get("/token").body()).startsWith("token ");
    assertThat(visitor.get("/public/basket").body()).isEqualTo("basket=apples\n");
    assertThat(holderOfTheOldId.sessionId()).isEqualTo(before);
    assertSentToProvider(holderOfTheOldId.get(Visitor.PROTECTED), PROVIDER);
    assertThat(holderOfTheOldId.isSignedIn()).isFalse();
  }

  @Test
  void a_session_id_that_somebody_made_up_is_not_taken_over() {
    Visitor visitor = Visitor.of(deployment);
    String madeUp = "0000af0ifjsldkjSplxlOBeZQQYbYS6W";
    RawResponse done =
        visitor
            .browser()
            .request("GET", visitor.callback())
            .and("Cookie", "JSESSIONID=" + madeUp)
            .send();
    assertThat(done.status()).isEqualTo(303);
    assertThat(visitor.sessionId()).doesNotContain(madeUp);
  }

  @Test
  void signing_in_again_as_the_same_keeps_what_the_application_remembers() {
    Visitor visitor = Visitor.signedInAt(deployment);
    visitor.get("/public/basket?put=apples");
    String before = visitor.sessionId();

    visitor.browser().followAll(visitor.get("/oauth/login?return=" + visitor.contextPath() + "/"));

    assertThat(visitor.sessionId()).isNotEqualTo(before);
    assertThat(visitor.get("/public/basket").body()).isEqualTo("basket=apples\n");
  }

  @Test
  void signing_in_as_somebody_else_ends_the_session_of_the_first() {
    Visitor visitor = Visitor.signedInAt(deployment);
    visitor.get("/public/basket?put=apples");
    PROVIDER.approving(User.named("mallory"));

    visitor.browser().followAll(visitor.get("/oauth/login"));

    assertThat(visitor.lines("/whoami"))
        .containsEntry("principal", "mallory")
        .containsEntry("admin", "false")
        .containsEntry("caller.sub", "mallory");
    assertThat(visitor.get("/public/basket").body()).isEqualTo("basket=\n");
  }

  @Test
  void a_login_that_another_site_starts_changes_nobody_until_it_is_complete() {
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.approving(User.named("mallory"));

    RawResponse begun =
        visitor.request("GET", "/oauth/login").from("http://127.0.0.1:1/page").send();

    assertSentToProvider(begun, PROVIDER);
    assertThat(visitor.lines("/whoami")).containsEntry("principal", "j.doe");
  }

  @Test
  void servlets_see_the_caller_by_the_means_of_the_servlet_api_and_by_injection() {
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse page = visitor.get("/whoami");

    assertThat(Visitor.linesOf(page))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("principal", "j.doe"),
                Map.entry("remoteUser", "j.doe"),
                Map.entry("admin", "true"),
                Map.entry("pope", "false"),
                Map.entry("authType", "OAUTH"),
                Map.entry("caller.authenticated", "true"),
                Map.entry("caller.name", "j.doe"),
                Map.entry("caller.provider", "default"),
                Map.entry("caller.roles", "admin,staff"),
                Map.entry("caller.scope", "email,openid,profile"),
                Map.entry("caller.iss", PROVIDER.issuer()),
                Map.entry("caller.sub", JANE.sub()),
                Map.entry("caller.expires", "true")));
    assertThat(page.header("X-Seen-By-Filter")).isEqualTo("j.doe");
    assertThat(page.headers("Cache-Control")).containsExactly("private, no-store");
  }

  static Stream<String> ways_to_a_page() {
    return Stream.of(
        "/async",
        Visitor.ASYNC_DISPATCH,
        "/dispatch?forward=/whoami",
        "/dispatch?include=/whoami",
        "/api/whoami",
        "/public/whoami");
  }

  @ParameterizedTest
  @MethodSource("ways_to_a_page")
  void everybody_sees_the_same_caller(String path) {
    Visitor visitor = Visitor.signedInAt(deployment);

    assertThat(visitor.lines(path))
        .containsEntry("principal", "j.doe")
        .containsEntry("admin", "true")
        .containsEntry("pope", "false")
        .containsEntry("authType", "OAUTH");
  }

  @Test
  void an_error_page_of_the_application_sees_the_caller() {
    RawResponse page = Visitor.signedInAt(deployment).get("/dispatch");

    assertThat(page.status()).isEqualTo(409);
    assertThat(page.body()).contains("principal=j.doe\n", "caller.name=j.doe\n");
  }

  @Test
  void roles_decide_about_resources_of_jakarta_rest() {
    Visitor visitor = Visitor.signedInAt(deployment);

    if (Difference.ASKS_JAKARTA_SECURITY_FOR_THE_CALLER_OF_A_RESOURCE.isHere()) {
      assertThat(visitor.get("/api/for-admins").status()).isEqualTo(401);
      assertThat(visitor.get("/api/for-popes").status()).isEqualTo(401);
      return;
    }
    assertThat(visitor.get("/api/for-admins").body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.get("/api/for-popes").status()).isEqualTo(403);
  }

  @Test
  void on_a_public_page_nobody_is_nobody() {
    Visitor visitor = Visitor.of(deployment);

    assertThat(visitor.lines("/public/whoami"))
        .containsEntry("principal", "")
        .containsEntry("remoteUser", "")
        .containsEntry("authType", "")
        .containsEntry("admin", "false")
        .containsEntry("caller.authenticated", "false")
        .containsEntry("caller.name", "")
        .containsEntry("caller.roles", "")
        .containsEntry("caller.sub", "")
        .containsEntry("caller.expires", "false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Remote-User",
        "X-Forwarded-User",
        "X-Remote-User",
        "OIDC_CLAIM_sub",
        "OIDC-CLAIM-sub",
        "$WSRU",
        "Authorization"
      })
  void a_header_makes_nobody_anybody(String header) {
    Visitor stranger = Visitor.of(deployment);
    RawResponse page =
        stranger.request("GET", "/public/whoami").header(header, "Basic amFuZTpqYW5l").send();
    assertThat(Visitor.linesOf(page)).containsEntry("principal", "");

    Visitor jane = Visitor.signedInAt(deployment);
    assertThat(Visitor.linesOf(jane.request("GET", "/whoami").header(header, "root").send()))
        .containsEntry("principal", "j.doe")
        .containsEntry("remoteUser", "j.doe");
  }

  @Test
  void the_session_json_tells_nobody_where_to_sign_in() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.get("/oauth/session");

    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json())
        .isEqualTo(
            Map.of("authenticated", false, "login_url", visitor.contextPath() + "/oauth/login"));
    assertProtected(answer);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void the_session_json_tells_somebody_who_they_are_and_no_token() {
    List<String> tokens = new CopyOnWriteArrayList<>();
    PROVIDER.tokenResponse(
        response -> {
          for (String name : List.of("access_token", "refresh_token", "id_token")) {
            tokens.add(String.valueOf(response.get(name)));
          }
        });
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse answer = visitor.get("/oauth/session");

    Map<String, Object> session = answer.json();
    assertThat(session)
        .containsOnlyKeys(
            "authenticated",
            "name",
            "provider",
            "roles",
            "scope",
            "claims",
            "access_token_expires_at",
            "session_expires_at",
            "logout_url",
            "csrf_token")
        .containsEntry("authenticated", true)
        .containsEntry("name", "j.doe")
        .containsEntry("provider", "default")
        .containsEntry("scope", List.of("openid", "profile", "email"))
        .containsEntry("logout_url", visitor.contextPath() + "/oauth/logout");
    assertThat(session.get("roles"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("admin", "staff");
    assertThat(session.get("claims"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("iss", PROVIDER.issuer())
        .containsEntry("sub", JANE.sub())
        .containsEntry("email", "janedoe@example.com")
        .doesNotContainKeys("aud", "exp", "nonce", "at_hash");
    assertThat(Instant.parse(String.valueOf(session.get("access_token_expires_at"))))
        .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3600));
    assertThat(tokens).hasSize(3).doesNotContain("null");
    assertThat(answer.body()).doesNotContain(tokens);
    assertProtected(answer);
  }

  @Test
  void two_tabs_finish_in_reverse_order_each_on_its_own_page() {
    Visitor visitor = Visitor.of(deployment);
    String first = visitor.callbackFor("/protected/first");
    String second = visitor.callbackFor("/protected/second");
    assertThat(visitor.pendingLogins()).hasSize(2);

    RawResponse secondDone = visitor.browser().get(second);
    RawResponse firstDone = visitor.browser().get(first);

    assertThat(secondDone.location()).isEqualTo(visitor.url("/protected/second"));
    assertThat(firstDone.location()).isEqualTo(visitor.url("/protected/first"));
    assertThat(visitor.pendingLogins()).isEmpty();
    assertThat(visitor.browser().follow(firstDone).body()).isEqualTo(ProtectedServlet.CANARY);
    List<RecordedRequest> redeemed = PROVIDER.requests(Endpoint.TOKEN);
    assertThat(redeemed)
        .extracting(request -> request.form().get("code_verifier"))
        .doesNotHaveDuplicates();
    assertThat(redeemed).hasSize(2);
  }

  @Test
  void the_login_page_goes_back_to_where_it_was_asked_to() {
    Visitor visitor = Visitor.of(deployment);
    String target = visitor.contextPath() + "/protected/page?a=b";

    RawResponse done =
        visitor.browser().get(visitor.callbackFor("/oauth/login?return=" + encoded(target)));

    assertThat(done.location()).isEqualTo(visitor.url("/protected/page?a=b"));
  }

  static Stream<String> places_elsewhere() {
    return Stream.of(
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\r\n/evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "@evil.example",
        ".evil.example",
        "/",
        "/another-application/",
        "CONTEXT/../another-application/",
        "CONTEXT/%2e%2e/another-application/",
        "CONTEXT/..%2fanother-application/",
        "CONTEXT//evil.example/",
        "CONTEXT/\\evil.example",
        "CONTEXT/%0d%0aSet-Cookie:x=1",
        "CONTEXT/oauth/logout",
        "CONTEXT/oauth/callback?code=x",
        "CONTEXT/oauth/login",
        "CONTEXT.evil.example/",
        "",
        "CONTEXT/" + "x".repeat(8192));
  }

  @ParameterizedTest
  @MethodSource("places_elsewhere")
  void a_login_never_leads_elsewhere(String place) {
    Visitor visitor = Visitor.of(deployment);
    String target = place.replace("CONTEXT", visitor.contextPath());

    RawResponse begun = visitor.get("/oauth/login?return=" + encoded(target));
    RawResponse done = visitor.browser().get(visitor.browser().follow(begun).location());

    assertThat(done.status()).isEqualTo(303);
    assertThat(done.header("Location")).isEqualTo(visitor.contextPath() + "/");
  }

  @Test
  void parameters_of_other_names_lead_nowhere() {
    Visitor visitor = Visitor.of(deployment);
    String evil = encoded("https://evil.example/");

    RawResponse done =
        visitor
            .browser()
            .get(
                visitor.callbackFor(
                    "/oauth/login?redirect=" + evil + "&next=" + evil + "&RelayState=" + evil));

    assertThat(done.header("Location")).isEqualTo(visitor.contextPath() + "/");
  }

  @Test
  void a_page_with_an_address_too_long_to_remember_is_given_up_for_the_root() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse done =
        visitor.browser().get(visitor.callbackFor("/protected/page?q=" + "x".repeat(4000)));

    assertThat(done.header("Location")).isEqualTo(visitor.contextPath() + "/");
  }

  @Test
  void a_provider_that_does_not_exist_is_not_found() {
    RawResponse answer = Visitor.of(deployment).get("/oauth/login?provider=nobody");

    assertThat(answer.status()).isEqualTo(404);
    assertNeutralPage(answer);
  }

  @Test
  void the_cookies_are_out_of_reach_of_scripts_and_of_other_sites() {
    Visitor visitor = Visitor.of(deployment);
    visitor.get(Visitor.PROTECTED);
    Cookie pending = visitor.pendingLogins().get(0);
    visitor.signIn();

    assertThat(pending.httpOnly()).isTrue();
    assertThat(pending.sameSite()).isEqualTo("Lax");
    assertThat(pending.path()).isEqualTo(visitor.contextPath() + "/");
    assertThat(pending.domain()).isNull();
    assertThat(pending.expiresAt())
        .isBetween(Instant.now().plusSeconds(600), Instant.now().plusSeconds(1_200));
    Cookie session = visitor.browser().cookies().named("JSESSIONID").orElseThrow();
    assertThat(session.httpOnly()).isTrue();
    assertThat(session.sameSite()).isEqualTo("Lax");
    assertThat(session.domain()).isNull();
  }

  @Test
  void a_session_id_in_the_address_is_worth_nothing() {
    Visitor jane = Visitor.signedInAt(deployment);
    Visitor stranger = Visitor.of(deployment);

    RawResponse answer = stranger.get("/protected/page;jsessionid=" + jane.sessionId());

    assertThat(answer.status()).isNotEqualTo(200);
    assertThat(answer.body()).doesNotContain(ProtectedServlet.CANARY);
  }

  @Test
  void many_users_at_once_see_only_themselves() throws InterruptedException {
    int users = 8;
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      PROVIDER.approving(User.named("user" + i));
      visitors.add(Visitor.signedInAt(deployment));
    }
    List<Callable<String>> calls = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (Visitor visitor : visitors) {
        calls.add(() -> visitor.lines(Visitor.ASYNC_DISPATCH).get("principal"));
        calls.add(() -> visitor.lines("/whoami").get("caller.sub"));
        calls.add(() -> Visitor.of(deployment).lines("/public/whoami").get("principal"));
      }
    }

    List<String> seen = Parallel.results(calls, 12);

    for (int i = 0; i < seen.size(); i++) {
      String expected = i % 3 == 2 ? "" : "user" + i / 3 % users;
      assertThat(seen.get(i)).isEqualTo(expected);
    }
  }

  @Test
  void the_application_hears_of_a_login() {
    Visitor visitor = Visitor.signedInAt(deployment);

    assertThat(visitor.events()).contains("LoggedIn default j.doe " + JANE.sub());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
