package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;

class IssuerRuleTest {

  private static final String CONTOSO = "11111111-2222-3333-4444-555555555555";
  private static final String FABRIKAM = "66666666-7777-8888-9999-000000000000";
  private static final String ISSUER = "https://login.example.com/organizations/v2.0";
  private static final String TEMPLATE = "https://login.example.com/{tenantid}/v2.0";

  private static final IssuerRule GOOGLE =
      IssuerRule.exactly("https://accounts.google.com", Set.of("accounts.google.com"));
  private static final IssuerRule ONE_TENANT =
      IssuerRule.ofTenants(ISSUER, TEMPLATE, Set.of(CONTOSO));
  private static final IssuerRule ANY_TENANT = IssuerRule.ofTenants(ISSUER, TEMPLATE, Set.of("*"));

  private static String of(String tenant) {
    return "https://login.example.com/" + tenant + "/v2.0";
  }

  @Test
  void an_alias_is_another_name_of_the_same_issuer() {
    for (String name : Set.of("https://accounts.google.com", "accounts.google.com")) {
      assertThat(GOOGLE.accepts(name)).isTrue();
      assertThat(GOOGLE.require(name, Violation.ID_TOKEN_ISSUER))
          .isEqualTo("https://accounts.google.com");
    }
    assertThat(GOOGLE.published()).isEqualTo("https://accounts.google.com");
    assertThat(GOOGLE.knows("https://accounts.google.com")).isTrue();
    assertThat(GOOGLE.knows("accounts.google.com")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://accounts.google.com",
        "https://accounts.google.com/",
        "https://ACCOUNTS.google.com",
        "https://accounts.google.com:443",
        "https://accounts.google.com.attacker.example",
        "Accounts.google.com",
        "accounts.google.com/",
        "accounts.google"
      })
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void nothing_else_is_even_if_it_looks_the_same(String name) {
    assertThat(GOOGLE.accepts(name)).isFalse();
    assertFails(Violation.ID_TOKEN_ISSUER, () -> GOOGLE.require(name, Violation.ID_TOKEN_ISSUER));
  }

  @Test
  void each_tenant_that_is_allowed_has_an_issuer_of_its_own() {
    IssuerRule both = IssuerRule.ofTenants(ISSUER, TEMPLATE, Set.of(CONTOSO, FABRIKAM));

    assertThat(both.require(of(CONTOSO), Violation.ID_TOKEN_ISSUER)).isEqualTo(of(CONTOSO));
    assertThat(both.require(of(FABRIKAM), Violation.ID_TOKEN_ISSUER)).isEqualTo(of(FABRIKAM));
    assertThat(both.published()).isEqualTo(TEMPLATE);
    assertThat(both.knows(of(CONTOSO))).isTrue();
    assertThat(both.knows(ISSUER)).isFalse();
  }

  @Test
  @Provokes(Violation.TENANT_NOT_ALLOWED)
  void another_tenant_is_told_apart_from_a_stranger() {
    assertThat(ONE_TENANT.accepts(of(FABRIKAM))).isFalse();
    assertThat(ONE_TENANT.knows(of(FABRIKAM))).isFalse();
    assertFails(
        Violation.TENANT_NOT_ALLOWED,
        () -> ONE_TENANT.require(of(FABRIKAM), Violation.ID_TOKEN_ISSUER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        TEMPLATE,
        "https://login.example.com//v2.0",
        "https://login.example.com/v2.0",
        "https://login.example.com/a/b/v2.0",
        "https://login.example.com/../v2.0",
        "https://login.example.com/-/v2.0",
        "https://login.example.com/.a/v2.0",
        "https://login.example.com/a%2f/v2.0",
        "https://login.example.com/a\u0131/v2.0",
        "https://login.example.com/a/v2.0/",
        "https://login.example.com/a/v1.0",
        "https://LOGIN.example.com/a/v2.0",
        "http://login.example.com/a/v2.0",
        "https://login.example.com.attacker.example/a/v2.0"
      })
  @Provokes(Violation.ISSUER_MISMATCH)
  void no_tenant_is_what_does_not_fit_the_template(String name) {
    for (IssuerRule rule : Set.of(ONE_TENANT, ANY_TENANT)) {
      assertThat(rule.accepts(name)).isFalse();
      assertThat(rule.knows(name)).isFalse();
      assertFails(Violation.ISSUER_MISMATCH, () -> rule.require(name, Violation.ISSUER_MISMATCH));
    }
  }

  @Test
  void any_tenant_may_come_where_that_is_spelled_out() {
    assertThat(ANY_TENANT.require(of(FABRIKAM), Violation.ID_TOKEN_ISSUER)).isEqualTo(of(FABRIKAM));
    assertThat(ANY_TENANT.accepts(of("a".repeat(128)))).isTrue();
    assertThat(ANY_TENANT.accepts(of("a".repeat(129)))).isFalse();
  }

  @Test
  void a_tenant_is_the_one_that_the_issuer_names() {
    assertThat(ONE_TENANT.isOf(of(CONTOSO), CONTOSO)).isTrue();
    assertThat(ONE_TENANT.isOf(of(FABRIKAM), FABRIKAM)).isTrue();
    assertThat(ONE_TENANT.isOf(of(CONTOSO), FABRIKAM)).isFalse();
    assertThat(ONE_TENANT.isOf(of("a/b"), "a/b")).isFalse();
    assertThat(GOOGLE.isOf("https://accounts.google.com", CONTOSO)).isFalse();
  }

  @Test
  void without_an_issuer_nobody_is_accepted_and_whoever_has_none_is_known() {
    assertThat(IssuerRule.NONE.accepts("")).isFalse();
    assertThat(IssuerRule.exactly("", Set.of()).accepts("")).isFalse();
    assertThat(IssuerRule.NONE.knows("")).isTrue();
    assertThat(IssuerRule.NONE.knows(of(CONTOSO))).isFalse();
  }

  @Test
  void a_tenant_is_made_of_letters_digits_and_marks_between_them() {
    IssuerRule any = IssuerRule.ofTenants(ISSUER, TEMPLATE, Set.of("*"));

    assertThat(List.of("a", "z", "A", "Z", "0", "9", "a-b.c_d", "a".repeat(128)))
        .allMatch(tenant -> any.accepts(of(tenant)));
    assertThat(List.of("`", "{", "@", "[", "/", ":", "-a", "a-", "ä", "a".repeat(129)))
        .noneMatch(tenant -> any.accepts(of(tenant)));
  }
}
