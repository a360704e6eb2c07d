package org.vestibule.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.authorization.Granted;

class TokenResponseValidatorTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Scope ASKED = Scope.parse("read write");
  private static final TokenRequest PLAIN = new TokenRequest.AuthorizationCode(Granted.of(ASKED));
  private static final TokenRequest OPENID =
      new TokenRequest.AuthorizationCode(Granted.of(Scope.parse("openid")));

  private static TokenResponse judge(
      TokenRequest request, int status, Map<String, Object> body, TokenResponseTolerance... ways) {
    return new TokenResponseValidator(CLOCK, Set.of(ways))
        .judge(request, status, Optional.of(new Claims(body)));
  }

  /** The response of RFC 6749 section 5.1 with members changed; null takes one away. */
  private static Map<String, Object> response(@Nullable Object... changes) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", "2YotnFZFEjr1zCsicMWpAA");
    body.put("token_type", "Bearer");
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        body.remove(String.valueOf(changes[i]));
      } else {
        body.put(String.valueOf(changes[i]), changes[i + 1]);
      }
    }
    return body;
  }

  private static Tokens issued(@Nullable Object... changes) {
    return ((TokenResponse.Issued) judge(PLAIN, 200, response(changes))).tokens();
  }

  /** RFC 6749 section 5.1. */
  @Test
  void the_response_of_the_specification_is_understood() {
    assertThat(
            issued(
                "expires_in", 3600L,
                "refresh_token", "tGzv3JOkF0XG5Qx2TlKWIA",
                "example_parameter", "example_value"))
        .isEqualTo(
            new Tokens(
                Secret.of("2YotnFZFEjr1zCsicMWpAA"),
                NOW.plusSeconds(3600),
                Secret.of("tGzv3JOkF0XG5Qx2TlKWIA"),
                null,
                ASKED));
  }

  @Test
  void an_access_token_alone_is_enough() {
    assertThat(issued())
        .isEqualTo(new Tokens(Secret.of("2YotnFZFEjr1zCsicMWpAA"), null, null, null, ASKED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEARER"})
  void the_token_type_may_be_written_in_any_case(String type) {
    assertThat(issued("token_type", type).accessToken().value()).startsWith("2Yotn");
  }

  static Stream<Arguments> lifetimes() {
    return Stream.of(
        Arguments.of("expires_in", 3600L, 3600L),
        Arguments.of("expires_in", "3600", 3600L),
        Arguments.of("expires", 3600L, 3600L),
        Arguments.of("expires", "3600", 3600L),
        Arguments.of("expires_in", 0L, 0L),
        Arguments.of("expires_in", new BigDecimal("3599.9"), 3599L),
        Arguments.of("expires_in", new BigDecimal("3.6e3"), 3600L),
        Arguments.of("expires_in", Long.MAX_VALUE, 315_360_000L),
        Arguments.of("expires_in", new BigDecimal("1e300"), 315_360_000L),
        Arguments.of("expires_in", "999999999999999999", 315_360_000L));
  }

  /** TK-13. */
  @ParameterizedTest
  @MethodSource("lifetimes")
  void a_lifetime_is_understood_and_bounded(String name, Object value, long seconds) {
    assertThat(issued(name, value).expiresAt()).isEqualTo(NOW.plus(Duration.ofSeconds(seconds)));
  }

  @Test
  void of_two_lifetimes_the_one_of_the_specification_counts() {
    assertThat(issued("expires_in", 60L, "expires", 1_800_000_000L).expiresAt())
        .isEqualTo(NOW.plusSeconds(60));
  }

  static Stream<Object> lifetimesThatAreNone() {
    return Stream.of(
        -1L,
        new BigDecimal("-0.1"),
        "",
        "soon",
        "-1",
        "1e3",
        " 60",
        "0x10",
        "9999999999999999999",
        "\u0661\u0662",
        true,
        List.of(3600L),
        Map.of("seconds", 3600L));
  }

  @ParameterizedTest
  @MethodSource("lifetimesThatAreNone")
  @Provokes(Violation.EXPIRES_IN_INVALID)
  void a_lifetime_that_is_no_number_of_seconds_is_refused(Object value) {
    assertFails(Violation.EXPIRES_IN_INVALID, () -> issued("expires_in", value));
  }

  static Stream<Arguments> scopes() {
    return Stream.of(
        Arguments.of("read", Scope.parse("read")),
        Arguments.of("write,read", ASKED),
        Arguments.of("read write admin", Scope.parse("read write admin")),
        Arguments.of("", Scope.NONE),
        Arguments.of(List.of("write", "read"), ASKED),
        Arguments.of(List.of(), Scope.NONE),
        Arguments.of(List.of("read", 1L), Scope.NONE),
        Arguments.of(7L, Scope.NONE),
        Arguments.of(true, Scope.NONE),
        Arguments.of(Map.of("read", true), Scope.NONE));
  }

  /** TK-14. */
  @ParameterizedTest
  @MethodSource("scopes")
  void the_scope_is_what_was_granted_and_never_more(Object scope, Scope granted) {
    assertThat(issued("scope", scope).scope()).isEqualTo(granted);
  }

  @Test
  void an_empty_refresh_token_is_none() {
    assertThat(issued("refresh_token", "").refreshToken()).isNull();
    assertThat(issued("refresh_token", 1L).refreshToken()).isNull();
  }

  @Test
  @Provokes(Violation.TOKEN_RESPONSE_MALFORMED)
  void a_success_without_an_object_is_no_answer() {
    assertFails(
        Violation.TOKEN_RESPONSE_MALFORMED,
        () -> new TokenResponseValidator(CLOCK, Set.of()).judge(PLAIN, 200, Optional.empty()));
  }

  /** RFC 6749 appendix A.12: what is sent in a header must fit into one. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000", "a\u007f", "ä", "\ud83d\ude00", "a\tb"})
  @Provokes(Violation.TOKEN_RESPONSE_MALFORMED)
  void an_access_token_that_breaks_a_header_is_refused(String token) {
    assertFails(Violation.TOKEN_RESPONSE_MALFORMED, () -> issued("access_token", token));
  }

  static Stream<Object> accessTokensThatAreNone() {
    return Stream.of("", "  ", 1L, true, List.of("a"), Map.of("a", "b"));
  }

  @ParameterizedTest
  @MethodSource("accessTokensThatAreNone")
  @Provokes(Violation.ACCESS_TOKEN_MISSING)
  void an_access_token_of_another_kind_is_none(Object token) {
    assertFails(Violation.ACCESS_TOKEN_MISSING, () -> issued("access_token", token));
  }

  @Test
  @Provokes(Violation.ACCESS_TOKEN_MISSING)
  void without_an_access_token_nothing_was_granted() {
    assertFails(Violation.ACCESS_TOKEN_MISSING, () -> issued("access_token", null));
  }

  @Test
  @Provokes(Violation.TOKEN_TYPE_MISSING)
  void a_token_without_a_type_is_not_used() {
    assertFails(Violation.TOKEN_TYPE_MISSING, () -> issued("token_type", null));
  }

  static Stream<Object> otherTypes() {
    return Stream.of("mac", "N_A", "DPoP", "", "Bearer ", "Bearer, DPoP", 1L, List.of("Bearer"));
  }

  /** TK-08. */
  @ParameterizedTest
  @MethodSource("otherTypes")
  @Provokes(Violation.TOKEN_TYPE_UNSUPPORTED)
  void a_token_of_another_type_is_not_used(Object type) {
    assertFails(Violation.TOKEN_TYPE_UNSUPPORTED, () -> issued("token_type", type));
  }

  /** TK-07. */
  @ParameterizedTest
  @ValueSource(ints = {201, 202, 206, 299, 400, 401, 403, 404, 500, 503})
  @Provokes(Violation.TOKEN_RESPONSE_STATUS)
  void tokens_with_another_status_are_not_used(int status) {
    assertFails(Violation.TOKEN_RESPONSE_STATUS, () -> judge(PLAIN, status, response()));
  }

  /** TK-15: OpenID Connect Core section 3.1.3.3. */
  @Test
  @Provokes(Violation.ID_TOKEN_MISSING)
  void openid_without_an_id_token_is_refused() {
    assertFails(Violation.ID_TOKEN_MISSING, () -> judge(OPENID, 200, response()));
    assertFails(Violation.ID_TOKEN_MISSING, () -> judge(OPENID, 200, response("id_token", "")));
    assertFails(Violation.ID_TOKEN_MISSING, () -> judge(OPENID, 200, response("id_token", 1L)));
  }

  @Test
  void an_id_token_is_handed_on() {
    TokenResponse.Issued issued =
        (TokenResponse.Issued) judge(OPENID, 200, response("id_token", "a.b.c"));

    assertThat(issued.tokens().idToken()).isEqualTo(Secret.of("a.b.c"));
  }

  /** TK-07: an error is an error with any status and whatever comes with it. */
  @ParameterizedTest
  @CsvSource({"200", "201", "400", "401", "403", "500", "503"})
  void an_error_beats_everything_else(int status) {
    Map<String, Object> body =
        response("error", "invalid_grant", "error_description", "No such code.");

    assertThat(judge(PLAIN, status, body))
        .isEqualTo(
            new TokenResponse.Refused(
                status, new OAuthError("invalid_grant", Optional.of("No such code."))));
  }

  static Stream<Arguments> errorsOfOtherShapes() {
    return Stream.of(
        Arguments.of(
            Map.of("type", "OAuthException", "message", "Bad code"),
            new OAuthError("OAuthException", Optional.of("Bad code"))),
        Arguments.of(Map.of("code", 100L), OAuthError.of("unknown")),
        Arguments.of(Map.of("type", 1L, "message", 2L), OAuthError.of("unknown")),
        Arguments.of("", OAuthError.of("unknown")),
        Arguments.of(1L, OAuthError.of("1")),
        Arguments.of(false, OAuthError.of("unknown")),
        Arguments.of(List.of("invalid_grant"), OAuthError.of("unknown")));
  }

  @ParameterizedTest
  @MethodSource("errorsOfOtherShapes")
  void an_error_of_another_shape_is_an_error(Object error, OAuthError understood) {
    assertThat(judge(PLAIN, 200, response("error", error)))
        .isEqualTo(new TokenResponse.Refused(200, understood));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 400, 404, 429, 500, 502})
  void another_status_without_an_error_is_a_refusal(int status) {
    assertThat(new TokenResponseValidator(CLOCK, Set.of()).judge(PLAIN, status, Optional.empty()))
        .isEqualTo(new TokenResponse.Refused(status, OAuthError.of("status_" + status)));
  }

  @Test
  void a_known_deviation_can_be_tolerated() {
    assertThat(
            judge(
                PLAIN,
                200,
                response("token_type", null),
                TokenResponseTolerance.MISSING_TOKEN_TYPE))
        .isInstanceOf(TokenResponse.Issued.class);
    assertThat(
            judge(
                PLAIN,
                200,
                response("token_type", "User Access Token"),
                TokenResponseTolerance.ODD_TOKEN_TYPE))
        .isInstanceOf(TokenResponse.Issued.class);
    assertThat(judge(PLAIN, 201, response(), TokenResponseTolerance.ANY_SUCCESS_STATUS))
        .isInstanceOf(TokenResponse.Issued.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "dpop", "MAC", "PoP", "N_A", "", " "})
  @Provokes(Violation.TOKEN_TYPE_UNSUPPORTED)
  void a_token_that_is_bound_to_a_key_is_never_taken_for_another(String type) {
    assertFails(
        Violation.TOKEN_TYPE_UNSUPPORTED,
        () ->
            judge(PLAIN, 200, response("token_type", type), TokenResponseTolerance.ODD_TOKEN_TYPE));
  }

  @Test
  @Provokes({Violation.TOKEN_TYPE_MISSING, Violation.TOKEN_TYPE_UNSUPPORTED})
  void an_odd_type_is_not_a_missing_one() {
    assertFails(
        Violation.TOKEN_TYPE_MISSING,
        () ->
            judge(PLAIN, 200, response("token_type", null), TokenResponseTolerance.ODD_TOKEN_TYPE));
    assertFails(
        Violation.TOKEN_TYPE_UNSUPPORTED,
        () ->
            judge(
                PLAIN,
                200,
                response("token_type", "User Access Token"),
                TokenResponseTolerance.MISSING_TOKEN_TYPE));
  }

  @Test
  @Provokes({Violation.TOKEN_TYPE_UNSUPPORTED, Violation.TOKEN_RESPONSE_STATUS})
  void a_tolerance_tolerates_nothing_else() {
    assertFails(
        Violation.TOKEN_TYPE_UNSUPPORTED,
        () ->
            judge(
                PLAIN,
                200,
                response("token_type", "mac"),
                TokenResponseTolerance.MISSING_TOKEN_TYPE));
    assertFails(
        Violation.TOKEN_RESPONSE_STATUS,
        () -> judge(PLAIN, 300, response(), TokenResponseTolerance.ANY_SUCCESS_STATUS));
  }

  @Test
  void an_access_token_has_any_printable_character_of_ascii() {
    assertThat(issued("access_token", "! ~").accessToken().value()).isEqualTo("! ~");
  }
}
