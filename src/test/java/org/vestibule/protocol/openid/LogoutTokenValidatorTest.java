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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.MovableClock;

/** The rules one by one, for tokens whose signature is right. LO-07, LO-08. */
class LogoutTokenValidatorTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String CLIENT_ID = "s6BhdRkqt3";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Secret ANY = Secret.of("a.b.c");
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final IdTokenExpectations EXPECTED =
      new IdTokenExpectations(
          IssuerRule.exactly(ISSUER, Set.of()),
          CLIENT_ID,
          Set.of("api"),
          SKEW,
          Optional.empty(),
          Set.of());

  private final MovableClock clock = new MovableClock();
  private String type = "logout+jwt";

  /** The example of section 2.4, of this moment. */
  private Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("sub", "248289761001");
    claims.put("aud", CLIENT_ID);
    claims.put("iat", now());
    claims.put("exp", now() + 120);
    claims.put("jti", "bWJq");
    claims.put("sid", SID);
    claims.put("events", Map.of(EVENT, Map.of()));
    return claims;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private LogoutTokenValidator validator(Map<String, Object> claims) {
    return new LogoutTokenValidator(
        clock, EXPECTED, jws -> new VerifiedJws("RS256", type, new Claims(claims), Set.of()));
  }

  private VerifiedLogoutToken validate(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = claims();
    change.accept(claims);
    return validator(claims).validate(ANY);
  }

  private VerifiedLogoutToken with(String claim, Object value) {
    return validate(claims -> claims.put(claim, value));
  }

  private VerifiedLogoutToken without(String claim) {
    return validate(claims -> claims.remove(claim));
  }

  @Test
  void a_token_that_obeys_every_rule_is_a_proof() {
    VerifiedLogoutToken proof = validate(claims -> {});

    assertThat(proof.issuer()).isEqualTo(ISSUER);
    assertThat(proof.sessionId()).contains(SID);
    assertThat(proof.subject()).contains("248289761001");
    assertThat(proof.moment()).isEqualTo(clock.instant());
  }

  /** The provider's clock may be behind: what began in the meantime may have begun before. */
  @Test
  void the_moment_of_a_logout_is_that_of_its_token_and_not_of_its_arrival() {
    assertThat(with("iat", now() - 300).moment())
        .isEqualTo(Instant.ofEpochSecond(now() - 300).plus(SKEW));
    assertThat(with("iat", now() + 30).moment()).isEqualTo(clock.instant());
  }

  @Test
  void it_names_a_session_or_a_user_or_both() {
    assertThat(without("sid").sessionId()).isEmpty();
    assertThat(without("sid").subject()).contains("248289761001");
    assertThat(without("sub").sessionId()).contains(SID);
    assertThat(without("sub").subject()).isEmpty();
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
  @ValueSource(
      strings = {"at+jwt", "application/at+jwt", "secevent+jwt", "dpop+jwt", "JOSE", "logout"})
  @Provokes(Violation.LOGOUT_TOKEN_TYPE)
  void a_token_of_another_kind_is_refused(String other) {
    type = other;

    assertFails(Violation.LOGOUT_TOKEN_TYPE, () -> validate(claims -> {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "logout+jwt", "application/logout+jwt", "LOGOUT+JWT", "JWT"})
  void a_logout_token_has_a_type_of_its_own_or_the_one_from_before_there_was_one(String own) {
    type = own;

    assertThat(validate(claims -> {})).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.LOGOUT_TOKEN_ISSUER)
  void an_odd_issuer_is_refused(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_ISSUER, () -> with("iss", value));
    assertFails(Violation.LOGOUT_TOKEN_ISSUER, () -> with("iss", ISSUER + "/"));
    assertFails(Violation.LOGOUT_TOKEN_ISSUER, () -> without("iss"));
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_ISSUER)
  void a_provider_without_issuer_has_no_logout_tokens() {
    Map<String, Object> claims = claims();
    claims.remove("iss");
    LogoutTokenValidator validator =
        new LogoutTokenValidator(
            clock,
            new IdTokenExpectations(
                IssuerRule.NONE, CLIENT_ID, Set.of(), SKEW, Optional.empty(), Set.of()),
            jws -> new VerifiedJws("RS256", type, new Claims(claims), Set.of()));

    assertFails(Violation.LOGOUT_TOKEN_ISSUER, () -> validator.validate(ANY));
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.LOGOUT_TOKEN_AUDIENCE)
  void a_token_for_others_is_refused(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_AUDIENCE, () -> with("aud", value));
    assertFails(Violation.LOGOUT_TOKEN_AUDIENCE, () -> with("aud", List.of(CLIENT_ID, "other")));
    assertFails(Violation.LOGOUT_TOKEN_AUDIENCE, () -> without("aud"));
  }

  @Test
  void the_audience_may_be_a_list_and_have_others_that_are_trusted() {
    assertThat(with("aud", List.of("api", CLIENT_ID))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.LOGOUT_TOKEN_ISSUED_AT)
  void an_odd_time_of_issue_is_refused(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_ISSUED_AT, () -> with("iat", value));
    assertFails(Violation.LOGOUT_TOKEN_ISSUED_AT, () -> without("iat"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-7 * 86_400, -632, 32, 3_600})
  @Provokes(Violation.LOGOUT_TOKEN_ISSUED_AT)
  void a_token_that_was_not_issued_just_now_is_refused(long offset) {
    assertFails(Violation.LOGOUT_TOKEN_ISSUED_AT, () -> with("iat", now() + offset));
  }

  @ParameterizedTest
  @ValueSource(longs = {-629, -60, 30})
  void clocks_may_differ_and_a_message_take_its_time(long offset) {
    assertThat(with("iat", now() + offset)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.LOGOUT_TOKEN_EXPIRED)
  void an_odd_expiry_is_refused(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_EXPIRED, () -> with("exp", value));
    assertFails(Violation.LOGOUT_TOKEN_EXPIRED, () -> with("exp", String.valueOf(now() + 300)));
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_EXPIRED)
  void an_expired_token_is_refused_when_the_skew_is_over() {
    assertThat(with("exp", now() - SKEW.toSeconds() + 1)).isNotNull();
    assertFails(Violation.LOGOUT_TOKEN_EXPIRED, () -> with("exp", now() - SKEW.toSeconds()));
  }

  /** As the drafts had it, and Glewlwyd has it still. */
  @Test
  @Provokes(Violation.LOGOUT_TOKEN_ISSUED_AT)
  void without_an_expiry_the_time_of_issue_says_what_is_too_old() {
    assertThat(without("exp")).isNotNull();
    assertFails(
        Violation.LOGOUT_TOKEN_ISSUED_AT,
        () ->
            validate(
                claims -> {
                  claims.remove("exp");
                  claims.put("iat", now() - 3_600);
                }));
  }

  static Stream<Object> oddIds() {
    return Stream.of(
        "", "x".repeat(256), "a\u0000b", "a\nb", 1L, true, List.of("248289761001"), Map.of());
  }

  @ParameterizedTest
  @MethodSource("oddIds")
  @Provokes(Violation.LOGOUT_TOKEN_SUBJECT)
  void an_odd_user_or_session_is_refused_even_beside_a_good_one(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_SUBJECT, () -> with("sub", value));
    assertFails(Violation.LOGOUT_TOKEN_SUBJECT, () -> with("sid", value));
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_SUBJECT)
  void somebodys_session_has_to_be_meant() {
    assertFails(
        Violation.LOGOUT_TOKEN_SUBJECT,
        () ->
            validate(
                claims -> {
                  claims.remove("sub");
                  claims.remove("sid");
                }));
  }

  static Stream<Object> wrongEvents() {
    return Stream.of(
        EVENT,
        List.of(EVENT),
        Map.of(),
        Map.of(EVENT, ""),
        Map.of(EVENT, true),
        Map.of(EVENT, List.of()),
        Map.of(EVENT + "/", Map.of()),
        Map.of("https://schemas.openid.net/event/backchannel-logout", Map.of()),
        Map.of("http://schemas.openid.net/secevent/risc/event-type/account-disabled", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("wrongEvents")
  @Provokes(Violation.LOGOUT_TOKEN_EVENT)
  void another_event_or_none_is_refused(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_EVENT, () -> with("events", value));
    assertFails(Violation.LOGOUT_TOKEN_EVENT, () -> without("events"));
  }

  @Test
  void the_event_may_say_more_and_others_may_be_beside_it() {
    assertThat(with("events", Map.of(EVENT, Map.of("a", "b"), "urn:other", Map.of()))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("oddValues")
  @Provokes(Violation.LOGOUT_TOKEN_NONCE)
  void a_nonce_is_refused_whatever_it_is(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_NONCE, () -> with("nonce", value));
  }

  /** The token of a login, and one to which somebody added the event. */
  @Test
  @Provokes({Violation.LOGOUT_TOKEN_EVENT, Violation.LOGOUT_TOKEN_NONCE})
  void an_id_token_is_refused() {
    type = "JWT";
    Consumer<Map<String, Object>> idToken = claims -> claims.put("nonce", "n-0S6_WzA2Mj");

    assertFails(
        Violation.LOGOUT_TOKEN_EVENT,
        () -> validate(idToken.andThen(claims -> claims.remove("events"))));
    assertFails(Violation.LOGOUT_TOKEN_NONCE, () -> validate(idToken));
  }

  @ParameterizedTest
  @MethodSource("oddIds")
  @Provokes(Violation.LOGOUT_TOKEN_ID)
  void without_an_id_a_second_use_could_not_be_noticed(Object value) {
    assertFails(Violation.LOGOUT_TOKEN_ID, () -> with("jti", value));
    assertFails(Violation.LOGOUT_TOKEN_ID, () -> without("jti"));
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_REPLAYED)
  void a_token_works_once() {
    LogoutTokenValidator validator = validator(claims());

    assertThat(validator.validate(ANY)).isNotNull();
    assertFails(Violation.LOGOUT_TOKEN_REPLAYED, () -> validator.validate(ANY));
  }

  @Test
  void a_token_that_was_refused_is_not_used_up() {
    Map<String, Object> claims = claims();
    LogoutTokenValidator validator = validator(claims);
    claims.put("nonce", "n-0S6_WzA2Mj");
    assertThat(catchThrowable(() -> validator.validate(ANY))).isNotNull();
    claims.remove("nonce");

    assertThat(validator.validate(ANY)).isNotNull();
  }

  /** It is remembered until it would be refused for its age. */
  @Test
  @Provokes({Violation.LOGOUT_TOKEN_REPLAYED, Violation.LOGOUT_TOKEN_ISSUED_AT})
  void there_is_no_moment_at_which_a_token_works_again() {
    Map<String, Object> claims = claims();
    claims.remove("exp");
    LogoutTokenValidator validator = validator(claims);
    validator.validate(ANY);
    clock.advance(Duration.ofSeconds(629));
    assertFails(Violation.LOGOUT_TOKEN_REPLAYED, () -> validator.validate(ANY));
    clock.advance(Duration.ofSeconds(2));
    assertFails(Violation.LOGOUT_TOKEN_ISSUED_AT, () -> validator.validate(ANY));
  }

  @Test
  void what_is_remembered_is_bounded() {
    SpentTokens spent = new SpentTokens();
    Instant now = clock.instant();
    for (int i = 0; i < SpentTokens.CAPACITY; i++) {
      assertThat(spent.spend("jti-" + i, now.plusSeconds(60), now)).isTrue();
    }

    assertThat(spent.spend("jti-1", now.plusSeconds(60), now)).as("still known").isFalse();
    assertThat(spent.spend("one more", now.plusSeconds(60), now)).isTrue();
    assertThat(spent.spend("jti-0", now.plusSeconds(60), now)).as("the oldest").isTrue();
    assertThat(spent.spend("one more", now.plusSeconds(60), now.plusSeconds(61)))
        .as("of no use any more")
        .isTrue();
  }

  @Test
  @Provokes(Violation.LOGOUT_TOKEN_SIGNATURE)
  void the_signature_is_verified_as_that_of_an_id_token_and_first() {
    for (Violation wrong :
        List.of(
            Violation.ID_TOKEN_MALFORMED,
            Violation.ID_TOKEN_ALGORITHM,
            Violation.ID_TOKEN_KEY_UNKNOWN,
            Violation.ID_TOKEN_SIGNATURE)) {
      LogoutTokenValidator validator =
          new LogoutTokenValidator(
              clock,
              EXPECTED,
              jws -> {
                throw new LoginException(wrong);
              });

      assertThat(
              assertFails(Violation.LOGOUT_TOKEN_SIGNATURE, () -> validator.validate(ANY))
                  .getMessage())
          .contains(wrong.code());
    }
  }

  @Test
  void keys_that_cannot_be_read_are_no_forgery() {
    LoginException outage = new LoginException(ProviderTrouble.UNREACHABLE);
    LogoutTokenValidator validator =
        new LogoutTokenValidator(
            clock,
            EXPECTED,
            jws -> {
              throw outage;
            });

    assertThat(catchThrowable(() -> validator.validate(ANY))).isSameAs(outage);
  }

  /** Each claim is wrong; the rules speak in the specification's order. */
  @Test
  void the_first_rule_that_is_broken_is_named() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("exp", 0L);
    claims.put("nonce", "x");
    type = "at+jwt";

    assertThat(brokenIn(claims)).isEqualTo("VEST1503");
    type = "";
    assertThat(brokenIn(claims)).isEqualTo("VEST1504");
    claims.put("iss", ISSUER);
    assertThat(brokenIn(claims)).isEqualTo("VEST1505");
    claims.put("aud", CLIENT_ID);
    assertThat(brokenIn(claims)).isEqualTo("VEST1506");
    claims.put("iat", now());
    assertThat(brokenIn(claims)).isEqualTo("VEST1507");
    claims.put("exp", now() + 60);
    assertThat(brokenIn(claims)).isEqualTo("VEST1508");
    claims.put("sub", "1");
    assertThat(brokenIn(claims)).isEqualTo("VEST1509");
    claims.put("events", Map.of(EVENT, Map.of()));
    assertThat(brokenIn(claims)).isEqualTo("VEST1510");
    claims.remove("nonce");
    assertThat(brokenIn(claims)).isEqualTo("VEST1511");
  }

  private String brokenIn(Map<String, Object> claims) {
    Throwable thrown = catchThrowable(() -> validator(claims).validate(ANY));
    return String.valueOf(thrown.getMessage()).substring(0, "VEST0000".length());
  }
}
