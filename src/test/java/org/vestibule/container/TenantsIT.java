package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertRefused;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;

/** Two tenants of one provider may sign in, and a third may not. */
@ExtendWith(ArquillianExtension.class)
class TenantsIT {

  private static final String CONTOSO = "11111111-2222-3333-4444-555555555555";
  private static final String FABRIKAM = "66666666-7777-8888-9999-000000000000";
  private static final String NORTHWIND = "99999999-0000-1111-2222-333333333333";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c ->
              c.issuerPath("/organizations/v2.0")
                  .client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("issuer-template", issuer("{tenantid}"))
        .with("allowed-tenants", CONTOSO + "," + FABRIKAM)
        .war("tenants");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void publish() {
    PROVIDER.metadata(metadata -> metadata.put("issuer", issuer("{tenantid}")));
    users(CONTOSO);
  }

  private static String issuer(String tenant) {
    return PROVIDER.origin() + "/" + tenant + "/v2.0";
  }

  /** From now on those who sign in are of this tenant. */
  private static void users(String tenant) {
    PROVIDER.idTokenClaims(
        claims -> claims.putAll(Map.of("iss", issuer(tenant), "tid", tenant, "sid", SID)));
    PROVIDER.authorizationResponse(answer -> answer.put("iss", issuer(tenant)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> claims(Visitor visitor) {
    return (Map<String, Object>) visitor.session().get("claims");
  }

  @Test
  void each_tenant_has_people_of_its_own() {
    Visitor one = Visitor.signedInAt(deployment);
    users(FABRIKAM);
    Visitor other = Visitor.signedInAt(deployment);

    assertThat(claims(one)).containsEntry("iss", issuer(CONTOSO)).containsEntry("tid", CONTOSO);
    assertThat(claims(other)).containsEntry("iss", issuer(FABRIKAM));
    assertThat(claims(one).get("sub")).isEqualTo(claims(other).get("sub"));
    assertThat(one.isSignedIn()).isTrue();
  }

  @Test
  void a_tenant_that_is_not_allowed_reads_so_and_the_log_names_it() {
    users(NORTHWIND);
    Visitor visitor = Visitor.of(deployment);

    RawResponse page = visitor.browser().followAll(visitor.get(Visitor.PROTECTED));

    assertThat(page.status()).isEqualTo(403);
    assertNeutralPage(page);
    assertThat(page.body()).contains("Your organisation has no access").doesNotContain(NORTHWIND);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.log()).contains("VEST1220", issuer(NORTHWIND), "allowed-tenants");
  }

  @Test
  void the_metadata_s_own_name_is_nobody_s() {
    PROVIDER.idTokenClaims(claims -> claims.put("iss", PROVIDER.issuer()));
    Visitor visitor = Visitor.of(deployment);

    assertRefused(visitor.browser().followAll(visitor.get(Visitor.PROTECTED)), visitor);
    assertThat(visitor.log()).contains("VEST1206");
  }

  @Test
  void a_login_that_a_tenant_s_portal_asks_for_is_begun_here() {
    Visitor visitor = Visitor.of(deployment);

    assertSentToProvider(visitor.get("/oauth/initiate?iss=" + issuer(FABRIKAM)), PROVIDER);
    assertThat(visitor.get("/oauth/initiate?iss=" + issuer(NORTHWIND)).status()).isEqualTo(404);
    assertThat(visitor.get("/oauth/initiate?iss=" + PROVIDER.issuer()).status()).isEqualTo(404);
  }

  @Test
  void signing_out_at_one_tenant_leaves_the_same_session_at_another_alone() {
    Visitor one = Visitor.signedInAt(deployment);
    users(FABRIKAM);
    Visitor other = Visitor.signedInAt(deployment);

    one.get("/oauth/frontchannel-logout?iss=" + issuer(CONTOSO) + "&sid=" + SID);
    assertThat(one.isSignedIn()).isFalse();
    assertThat(other.isSignedIn()).isTrue();

    String token =
        PROVIDER.logoutToken(
            Application.CLIENT_ID,
            claims -> claims.putAll(Map.of("iss", issuer(FABRIKAM), "sid", SID)));
    RawResponse answer =
        Visitor.of(deployment)
            .request("POST", "/oauth/backchannel-logout")
            .form(FormData.of("logout_token", token))
            .send();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(other.isSignedIn()).isFalse();
  }
}
