package org.vestibule.protocol.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.MovableClock;

/** Whose a token is, of a provider with many tenants and of one with two names. */
class TokenIssuerTest {

  private static final String CLIENT_ID = "s6BhdRkqt3";
  private static final Secret NONCE = Secret.of("n-0S6_WzA2Mj");
  private static final Secret ANY = Secret.of("a.b.c");
  private static final String CONTOSO = "11111111-2222-3333-4444-555555555555";
  private static final String FABRIKAM = "66666666-7777-8888-9999-000000000000";
  private static final String NORTHWIND = "99999999-0000-1111-2222-333333333333";
  private static final String TEMPLATE = "https://login.example.com/{tenantid}/v2.0";
  private static final IssuerRule TENANTS =
      IssuerRule.ofTenants(
          "https://login.example.com/organizations/v2.0", TEMPLATE, Set.of(CONTOSO, FABRIKAM));
  private static final IssuerRule TWO_NAMES =
      IssuerRule.exactly("https://accounts.google.com", Set.of("accounts.google.com"));

  private final MovableClock clock = new MovableClock();
  private final Map<String, Object> claims = new HashMap<>();
  private Set<String> keyIssuers = Set.of();

  private static String issuer(String tenant) {
    return TEMPLATE.replace("{tenantid}", tenant);
  }

  private TokenIssuerTest of(String tenant) {
    return with("iss", issuer(tenant)).with("tid", tenant);
  }

  private TokenIssuerTest with(String claim, Object value) {
    claims.put(claim, value);
    return this;
  }

  private VerifiedJws verified() {
    long now = clock.instant().getEpochSecond();
    claims.putIfAbsent("sub", "24400320");
    claims.put("aud", CLIENT_ID);
    claims.put("iat", now);
    claims.put("exp", now + 300);
    return new VerifiedJws("RS256", "JWT", new Claims(claims), keyIssuers);
  }

  private static IdTokenExpectations expectations(IssuerRule issuers) {
    return new IdTokenExpectations(
        issuers, CLIENT_ID, Set.of(), Duration.ofSeconds(30), Optional.empty(), Set.of());
  }

  private IdTokenValidator validator(IssuerRule issuers) {
    return new IdTokenValidator(clock, expectations(issuers), jws -> verified());
  }

  private VerifiedIdToken idToken(IssuerRule issuers) {
    claims.keySet().removeAll(Set.of("jti", "events"));
    claims.put("nonce", NONCE.value());
    return validator(issuers).validate(ANY, NONCE, ANY, AuthenticationRequirement.NONE);
  }

  private static EarlierIdToken earlier(String issuer) {
    return new EarlierIdToken(issuer, "24400320", Optional.empty());
  }

  private VerifiedLogoutToken logoutToken(IssuerRule issuers) {
    claims.remove("nonce");
    claims.put("jti", "bWJq");
    claims.put("events", Map.of(LogoutTokenValidator.EVENT, Map.of()));
    return new LogoutTokenValidator(clock, expectations(issuers), jws -> verified()).validate(ANY);
  }

  private Claims userInfo(IssuerRule issuers, String issuerOfIdToken) {
    return UserInfoValidator.judgeSigned(
        ANY, jws -> verified(), expectations(issuers), Optional.of(issuerOfIdToken));
  }

  @Test
  void users_of_two_tenants_have_two_issuers() {
    assertThat(of(CONTOSO).idToken(TENANTS).issuer()).isEqualTo(issuer(CONTOSO));
    assertThat(of(FABRIKAM).idToken(TENANTS).issuer()).isEqualTo(issuer(FABRIKAM));
  }

