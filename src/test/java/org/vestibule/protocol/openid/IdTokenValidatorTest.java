package org.vestibule.protocol.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.vestibule.Provoked.assertFails;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.MovableClock;

/** The rules one by one, for tokens whose signature is right. */
class IdTokenValidatorTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String CLIENT_ID = "s6BhdRkqt3";
  private static final Secret NONCE = Secret.of("n-0S6_WzA2Mj");
  private static final Secret ACCESS_TOKEN =
      Secret.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
  private static final Secret ANY = Secret.of("a.b.c");
  private static final EarlierIdToken EARLIER =
      new EarlierIdToken(ISSUER, "24400320", Optional.of(NONCE));
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private Optional<Duration> maxAge = Optional.empty();
  private Set<String> acrValues = Set.of();
  private String algorithm = "RS256";
  private String type = "JWT";

  /** The claims of OpenID Connect Core section 2, of this moment. */
  private Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("sub", "24400320");
    claims.put("aud", CLIENT_ID);
    claims.put("nonce", NONCE.value());
    claims.put("exp", now() + 300);
    claims.put("iat", now());
    claims.put("auth_time", now());
    claims.put("acr", "urn:mace:incommon:iap:silver");
    return claims;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private IdTokenValidator validator(Map<String, Object> claims) {
    return new IdTokenValidator(
        clock,
        new IdTokenExpectations(
            IssuerRule.exactly(ISSUER, Set.of()),
            CLIENT_ID,
            Set.of("api"),
            SKEW,
            maxAge,
            acrValues),
        jws -> new VerifiedJws(algorithm, type, new Claims(claims), Set.of()));
  }

  private VerifiedIdToken validate(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = claims();
    change.accept(claims);
    return validator(claims).validate(ANY, NONCE, ACCESS_TOKEN, AuthenticationRequirement.NONE);
  }

  private VerifiedIdToken with(String claim, Object value) {
    return validate(claims -> claims.put(claim, value));
  }

  private VerifiedIdToken without(String claim) {
    return validate(claims -> claims.remove(claim));
  }

  @Test
  void a_token_that_obeys_every_rule_is_a_proof() {
    VerifiedIdToken proof = validate(claims -> {});

    assertThat(proof.issuer()).isEqualTo(ISSUER);
    assertThat(proof.subject()).isEqualTo("24400320");
    assertThat(proof.claims()).isEqualTo(new Claims(claims()));
  }

  private VerifiedIdToken steppedUp(AuthenticationRequirement requirement) {
    return validator(claims()).validate(ANY, NONCE, ACCESS_TOKEN, requirement);
  }

  /** RFC 9470 section 5. */
  @Test
  @Provokes(Violation.STEP_UP_ACR)
  void a_weaker_authentication_than_was_asked_for_is_refused() {
    String silver = "urn:mace:incommon:iap:silver";
    AuthenticationRequirement gold =
        new AuthenticationRequirement(List.of("urn:mace:incommon:iap:gold"), Optional.empty());

    assertFails(Violation.STEP_UP_ACR, () -> steppedUp(gold));
    assertThat(steppedUp(new AuthenticationRequirement(List.of(silver), Optional.empty())))
        .isNotNull();
  }

  @Test
  @Provokes(Violation.STEP_UP_AUTH_TIME)
  void an_older_authentication_than_was_asked_for_is_refused() {
    AuthenticationRequirement lately =
        new AuthenticationRequirement(List.of(), Optional.of(Duration.ofMinutes(5)));
    Map<String, Object> old = claims();
    old.put("auth_time", now() - Duration.ofMinutes(5).plus(SKEW).toSeconds() - 1);

    assertThat(steppedUp(lately)).isNotNull();
    assertFails(
        Violation.STEP_UP_AUTH_TIME,
        () -> validator(old).validate(ANY, NONCE, ACCESS_TOKEN, lately));
  }

  /** Values of every kind that no claim in question may have. */
  static Stream<Object> oddValues() {
    return Stream.of(
        "",
        "other",
        "x".repeat(500_000),
        1L,
        -1L,
        new BigDecimal("1e300"),
        true,
        List.of(),
        List.of("other"),
        List.of(1L),
        Map.of(),
        Map.of("a", "b"));
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void an_odd_issuer_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_ISSUER, () -> with("iss", value));
  }

  /** ID-05. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://server.example.com/",
        "https://SERVER.example.com",
        "https://server.example.com:443",
        "https://server.example.com.attacker.example",
        "http://server.example.com",
        "server.example.com"
      })
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void an_issuer_that_is_almost_right_is_wrong(String value) {
    assertFails(Violation.ID_TOKEN_ISSUER, () -> with("iss", value));
    assertFails(Violation.ID_TOKEN_ISSUER, () -> with("iss", List.of(ISSUER)));
    assertFails(Violation.ID_TOKEN_ISSUER, () -> without("iss"));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ISSUER)
  void a_provider_without_issuer_has_no_id_tokens() {
    Map<String, Object> claims = claims();
    claims.remove("iss");
    IdTokenValidator validator =
        new IdTokenValidator(
            clock,
            new IdTokenExpectations(IssuerRule.NONE, CLIENT_ID, Set.of(), SKEW, maxAge, acrValues),
            jws -> new VerifiedJws(algorithm, type, new Claims(claims), Set.of()));

    assertFails(
        Violation.ID_TOKEN_ISSUER,
        () -> validator.validate(ANY, NONCE, ACCESS_TOKEN, AuthenticationRequirement.NONE));
  }

  static Stream<Object> oddSubjects() {
    return Stream.of(
        "", "x".repeat(256), "a\u0000b", "a\nb", 1L, true, List.of("24400320"), Map.of("a", "b"));
  }

  /** ID-11. */
  @ParameterizedTest
  @MethodSource("oddSubjects")
  @Provokes(Violation.ID_TOKEN_SUBJECT)
  void an_odd_subject_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_SUBJECT, () -> with("sub", value));
    assertFails(Violation.ID_TOKEN_SUBJECT, () -> without("sub"));
  }

  @Test
  void a_subject_may_be_as_long_as_the_specification_says() {
    assertThat(with("sub", "x".repeat(255)).subject()).hasSize(255);
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_AUDIENCE)
  void an_odd_audience_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_AUDIENCE, () -> with("aud", value));
  }

  static Stream<Object> wrongAudiences() {
    return Stream.of(
        "api",
        "S6BHDRKQT3",
        CLIENT_ID + " ",
        CLIENT_ID + " other",
        List.of("api"),
        List.of(CLIENT_ID, "other"),
        List.of("api", CLIENT_ID, "other"),
        List.of(CLIENT_ID, 1L),
        List.of(List.of(CLIENT_ID)),
        Map.of("client_id", CLIENT_ID));
  }

  /** ID-06. */
  @ParameterizedTest
  @MethodSource("wrongAudiences")
  @Provokes(Violation.ID_TOKEN_AUDIENCE)
  void a_token_for_others_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_AUDIENCE, () -> with("aud", value));
    assertFails(Violation.ID_TOKEN_AUDIENCE, () -> without("aud"));
  }

  @Test
  void the_audience_may_be_a_list_and_have_others_that_are_trusted() {
    assertThat(with("aud", List.of(CLIENT_ID)).subject()).isEqualTo("24400320");
    assertThat(with("aud", List.of("api", CLIENT_ID)).subject()).isEqualTo("24400320");
  }

  /** ID-07. */
  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_AUTHORIZED_PARTY)
  void another_authorized_party_is_refused_with_one_audience_or_many(Object value) {
    assertFails(Violation.ID_TOKEN_AUTHORIZED_PARTY, () -> with("azp", value));
    assertFails(
        Violation.ID_TOKEN_AUTHORIZED_PARTY,
        () ->
            validate(
                claims -> {
                  claims.put("azp", value);
                  claims.put("aud", List.of(CLIENT_ID, "api"));
                }));
  }

  @Test
  void the_authorized_party_may_be_named() {
    assertThat(with("azp", CLIENT_ID).subject()).isEqualTo("24400320");
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_EXPIRED)
  void an_odd_expiry_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_EXPIRED, () -> with("exp", value));
    assertFails(Violation.ID_TOKEN_EXPIRED, () -> without("exp"));
    assertFails(Violation.ID_TOKEN_EXPIRED, () -> with("exp", String.valueOf(now() + 300)));
  }

  /** ID-08, ID-19. */
  @Test
  @Provokes(Violation.ID_TOKEN_EXPIRED)
  void an_expired_token_is_refused_when_the_skew_is_over() {
    assertThat(with("exp", now() - SKEW.toSeconds() + 1)).isNotNull();
    assertFails(Violation.ID_TOKEN_EXPIRED, () -> with("exp", now() - SKEW.toSeconds()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2026-01-01"})
  @Provokes(Violation.ID_TOKEN_NOT_YET_VALID)
  void an_odd_beginning_is_refused(String value) {
    assertFails(Violation.ID_TOKEN_NOT_YET_VALID, () -> with("nbf", value));
    assertFails(Violation.ID_TOKEN_NOT_YET_VALID, () -> with("nbf", new BigDecimal("1e300")));
    assertFails(Violation.ID_TOKEN_NOT_YET_VALID, () -> with("nbf", List.of(1L)));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_NOT_YET_VALID)
  void a_token_of_the_future_is_refused_beyond_the_skew() {
    assertThat(with("nbf", now() + SKEW.toSeconds())).isNotNull();
    assertFails(Violation.ID_TOKEN_NOT_YET_VALID, () -> with("nbf", now() + SKEW.toSeconds() + 2));
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_ISSUED_AT)
  void an_odd_time_of_issue_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_ISSUED_AT, () -> with("iat", value));
    assertFails(Violation.ID_TOKEN_ISSUED_AT, () -> without("iat"));
  }

  /** ID-09. */
  @ParameterizedTest
  @ValueSource(longs = {-7 * 86_400, -3_632, 32, 3_600})
  @Provokes(Violation.ID_TOKEN_ISSUED_AT)
  void a_token_that_was_not_issued_just_now_is_refused(long offset) {
    assertFails(Violation.ID_TOKEN_ISSUED_AT, () -> with("iat", now() + offset));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -60, 30})
  void clocks_may_differ_a_little(long offset) {
    assertThat(with("iat", now() + offset)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_NONCE)
  void an_odd_nonce_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_NONCE, () -> with("nonce", value));
  }

  /** ID-10. */
  @Test
  @Provokes(Violation.ID_TOKEN_NONCE)
  void the_nonce_is_that_of_this_login() {
    assertFails(Violation.ID_TOKEN_NONCE, () -> without("nonce"));
    assertFails(Violation.ID_TOKEN_NONCE, () -> with("nonce", NONCE.value() + " "));
    assertFails(Violation.ID_TOKEN_NONCE, () -> with("nonce", List.of(NONCE.value())));
    assertFails(Violation.ID_TOKEN_NONCE, () -> with("nonce", "N-0S6_WZA2MJ"));
  }

  /** ID-13. */
  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_ACR)
  void what_was_asked_for_as_acr_has_to_have_happened(Object value) {
    acrValues = Set.of("urn:mace:incommon:iap:silver", "urn:mace:incommon:iap:bronze");

    assertThat(with("acr", "urn:mace:incommon:iap:bronze")).isNotNull();
    assertFails(Violation.ID_TOKEN_ACR, () -> with("acr", value));
    assertFails(Violation.ID_TOKEN_ACR, () -> without("acr"));
  }

  /** Anybody can write an address that asks for less. */
  @Test
  @Provokes({Violation.ID_TOKEN_ACR, Violation.ID_TOKEN_AUTH_TIME})
  void what_is_asked_of_one_login_takes_nothing_from_what_is_asked_of_all() {
    AuthenticationRequirement weak =
        new AuthenticationRequirement(List.of("0"), Optional.of(Duration.ofDays(365)));
    Map<String, Object> claims = claims();
    claims.put("acr", "0");
    claims.put("auth_time", now() - 3600);
    assertThat(validator(claims).validate(ANY, NONCE, ACCESS_TOKEN, weak)).isNotNull();

    maxAge = Optional.of(Duration.ofMinutes(5));
    assertFails(
        Violation.ID_TOKEN_AUTH_TIME,
        () -> validator(claims).validate(ANY, NONCE, ACCESS_TOKEN, weak));
    maxAge = Optional.empty();
    acrValues = Set.of("urn:mace:incommon:iap:silver");
    assertFails(
        Violation.ID_TOKEN_ACR, () -> validator(claims).validate(ANY, NONCE, ACCESS_TOKEN, weak));
  }

  @Test
  void without_acr_values_any_acr_is_good() {
    assertThat(with("acr", 0L)).isNotNull();
    assertThat(without("acr")).isNotNull();
  }

  /** ID-13. */
  @ParameterizedTest
  @ValueSource(strings = {"", "now"})
  @Provokes(Violation.ID_TOKEN_AUTH_TIME)
  void with_max_age_the_user_was_authenticated_lately(String odd) {
    maxAge = Optional.of(Duration.ofSeconds(60));

    assertThat(with("auth_time", now() - 89)).isNotNull();
    assertFails(Violation.ID_TOKEN_AUTH_TIME, () -> with("auth_time", now() - 91));
    assertFails(Violation.ID_TOKEN_AUTH_TIME, () -> with("auth_time", odd));
    assertFails(Violation.ID_TOKEN_AUTH_TIME, () -> without("auth_time"));
  }

  @Test
  void without_max_age_nobody_asks_when() {
    assertThat(with("auth_time", 0L)).isNotNull();
    assertThat(without("auth_time")).isNotNull();
  }

  /** ID-14. */
  @ParameterizedTest
  @ValueSource(
      strings = {"at+jwt", "application/at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE"})
  @Provokes(Violation.ID_TOKEN_TYPE)
  void a_token_of_another_kind_is_refused(String other) {
    type = other;

    assertFails(Violation.ID_TOKEN_TYPE, () -> validate(claims -> {}));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_TYPE)
  void a_logout_token_without_a_type_is_refused() {
    Map<String, Object> event =
        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());

    assertFails(Violation.ID_TOKEN_TYPE, () -> with("events", event));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "JWT", "jwt", "application/jwt"})
  void an_id_token_has_a_type_of_its_own_or_none(String own) {
    type = own;

    assertThat(validate(claims -> {})).isNotNull();
  }

  /**
   * OpenID Connect Core section 3.1.3.6; RS256's value is the example of appendix A.3. ID-12,
   * CR-02.
   */
  @ParameterizedTest
  @CsvSource({
    "RS256, 77QmUPtjPfzWtF2AnpK9RQ",
    "ES256, 77QmUPtjPfzWtF2AnpK9RQ",
    "PS256, 77QmUPtjPfzWtF2AnpK9RQ",
    "RS384, jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs",
    "ES384, jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs",
    "RS512, q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM",
    "PS512, q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM",
    "EdDSA, q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM"
  })
  @Provokes(Violation.ID_TOKEN_ACCESS_TOKEN_HASH)
  void the_access_token_is_the_one_that_the_id_token_came_with(String alg, String hash) {
    algorithm = alg;

    assertThat(with("at_hash", hash)).isNotNull();
    assertFails(
        Violation.ID_TOKEN_ACCESS_TOKEN_HASH,
        () -> with("at_hash", hash.substring(0, hash.length() - 1)));
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.ID_TOKEN_ACCESS_TOKEN_HASH)
  void an_odd_hash_is_refused(Object value) {
    assertFails(Violation.ID_TOKEN_ACCESS_TOKEN_HASH, () -> with("at_hash", value));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_ACCESS_TOKEN_HASH)
  void the_hash_function_is_that_of_the_algorithm() {
    algorithm = "RS512";

    assertFails(
        Violation.ID_TOKEN_ACCESS_TOKEN_HASH, () -> with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"));
  }

  /** OpenID Connect Core section 12.2, RF-03. */
  @Test
  @Provokes({
    Violation.ID_TOKEN_OF_ANOTHER,
    Violation.ID_TOKEN_ISSUER,
    Violation.ID_TOKEN_AUDIENCE,
    Violation.ID_TOKEN_EXPIRED,
    Violation.ID_TOKEN_ACCESS_TOKEN_HASH
  })
  void a_refreshed_token_is_held_to_the_rules_and_to_its_user() {
    assertThat(refreshed("sub", "24400320").subject()).isEqualTo("24400320");
    assertFails(Violation.ID_TOKEN_OF_ANOTHER, () -> refreshed("sub", "24400321"));
    assertFails(Violation.ID_TOKEN_ISSUER, () -> refreshed("iss", "https://attacker.example"));
    assertFails(Violation.ID_TOKEN_AUDIENCE, () -> refreshed("aud", "other"));
    assertFails(Violation.ID_TOKEN_EXPIRED, () -> refreshed("exp", now() - 3_600));
    assertFails(Violation.ID_TOKEN_ACCESS_TOKEN_HASH, () -> refreshed("at_hash", "other"));
  }

  @Test
  @Provokes(Violation.ID_TOKEN_NONCE)
  void a_refreshed_token_has_the_login_s_nonce_or_none() {
    assertThat(refreshed("nonce", NONCE.value()).subject()).isEqualTo("24400320");
    assertFails(Violation.ID_TOKEN_NONCE, () -> refreshed("nonce", "n-other"));
    assertThat(refreshed("nonce", "").subject()).isEqualTo("24400320");
    assertFails(Violation.ID_TOKEN_NONCE, () -> refreshed("nonce", " "));
    assertFails(Violation.ID_TOKEN_NONCE, () -> refreshed("nonce", 1L));
  }

  private VerifiedIdToken refreshed(String claim, Object value) {
    Map<String, Object> claims = claims();
    claims.remove("nonce");
    claims.remove("auth_time");
    claims.put(claim, value);
    return validator(claims).validateRefreshed(ANY, EARLIER, ACCESS_TOKEN);
  }

  /** Each claim is wrong; the rules speak in the specification's order. */
  @Test
  void the_first_rule_that_is_broken_is_named() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("at_hash", "x");
    claims.put("azp", "x");
    claims.put("nbf", "x");
    acrValues = Set.of("x");
    maxAge = Optional.of(Duration.ZERO);
    type = "at+jwt";

    assertThat(brokenIn(claims)).isEqualTo("VEST1205");
    type = "JWT";
    assertThat(brokenIn(claims)).isEqualTo("VEST1206");
    claims.put("iss", ISSUER);
    assertThat(brokenIn(claims)).isEqualTo("VEST1207");
    claims.put("sub", "1");
    assertThat(brokenIn(claims)).isEqualTo("VEST1208");
    claims.put("aud", CLIENT_ID);
    assertThat(brokenIn(claims)).isEqualTo("VEST1209");
    claims.remove("azp");
    assertThat(brokenIn(claims)).isEqualTo("VEST1210");
    claims.put("exp", now() + 60);
    assertThat(brokenIn(claims)).isEqualTo("VEST1211");
    claims.remove("nbf");
    assertThat(brokenIn(claims)).isEqualTo("VEST1212");
    claims.put("iat", now());
    assertThat(brokenIn(claims)).isEqualTo("VEST1213");
    claims.put("nonce", NONCE.value());
    assertThat(brokenIn(claims)).isEqualTo("VEST1214");
    claims.put("acr", "x");
    assertThat(brokenIn(claims)).isEqualTo("VEST1215");
    claims.put("auth_time", now());
    assertThat(brokenIn(claims)).isEqualTo("VEST1216");
  }

  private String brokenIn(Map<String, Object> claims) {
    Throwable thrown =
        catchThrowable(
            () ->
                validator(claims)
                    .validate(ANY, NONCE, ACCESS_TOKEN, AuthenticationRequirement.NONE));
    return String.valueOf(thrown.getMessage()).substring(0, "VEST0000".length());
  }

  @Test
  void no_claim_is_looked_at_before_the_signature_is_verified() {
    IllegalStateException forged = new IllegalStateException("forged");
    IdTokenValidator validator =
        new IdTokenValidator(
            clock,
            new IdTokenExpectations(
                IssuerRule.exactly(ISSUER, Set.of()), CLIENT_ID, Set.of(), SKEW, maxAge, acrValues),
            jws -> {
              throw forged;
            });

    assertThat(
            catchThrowable(
                () -> validator.validate(ANY, NONCE, ACCESS_TOKEN, AuthenticationRequirement.NONE)))
        .isSameAs(forged);
    assertThat(catchThrowable(() -> validator.validateRefreshed(ANY, EARLIER, ACCESS_TOKEN)))
        .isSameAs(forged);
  }

  @Test
  void a_date_at_the_end_of_the_calendar_overflows_nothing() {
    assertThat(with("exp", 253_402_300_799L).claims().instant("exp"))
        .contains(Instant.parse("9999-12-31T23:59:59Z"));
  }
}
