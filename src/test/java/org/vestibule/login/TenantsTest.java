package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.session.SessionCodec;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;

/** A provider whose metadata have a template in place of an issuer, as Microsoft Entra ID's do. */
class TenantsTest {

  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());

  private static final String CONTOSO = "11111111-2222-3333-4444-555555555555";
  private static final String FABRIKAM = "66666666-7777-8888-9999-000000000000";
  private static final String NORTHWIND = "99999999-0000-1111-2222-333333333333";

  private final TestClient client =
      TestClient.openId(
          c -> c.issuerPath("/organizations/v2.0").without(Feature.ISS_PARAMETER_ADVERTISED),
          "issuer-template",
          "{server}/{tenantid}/v2.0",
          "allowed-tenants",
          CONTOSO + "," + FABRIKAM);

  @BeforeEach
  void publish() {
    client.server().metadata(metadata -> metadata.put("issuer", issuer("{tenantid}")));
    client.server().authorizationResponse(answer -> answer.remove("iss"));
    users(CONTOSO);
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private String issuer(String tenant) {
    return client.server().origin() + "/" + tenant + "/v2.0";
  }

  /** From now on users are those of this tenant. */
  private void users(String tenant) {
    client.server().idTokenClaims(claims -> claims.putAll(of(tenant)));
  }

  private Map<String, Object> of(String tenant) {
    return Map.of("iss", issuer(tenant), "tid", tenant);
  }

  @Test
  void the_same_subject_in_two_tenants_is_two_people() {
    Identity one = client.signedIn().identity();
    users(FABRIKAM);
    Identity other = client.signedIn().identity();

    assertThat(one.issuer()).isEqualTo(issuer(CONTOSO));
    assertThat(other.issuer()).isEqualTo(issuer(FABRIKAM));
    assertThat(one.subject()).isEqualTo(other.subject());
    assertThat(one).isNotEqualTo(other);
    assertThat(one.claims()).contains("\"iss\":\"" + issuer(CONTOSO) + "\"");
  }

  @Test
  @Provokes(Violation.TENANT_NOT_ALLOWED)
  void a_tenant_that_is_not_allowed_is_named_in_the_log() {
    users(NORTHWIND);

    assertFails(Violation.TENANT_NOT_ALLOWED, client::login);
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void an_allowed_issuer_does_not_help_a_user_of_another_tenant() {
    client
        .server()
        .idTokenClaims(claims -> claims.putAll(Map.of("iss", issuer(CONTOSO), "tid", NORTHWIND)));

    assertFails(Violation.ID_TOKEN_ISSUER, client::login);
  }

  @Test
  @Provokes(Violation.METADATA_ISSUER)
  void the_metadata_have_the_template_and_nothing_else() {
    client.server().metadata(metadata -> metadata.put("issuer", issuer(CONTOSO)));

    assertFails(Violation.METADATA_ISSUER, client::login);
  }

  @Test
  @Provokes(Violation.ID_TOKEN_OF_ANOTHER)
  void a_refresh_leads_to_no_other_tenant() {
    SignedIn user = client.signedIn();
    TokenRefresh refresh = new TokenRefresh(client.clock());
    SignedIn renewed = refresh.refresh(client.provider(), user, CODEC);
    assertThat(renewed.identity()).isEqualTo(user.identity());

    users(FABRIKAM);

    assertFails(
        Violation.ID_TOKEN_OF_ANOTHER, () -> refresh.refresh(client.provider(), renewed, CODEC));
  }

  @Test
  @Provokes(Violation.ISSUER_MISMATCH)
  void who_grants_is_who_signs() {
    client.server().authorizationResponse(answer -> answer.put("iss", issuer(CONTOSO)));
    assertThat(client.signedIn().identity().issuer()).isEqualTo(issuer(CONTOSO));

    users(FABRIKAM);

    assertFails(Violation.ISSUER_MISMATCH, client::login);
  }

  @Test
  @Provokes({Violation.ISSUER_MISMATCH, Violation.TENANT_NOT_ALLOWED})
  void a_stranger_and_a_tenant_that_is_not_allowed_get_no_code_redeemed() {
    client.server().authorizationResponse(answer -> answer.put("iss", "https://attacker.example"));
    assertFails(Violation.ISSUER_MISMATCH, client::login);
    client.server().authorizationResponse(answer -> answer.put("iss", issuer(NORTHWIND)));
    assertFails(Violation.TENANT_NOT_ALLOWED, client::login);

    assertThat(client.server().requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_ISSUER)
  void a_logout_token_is_taken_from_each_tenant_that_is_allowed() {
    String own = logoutToken(CONTOSO);
    String others = logoutToken(NORTHWIND);

    assertThat(BackChannelLogout.judge(List.of(client.provider()), Secret.of(own)).issuer())
        .isEqualTo(issuer(CONTOSO));
    assertFails(
        Violation.LOGOUT_TOKEN_ISSUER,
        () -> BackChannelLogout.judge(List.of(client.provider()), Secret.of(others)));
  }

  private String logoutToken(String tenant) {
    return client
        .server()
        .logoutToken(
            TestClient.ID,
            claims -> {
              claims.put("iss", issuer(tenant));
              claims.put("sub", "24400320");
            });
  }

  /** As Microsoft Entra ID says whose its keys are. */
  @Test
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void a_key_of_one_tenant_signs_for_no_other() {
    keys(issuer(CONTOSO));
    assertThat(client.signedIn().identity().issuer()).isEqualTo(issuer(CONTOSO));

    users(FABRIKAM);

    assertFails(Violation.ID_TOKEN_ISSUER, client::login);
  }

  @Test
  void a_key_of_the_template_signs_for_all() {
    keys(issuer("{tenantid}"));

    assertThat(client.signedIn().identity().issuer()).isEqualTo(issuer(CONTOSO));
  }

  private void keys(String issuer) {
    client
        .server()
        .jwks(
            set ->
                ((List<?>) set.get("keys"))
                    .forEach(
                        key -> {
                          @SuppressWarnings("unchecked")
                          Map<String, Object> jwk = (Map<String, Object>) key;
                          jwk.put("issuer", issuer);
                        }));
  }

  /** The settings that a login began with are those that its answer is held to. */
  @Test
  void an_answer_that_names_nobody_is_judged_by_its_id_token() {
    BegunLogin begun = client.begin();
    AuthorizationResponse answer = client.answer(begun);

    assertThat(answer.issuer()).isEmpty();
    assertThat(client.flow().complete(client.provider(), answer, begun.pending()))
        .isInstanceOf(LoginResult.Success.class);
  }
}
