package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** Access rules: what else is asked of those who are signed in, and how they are answered. */
@ExtendWith(ArquillianExtension.class)
class AccessRulesIT {

  private static final User ADMINISTRATOR = User.JANE.with("groups", List.of("admin"));

  private static final AuthorizationServer CORP =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));
  private static final AuthorizationServer OTHER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.withoutProvider()
        .with("providers", "corp,other")
        .with("client-id", Application.CLIENT_ID)
        .with("client-secret", Application.CLIENT_SECRET)
        .with("provider.corp.issuer", CORP.issuer())
        .with("provider.other.issuer", OTHER.issuer())
        .with("scope", "openid orders:read")
        .with("paths.1.pattern", "/protected/admin/*")
        .with("paths.1.roles", "admin")
        .with("paths.2.pattern", "/protected/read/*")
        .with("paths.2.scope", "orders:read")
        .with("paths.3.pattern", "/protected/write/*")
        .with("paths.3.scope", "orders:read orders:write")
        .with("paths.4.pattern", "/protected/other/*")
        .with("paths.4.provider", "other")
        .with("paths.5.pattern", "/protected/data/*")
        .with("paths.5.challenge", "unauthorized")
        .with("paths.6.pattern", "/api/for-admins")
        .with("paths.6.roles", "pope")
        .with("paths.7.pattern", "/protected/vault/*")
        .with("paths.7.acr-values", "gold")
        .war("rules");
  }

  @BeforeEach
  void approveJane() {
    CORP.approving(User.JANE);
    CORP.idTokenClaims(claims -> {});
    CORP.tokenResponse(response -> {});
  }

  @AfterAll
  static void stop() {
    CORP.close();
    OTHER.close();
  }

  @Test
  void a_person_without_the_role_sees_a_page() {
    Visitor visitor = Visitor.signedInAt(deployment);
    int before = visitor.hits("protected");

    RawResponse answer = visitor.get("/protected/admin/users");

    assertThat(answer.status()).isEqualTo(403);
    assertNeutralPage(answer);
    assertThat(visitor.hits("protected")).isEqualTo(before);
    assertThat(visitor.log()).contains("VEST4016");
  }

  @Test
  void a_person_with_the_role_passes() {
    CORP.approving(ADMINISTRATOR);
    Visitor visitor = Visitor.signedInAt(deployment);

    assertThat(visitor.get("/protected/admin/users").body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_script_without_the_right_reads_why() {
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse role = visitor.request("GET", "/protected/admin/users").asFetch().send();
    RawResponse scope = visitor.request("POST", "/protected/write/order").asFetch().send();

    assertThat(role.status()).isEqualTo(403);
    assertThat(role.json()).containsEntry("error", "insufficient_role");
    assertThat(role.header("WWW-Authenticate")).isEqualTo("Login error=\"insufficient_role\"");
    assertThat(scope.status()).isEqualTo(403);
    assertThat(scope.json()).containsEntry("error", "insufficient_scope");
    assertThat(scope.header("WWW-Authenticate"))
        .contains("error=\"insufficient_scope\"", "scope=\"orders:read orders:write\"");
  }

  @Test
  void the_granted_scope_opens_what_asks_for_it() {
    assertThat(Visitor.signedInAt(deployment).get("/protected/read/order").body())
        .isEqualTo(ProtectedServlet.CANARY);
  }

  /** AD-14: less was granted than was asked for, or somebody changed it on the way. */
  @Test
  void a_scope_that_was_not_granted_opens_nothing() {
    CORP.tokenResponse(response -> response.put("scope", "openid"));
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = visitor.browser().followAll(visitor.get("/protected/read/order"));

    assertThat(page.status()).isEqualTo(403);
    assertNeutralPage(page);
    assertThat(visitor.session()).containsEntry("scope", List.of("openid"));
  }

  @Test
  void a_rule_about_a_resource_of_jakarta_rest_holds() {
    CORP.approving(ADMINISTRATOR);

    assertThat(Visitor.signedInAt(deployment).get("/api/for-admins").status()).isEqualTo(403);
  }

  @Test
  void the_provider_of_a_rule_signs_in_strangers_and_those_of_another_one() {
    Visitor stranger = Visitor.of(deployment);
    assertSentToProvider(stranger.get("/protected/other/x"), OTHER);

    Visitor visitor = Visitor.signedInAt(deployment);
    RawResponse challenge = visitor.get("/protected/other/x");
    assertSentToProvider(challenge, OTHER);

    assertThat(visitor.browser().followAll(challenge).body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.session()).containsEntry("provider", "other");
  }

  @Test
  void a_rule_asks_for_a_stronger_login_and_takes_it() {
    Visitor visitor = Visitor.signedInAt(deployment);
    String before = visitor.sessionId();
    RawResponse script = visitor.request("GET", "/protected/vault/x").asFetch().send();
    RawResponse challenge = visitor.get("/protected/vault/x");
    CORP.idTokenClaims(claims -> claims.put("acr", "gold"));

    RawResponse page = visitor.browser().followAll(challenge);

    assertThat(script.status()).isEqualTo(401);
    assertThat(script.header("WWW-Authenticate"))
        .contains("insufficient_user_authentication", "acr_values=\"gold\"");
    assertThat(challenge.header("Location")).contains("acr_values=gold");
    assertThat(page.body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(visitor.sessionId()).isNotEqualTo(before);
    assertThat(visitor.get("/protected/vault/x").body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_login_that_is_not_strong_enough_ends_on_a_page_and_not_in_a_loop() {
    Visitor visitor = Visitor.signedInAt(deployment);
    CORP.idTokenClaims(claims -> claims.put("acr", "silver"));

    RawResponse page = visitor.browser().followAll(visitor.get("/protected/vault/x"));

    assertThat(page.status()).isEqualTo(403);
    assertNeutralPage(page);
    assertThat(visitor.log()).contains("VEST1218");
    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  void a_rule_says_how_a_stranger_is_answered() {
    Visitor stranger = Visitor.of(deployment);

    assertSentToProvider(stranger.get("/protected/data/x"), CORP);
    RawResponse program =
        stranger
            .request("GET", "/protected/data/x")
            .without("Sec-Fetch-Mode")
            .without("Sec-Fetch-Dest")
            .without("Accept")
            .send();
    assertThat(program.status()).isEqualTo(401);
    assertThat(program.json()).containsEntry("error", "login_required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/protected/admin",
        "/protected/admin/",
        "/protected/admin/users",
        "/protected/%61dmin/users",
        "/protected/admin;x=1/users",
        "/protected;x=1/admin/users",
        "/protected/x/../admin/users",
        "/protected/x/..;/admin/users",
        "/protected/;x/admin/users",
        "/protected/./admin/users",
        "/protected//admin/users",
        "//protected/admin/users",
        "/protected/admin%2fusers",
        "/protected%2fadmin/users",
        "/protected/%2561dmin/users",
        "/protected/admin%3b/users",
        "/protected/admin%00/users",
        "/protected/admin\\users",
        "/protected/admin%5cusers",
        "/public/../protected/admin/users",
        "/public/..;/protected/admin/users",
        "/public;/protected/admin/users",
        "/protected/read/%2e%2e/admin/users",
        "/protected/admin/users?x=/public/page",
        "/api;x/for-admins",
        "/api/for-admins;x=1",
        "/api/x;/../for-admins",
        "/api/%66or-admins",
        "/api//for-admins"
      })
  void no_spelling_gets_past_a_rule(String path) {
    CORP.approving(
        path.startsWith("/api") ? ADMINISTRATOR : User.JANE.with("groups", List.of("staff")));
    Visitor visitor = Visitor.signedInAt(deployment);

    for (String method : List.of("GET", "POST", "HEAD")) {
      RawResponse answer = visitor.request(method, "/").target(visitor.contextPath() + path).send();

      if (!Difference.isServersOwn(answer)) {
        assertThat(answer.status()).as(answer.toString()).isIn(400, 403, 404, 405);
      }
      assertThat(answer.body()).doesNotContain(ProtectedServlet.CANARY);
    }
  }
}
