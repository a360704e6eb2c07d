package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertRefused;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;
import org.vestibule.testing.RegisteredClient;
import org.vestibule.testing.RegisteredClient.Authentication;

/**
 * The provider that this library was first made for, by settings alone: plain OAuth 2.0 without
 * metadata, scopes joined by a comma, a callback at {@code /redirect}, client identifier and secret
 * in the body, and a token response with {@code expires}.
 */
@ExtendWith(ArquillianExtension.class)
class FoundingProviderIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.foundingProvider(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("plain")
  private URL deployment;

  @ArquillianResource
  @OperateOnDeployment("profile")
  private URL withProfile;

  @Deployment(name = "plain", testable = false)
  static WebArchive application() {
    WebArchive withoutAnyXml = settings().war("founding");
    withoutAnyXml.delete("/WEB-INF/web.xml");
    return withoutAnyXml;
  }

  @Deployment(name = "profile", testable = false)
  static WebArchive applicationWithProfile() {
    return settings()
        .with("userinfo-endpoint", PROVIDER.url(Endpoint.USERINFO))
        .war("founding-profile");
  }

  private static Application settings() {
    return Application.withoutProvider()
        .with("authorization-endpoint", PROVIDER.origin() + "/oauth/authorize")
        .with("token-endpoint", PROVIDER.origin() + "/oauth/token")
        .with("client-id", Application.CLIENT_ID)
        .with("client-secret", Application.CLIENT_SECRET)
        .with("client-authentication", "client_secret_post")
        .with("scope", "write,read")
        .with("scope-separator", "comma")
        .with("callback-path", "/redirect");
  }

  @BeforeEach
  void register() {
    PROVIDER.register(
        RegisteredClient.confidential(Application.CLIENT_ID, Application.CLIENT_SECRET)
            .authenticatingBy(Authentication.CLIENT_SECRET_POST)
            .redirectingTo(
                Visitor.of(deployment).url("/redirect"), Visitor.of(withProfile).url("/redirect")));
    PROVIDER.forgetRequests();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_user_signs_in_and_grants() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse challenge = visitor.get("/protected/page?a=b");
    RawResponse page = grant(visitor, challenge);

    assertThat(challenge.location()).startsWith(PROVIDER.origin() + "/oauth/authorize?");
    assertThat(challenge.locationQuery().asMap())
        .containsEntry("scope", "write,read")
        .containsEntry("redirect_uri", visitor.url("/redirect"))
        .doesNotContainKey("nonce");
    assertThat(page.url()).isEqualTo(visitor.url("/protected/page?a=b"));
    assertThat(page.body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void client_identifier_and_secret_are_in_the_body_of_the_token_request() {
    Visitor visitor = Visitor.of(deployment);
    grant(visitor, visitor.get(Visitor.PROTECTED));

    RecordedRequest request = PROVIDER.lastRequest(Endpoint.TOKEN);
    FormData form = request.form();
    assertThat(request.path()).isEqualTo("/oauth/token");
    assertThat(request.header("Authorization")).isNull();
    assertThat(form.duplicated()).isEmpty();
    assertThat(form.asMap())
        .containsOnlyKeys(
            "grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier")
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("client_id", Application.CLIENT_ID)
        .containsEntry("client_secret", Application.CLIENT_SECRET)
        .containsEntry("redirect_uri", visitor.url("/redirect"));
    assertThat(PROVIDER.requests(Endpoint.OPENID_CONFIGURATION)).isEmpty();
    assertThat(PROVIDER.requests(Endpoint.OAUTH_METADATA)).isEmpty();
  }

  @Test
  void the_application_knows_scope_and_expiry_and_has_the_token() {
    Visitor visitor = Visitor.of(deployment);
    grant(visitor, visitor.get(Visitor.PROTECTED));

    assertThat(visitor.lines("/whoami"))
        .containsEntry("caller.authenticated", "true")
        .containsEntry("caller.scope", "read,write")
        .containsEntry("caller.expires", "true")
        .containsEntry("authType", "OAUTH");
    assertThat(visitor.get("/token").body()).startsWith("token ");
  }

  @Test
  void a_profile_address_gives_the_caller_a_name() {
    Visitor visitor = Visitor.of(withProfile);
    grant(visitor, visitor.get(Visitor.PROTECTED));

    assertThat(visitor.lines("/whoami"))
        .containsEntry("principal", "alice")
        .containsEntry("caller.sub", "alice");
  }

  @Test
  void a_user_denies_and_changes_their_mind() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse login = visitor.browser().followAll(visitor.get(Visitor.PROTECTED));

    RawResponse denied =
        visitor.browser().followAll(visitor.browser().submit(login, "decision", "deny"));

    assertThat(denied.status()).isEqualTo(403);
    assertRefused(denied, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();

    RawResponse again = visitor.browser().click(denied, visitor.contextPath() + Visitor.PROTECTED);
    assertThat(grant(visitor, again).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void tokens_are_refreshed_with_the_secret_in_the_body() {
    Visitor visitor = Visitor.of(deployment);
    grant(visitor, visitor.get(Visitor.PROTECTED));
    String before = visitor.get("/token").body();

    String after = visitor.request("POST", "/token").send().body();

    assertThat(after).startsWith("token ").isNotEqualTo(before);
    assertThat(PROVIDER.lastRequest(Endpoint.TOKEN).form().asMap())
        .containsOnlyKeys("grant_type", "refresh_token", "client_id", "client_secret")
        .containsEntry("grant_type", "refresh_token");
  }

  @Test
  void signing_out_ends_the_session_here_since_the_provider_offers_no_more() {
    Visitor visitor = Visitor.of(deployment);
    grant(visitor, visitor.get(Visitor.PROTECTED));

    RawResponse landing =
        visitor.browser().followAll(visitor.browser().submit(visitor.get("/oauth/logout")));

    assertThat(landing.url()).isEqualTo(visitor.url("/oauth/logged-out"));
    assertThat(visitor.isSignedIn()).isFalse();
  }

  private static RawResponse grant(Visitor visitor, RawResponse challenge) {
    RawResponse answer = visitor.browser().follow(challenge);
    if (!answer.isRedirect()) {
      answer =
          visitor
              .browser()
              .submit(answer, "username", "alice", "password", "wonderland", "decision", "grant");
    }
    return visitor.browser().followAll(answer);
  }
}