  @Test
  @Provokes(Violation.TENANT_NOT_ALLOWED)
  void a_tenant_that_is_not_allowed_is_refused() {
    assertFails(Violation.TENANT_NOT_ALLOWED, () -> of(NORTHWIND).idToken(TENANTS));
    assertFails(Violation.TENANT_NOT_ALLOWED, () -> of(NORTHWIND).logoutToken(TENANTS));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", FABRIKAM, "{tenantid}", "a/b"})
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void the_issuer_is_made_from_the_token_s_own_tenant(String tenant) {
    with("iss", issuer(CONTOSO));
    if (tenant != null) {
      with("tid", tenant);
    }
    assertFails(Violation.ID_TOKEN_ISSUER, () -> idToken(TENANTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{tenantid}", "organizations/x", "../" + CONTOSO, CONTOSO + "/v2.0?", "a b"})
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void what_is_no_identifier_of_a_tenant_makes_no_issuer(String tenant) {
    assertFails(Violation.ID_TOKEN_ISSUER, () -> of(tenant).idToken(TENANTS));
  }

  @Test
  @Provokes(Violation.TENANT_NOT_ALLOWED)
  void a_tenant_is_compared_to_the_letter() {
    assertFails(Violation.TENANT_NOT_ALLOWED, () -> of(CONTOSO + "0").idToken(TENANTS));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void a_token_of_another_provider_is_of_no_tenant() {
    with("iss", "https://attacker.example/" + CONTOSO + "/v2.0").with("tid", CONTOSO);

    assertFails(Violation.ID_TOKEN_ISSUER, () -> idToken(TENANTS));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_OF_ANOTHER)
  void a_refreshed_token_stays_in_its_tenant() {
    of(CONTOSO);
    assertThat(validator(TENANTS).validateRefreshed(ANY, earlier(issuer(CONTOSO)), ANY).issuer())
        .isEqualTo(issuer(CONTOSO));
    assertFails(
        Violation.ID_TOKEN_OF_ANOTHER,
        () -> validator(TENANTS).validateRefreshed(ANY, earlier(issuer(FABRIKAM)), ANY));
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_ISSUER)
  void a_logout_is_that_of_a_tenant_which_need_not_be_told_twice() {
    assertThat(with("iss", issuer(CONTOSO)).logoutToken(TENANTS).issuer())
        .isEqualTo(issuer(CONTOSO));
    assertFails(Violation.LOGOUT_TOKEN_ISSUER, () -> with("tid", FABRIKAM).logoutToken(TENANTS));
  }

  @Test
  @Provokes(Violation.USERINFO_SIGNATURE)
  void signed_user_info_is_of_the_same_tenant() {
    of(CONTOSO);
    assertThat(userInfo(TENANTS, issuer(CONTOSO)).has("tid")).isTrue();
    assertFails(Violation.USERINFO_SIGNATURE, () -> userInfo(TENANTS, issuer(FABRIKAM)));
  }

  @Test
  @Provokes(Violation.ACCESS_TOKEN_OF_ANOTHER)
  void an_access_token_is_of_the_same_tenant() {
    VerifiedIdToken user = new VerifiedIdToken(issuer(CONTOSO), "24400320", Claims.NONE);
    assertThat(AccessTokenValidator.judge(ANY, jws -> of(CONTOSO).verified(), TENANTS, user))
        .isNotNull();
    assertFails(
        Violation.ACCESS_TOKEN_OF_ANOTHER,
        () -> AccessTokenValidator.judge(ANY, jws -> of(FABRIKAM).verified(), TENANTS, user));
  }

  @Test
  @Provokes({Violation.ID_TOKEN_ISSUER, Violation.LOGOUT_TOKEN_ISSUER})
  void a_key_that_is_one_tenant_s_signs_for_no_other() {
    keyIssuers = Set.of(issuer(CONTOSO));
    assertThat(of(CONTOSO).idToken(TENANTS).issuer()).isEqualTo(issuer(CONTOSO));
    assertFails(Violation.ID_TOKEN_ISSUER, () -> of(FABRIKAM).idToken(TENANTS));
    assertFails(Violation.LOGOUT_TOKEN_ISSUER, () -> of(FABRIKAM).logoutToken(TENANTS));
    keyIssuers = Set.of(TEMPLATE, issuer(CONTOSO));
    assertThat(of(FABRIKAM).idToken(TENANTS).issuer()).isEqualTo(issuer(FABRIKAM));
  }

  @Test
  void whichever_name_the_provider_goes_by_the_user_is_the_same() {
    String one = with("iss", "https://accounts.google.com").idToken(TWO_NAMES).issuer();
    String other = with("iss", "accounts.google.com").idToken(TWO_NAMES).issuer();

    assertThat(one).isEqualTo(other).isEqualTo("https://accounts.google.com");
    assertThat(validator(TWO_NAMES).validateRefreshed(ANY, earlier(one), ANY).issuer())
        .isEqualTo(one);
    assertThat(logoutToken(TWO_NAMES).issuer()).isEqualTo(one);
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void without_the_alias_the_other_name_is_a_stranger_s() {
    IssuerRule oneName = IssuerRule.exactly("https://accounts.google.com", Set.of());

    assertFails(
        Violation.ID_TOKEN_ISSUER, () -> with("iss", "accounts.google.com").idToken(oneName));
  }
}
