package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Feature;
import org.vestibule.testing.User;

/** Applications that were another client's, with the file that it left and no setting of ours. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MovingInIT {

  /** Where both clients take roles from, and nowhere else. */
  private static final Map<String, Object> IN_ACCESS_TOKENS =
      Map.of(
          "realm_access", Map.of("roles", List.of("staff")),
          "resource_access", Map.of(Application.CLIENT_ID, Map.of("roles", List.of("admin"))),
          "groups", List.of("pope"));

  private static final AuthorizationServer REALM =
      AuthorizationServer.start(
          c ->
              c.issuerPath("/auth/realms/main")
                  .client(Application.CLIENT_ID, Application.CLIENT_SECRET)
                  .with(Feature.JWT_ACCESS_TOKENS));

  static {
    REALM.accessTokenClaims(claims -> claims.putAll(IN_ACCESS_TOKENS));
  }

  @ArquillianResource
  @OperateOnDeployment("keycloak")
  private URL keycloak;

  @ArquillianResource
  @OperateOnDeployment("oidc")
  private URL oidc;

  @Deployment(name = "keycloak", testable = false)
  static WebArchive withKeycloakJson() {
    return Application.withoutProvider()
        .war("keycloak")
        .addAsWebInfResource(
            new StringAsset(
                """
                {
                  "realm": "main",
                  "auth-server-url": "%s",
                  "ssl-required": "none",
                  "resource": "%s",
                  "credentials": {"secret": "%s"},
                  "use-resource-role-mappings": true,
                  "principal-attribute": "preferred_username",
                  "confidential-port": 0,
                  "enable-cors": true
                }
                """
                    .formatted(
                        URI.create(REALM.issuer()).resolve("/auth"),
                        Application.CLIENT_ID,
                        Application.CLIENT_SECRET)),
            "keycloak.json");
  }

  @Deployment(name = "oidc", testable = false)
  static WebArchive withOidcJson() {
    return Application.withoutProvider()
        .war("oidc")
        .addAsWebInfResource(
            new StringAsset(
                """
                {
                  "provider-url": "${env.THERE_IS_NO_SUCH_VARIABLE:%s}",
                  "client-id": "%s",
                  "credentials": {"secret": "%s"},
                  "scope": "profile email"
                }
                """
                    .formatted(REALM.issuer(), Application.CLIENT_ID, Application.CLIENT_SECRET)),
            "oidc.json");
  }

  @Test
  void who_came_in_by_keycloak_json_still_does_with_the_name_and_roles_from_before() {
    Visitor visitor = Visitor.signedInAt(keycloak);

    assertThat(visitor.lines("/whoami"))
        .containsEntry("principal", "j.doe")
        .containsEntry("admin", "true")
        .containsEntry("pope", "false");
    assertThat(visitor.session()).containsEntry("roles", List.of("admin"));
    assertThat(visitor.session()).containsEntry("scope", List.of("openid"));
  }

  @Test
  void who_came_in_by_oidc_json_still_does_with_the_name_and_roles_from_before() {
    Visitor visitor = Visitor.signedInAt(oidc);

    assertThat(visitor.lines("/whoami")).containsEntry("principal", User.JANE.sub());
    assertThat(visitor.session()).containsEntry("roles", List.of("staff"));
  }

  @Test
  void the_log_says_where_settings_are_from_what_is_without_effect_and_what_is_not_obeyed() {
    String log = Visitor.of(keycloak).log();

    assertThat(log.lines())
        .anyMatch(line -> line.contains("WEB-INF/keycloak.json: auth-server-url"))
        .anyMatch(line -> line.startsWith("INFO VEST3153 * [from WEB-INF/keycloak.json]"))
        .anyMatch(line -> line.startsWith("WARNING VEST3151 ssl-required "));
    assertThat(log).contains("confidential-port: ", "enable-cors: ");
    assertThat(log).doesNotContain(Application.CLIENT_SECRET);
  }
}
