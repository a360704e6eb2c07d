package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.provider;
import static org.vestibule.provider.Configurations.read;
import static org.vestibule.provider.Configurations.without;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class IssuerSettingsReaderTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String TEMPLATE = "https://server.example.com/{tenantid}/v2.0";
  private static final String TENANT = "11111111-2222-3333-4444-55555555abcd";

  private static Map<String, String> tenants(String allowed) {
    return least("oauth.issuer-template", TEMPLATE, "oauth.allowed-tenants", allowed);
  }

  @Test
  void a_template_goes_with_the_tenants_that_are_allowed() {
    Configuration configuration = read(tenants(TENANT + ", contoso"));

    assertThat(configuration.problems()).isEmpty();
    assertThat(provider(configuration).endpoints().issuers())
        .isEqualTo(IssuerRule.ofTenants(ISSUER, TEMPLATE, Set.of(TENANT, "contoso")));
  }

  @Test
  void a_guid_is_the_same_in_capitals_and_nothing_else_is() {
    IssuerRule issuers =
        provider(tenants(TENANT.toUpperCase(Locale.ROOT) + ",Contoso")).endpoints().issuers();

    assertThat(issuers.accepts("https://server.example.com/" + TENANT + "/v2.0")).isTrue();
    assertThat(issuers.accepts("https://server.example.com/Contoso/v2.0")).isTrue();
    assertThat(issuers.accepts("https://server.example.com/contoso/v2.0")).isFalse();
  }

  @Test
  void all_tenants_are_only_allowed_with_a_warning() {
    Configuration configuration = read(tenants("*"));

    assertThat(configuration.isUsable()).isTrue();
    assertThat(mistakes(configuration)).containsExactly(Mistake.ANY_TENANT);
    assertThat(configuration.problems().get(0).toString()).contains("VEST3110", "vouches");
  }

  @Test
  void a_template_without_tenants_lets_nobody_in() {
    assertThat(mistakes(read(least("oauth.issuer-template", TEMPLATE))))
        .containsExactly(Mistake.TENANTS_NEEDED);
  }

  @Test
  void tenants_without_a_template_mean_nothing() {
    assertThat(mistakes(read(least("oauth.allowed-tenants", TENANT))))
        .containsExactly(Mistake.TEMPLATE_NEEDED);
  }

  @Test
  void a_template_has_a_place_for_the_tenant() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.issuer-template",
                        "https://server.example.com/common/v2.0",
                        "oauth.allowed-tenants",
                        TENANT))))
        .containsExactly(Mistake.TEMPLATE_UNUSABLE);
  }

  @Test
  void the_tenant_is_seen_in_the_id_token_alone() {
    Map<String, String> properties = tenants(TENANT);
    properties.put("oauth.scope", "profile");

    assertThat(mistakes(read(properties))).containsExactly(Mistake.CHECK_NEEDS_OPENID);
  }

  @Test
  void a_template_has_no_aliases_and_needs_an_issuer_to_be_found_at() {
    Map<String, String> properties = tenants(TENANT);
    properties.put("oauth.issuer-aliases", "server.example.com");
    assertThat(mistakes(read(properties))).containsExactly(Mistake.MALFORMED);

    assertThat(mistakes(read(without(tenants(TENANT), "oauth.issuer")))).contains(Mistake.MISSING);
  }

  @Test
  void aliases_are_taken_as_they_stand() {
    assertThat(
            provider(least("oauth.issuer-aliases", "server.example.com, urn:example:server"))
                .endpoints()
                .issuers())
        .isEqualTo(IssuerRule.exactly(ISSUER, Set.of("server.example.com", "urn:example:server")));
  }

  @Test
  void metadata_elsewhere_want_discovery() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.metadata-uri", "https://server.example.com/metadata",
                        "oauth.discovery", "off",
                        "oauth.jwks-uri", "https://server.example.com/keys",
                        "oauth.authorization-endpoint", "https://server.example.com/authorize",
                        "oauth.token-endpoint", "https://server.example.com/token"))))
        .containsExactly(Mistake.MALFORMED);
  }
}
