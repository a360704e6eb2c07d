package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.MovableClock;

class FailurePageTest {

  /** Whose fault the answers of a provider are that nobody can work with. */
  private static final Set<Violation> BROKEN_PROVIDER =
      EnumSet.of(
          Violation.TOKEN_RESPONSE_MALFORMED,
          Violation.TOKEN_RESPONSE_STATUS,
          Violation.ACCESS_TOKEN_MISSING,
          Violation.TOKEN_TYPE_MISSING,
          Violation.TOKEN_TYPE_UNSUPPORTED,
          Violation.EXPIRES_IN_INVALID,
          Violation.ID_TOKEN_MISSING,
          Violation.USERINFO_MALFORMED,
          Violation.METADATA_MALFORMED,
          Violation.METADATA_ISSUER,
          Violation.METADATA_ENDPOINT,
          Violation.PARAMETER_TWICE);

  /** Nobody is signed in by these either, but somebody may be signed in already. */
  private static final Set<Violation> SELF_EXPLAINING =
      EnumSet.of(Violation.STEP_UP_ACR, Violation.STEP_UP_AUTH_TIME, Violation.TENANT_NOT_ALLOWED);

  private static final Map<Failure, Integer> STATUSES =
      Map.ofEntries(
          entry(ProviderTrouble.UNREACHABLE, 502),
          entry(ProviderTrouble.TIMEOUT, 504),
          entry(ProviderTrouble.TLS, 502),
          entry(ProviderTrouble.ANSWER_TOO_LARGE, 502),
          entry(ProviderTrouble.REDIRECTED, 502),
          entry(ProviderTrouble.UNEXPECTED_STATUS, 502),
          entry(ProviderTrouble.UNEXPECTED_ANSWER, 502),
          entry(ProviderTrouble.CLIENT_REFUSED, 502),
          entry(ProviderTrouble.CODE_REFUSED, 400),
          entry(ProviderTrouble.TOKEN_REFUSED, 502),
          entry(ProviderTrouble.REFRESH_REFUSED, 502),
          entry(ProviderTrouble.BUSY, 503),
          entry(ProviderTrouble.SHARED_STATE, 503),
          entry(ProviderTrouble.USER_TOO_LARGE, 500),
          entry(ProviderTrouble.GROUPS_LEFT_OUT, 502),
          entry(Refusal.ACCESS_DENIED, 403),
          entry(Refusal.AUTHORIZATION_REFUSED, 400),
          entry(Refusal.PROVIDER_UNAVAILABLE, 503),
          entry(Refusal.NOT_CONFIGURED, 503),
          entry(Refusal.PUBLIC_URL_UNKNOWN, 400),
          entry(Refusal.PROVIDER_UNKNOWN, 404),
          entry(Refusal.PATH_REFUSED, 400),
          entry(Refusal.LOGOUT_UNATTRIBUTED, 400),
          entry(Refusal.TOKEN_MISSING, 403),
          entry(Refusal.METHOD_NOT_ALLOWED, 405),
          entry(Refusal.SESSION_COOKIE_TWICE, 400),
          entry(Refusal.NOT_SIGNED_IN, 401),
          entry(Refusal.NO_REFRESH_TOKEN, 401),
          entry(Refusal.REFRESH_OFF, 401),
          entry(Refusal.UNEXPECTED, 500),
          entry(Refusal.PAGE_FAILED, 500),
          entry(Refusal.FORM_UNREADABLE, 400),
          entry(Refusal.FORM_SENT, 409),
          entry(Refusal.ROLE_MISSING, 403),
          entry(Refusal.SECOND_PROVIDER, 403),
          entry(Refusal.SCOPE_INSUFFICIENT, 403),
          entry(Refusal.ROLES_UNAVAILABLE, 500),
          entry(Refusal.AUTHENTICATION_CONTRADICTORY, 500),
          entry(Refusal.ADDRESS_DIFFERS, 500),
          entry(Refusal.SESSION_LOST, 500));

  private static final Pattern SHOWN =
      Pattern.compile("<code dir=\"ltr\">([A-Za-z0-9]{10})</code>");

  private final MovableClock clock = new MovableClock();
  private final FailurePage page = Houses.with(clock, Houses.usualSettings()).failurePage();
  private final Logs logs = new Logs();

  @AfterEach
  void stopListening() {
    logs.close();
  }

  static Stream<Failure> failures() {
    return Stream.of(Violation.values(), ProviderTrouble.values(), Refusal.values())
        .flatMap(Arrays::stream);
  }

  static Stream<Violation> rejections() {
    return Arrays.stream(Violation.values())
        .filter(rule -> !BROKEN_PROVIDER.contains(rule))
        .filter(rule -> !SELF_EXPLAINING.contains(rule));
  }

  private static int status(Failure failure) {
    if (failure instanceof Violation violation) {
      boolean isForTheUser = SELF_EXPLAINING.contains(violation);
      return BROKEN_PROVIDER.contains(violation) ? 502 : isForTheUser ? 403 : 400;
    }
    return STATUSES.getOrDefault(failure, 0);
  }

  private MockHttpServletResponse write(MockHttpServletRequest request, LoginException failure) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      page.write(request, response, failure, "/app/orders");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return response;
  }

  private MockHttpServletResponse write(Failure failure) {
    return write(Requests.get("/oauth/callback"), new LoginException(failure));
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  private static String shown(MockHttpServletResponse response) {
    Matcher shown = SHOWN.matcher(body(response));
    assertThat(shown.find()).as(body(response)).isTrue();
    return shown.group(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_has_its_status(Failure failure) {
    assertThat(write(failure).getStatus()).isEqualTo(status(failure));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_is_answered_with_protective_headers(Failure failure) {
    for (MockHttpServletRequest request :
        List.of(Requests.get("/oauth/callback"), Requests.fetch("/oauth/callback"))) {
      MockHttpServletResponse response = write(request, new LoginException(failure));

      assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
      assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(response.getHeader("Content-Security-Policy"))
          .startsWith("default-src 'none'")
          .contains("frame-ancestors 'none'");
      assertThat(response.getContentType()).isIn("text/html;charset=UTF-8", "application/json");
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_passes_by_itself_says_when_to_come_again(Failure failure) {
    assertThat(write(failure).getHeader("Retry-After"))
        .isEqualTo(Set.of(502, 503, 504).contains(status(failure)) ? "10" : null);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_user_is_not_told_what_exactly_was_wrong(Failure failure) {
    String html = body(write(failure));

    assertThat(html)
        .doesNotContain(failure.code(), failure.name(), failure.cause(), failure.remedy())
        .doesNotContain("Exception", "org.vestibule", "RFC");
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void all_rejections_look_the_same(Failure failure) {
    MockHttpServletResponse one = write(failure);
    MockHttpServletResponse other = write(Violation.STATE_UNKNOWN);

    assertThat(body(one).replace(shown(one), "")).isEqualTo(body(other).replace(shown(other), ""));
    assertThat(one.getStatus()).isEqualTo(other.getStatus());
    assertThat(one.getHeaderNames()).containsExactlyElementsOf(other.getHeaderNames());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void the_log_has_the_reference_with_the_cause_and_the_remedy(Failure failure) {
    String reference = shown(write(failure));

    assertThat(Stream.concat(logs.at(Level.INFO).stream(), logs.at(Level.WARNING).stream()))
        .singleElement()
        .asString()
        .startsWith(failure.code() + ": ")
        .contains(failure.cause(), failure.remedy())
        .endsWith("[correlation id " + reference + "]");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void only_what_somebody_has_to_mend_is_a_warning(Failure failure) {
    write(failure);

    assertThat(logs.at(Level.WARNING).isEmpty())
        .isEqualTo(status(failure) < 500 && failure != Refusal.PUBLIC_URL_UNKNOWN);
  }

  /** LG-10: the rest of the minute is there for those who keep more than warnings. */
  @ParameterizedTest
  @EnumSource(
      value = Refusal.class,
      names = {"PUBLIC_URL_UNKNOWN", "NOT_CONFIGURED"})
  void strangers_bring_about_so_many_warnings_in_a_minute_and_no_more(Refusal refusal) {
    for (int i = 0; i < 1_000; i++) {
      write(refusal);
    }

    assertThat(logs.at(Level.WARNING)).hasSize(WarningLimit.MOST);
    assertThat(logs.at(Level.INFO)).hasSize(1_000 - WarningLimit.MOST);
    write(ProviderTrouble.UNREACHABLE);
    assertThat(logs.at(Level.WARNING)).as("of another number").hasSize(WarningLimit.MOST + 1);
    clock.advance(WarningLimit.PERIOD);
    write(refusal);
    assertThat(logs.at(Level.WARNING)).as("a minute later").hasSize(WarningLimit.MOST + 2);
  }

  @Test
  void the_detail_is_for_the_log_alone() {
    LoginException failure =
        new LoginException(Violation.ISSUER_MISMATCH, "expected <b>x</b>\r\nFAKE line");
    MockHttpServletResponse response = write(Requests.get("/"), failure);

    assertThat(body(response)).doesNotContain("FAKE", "<b>");
    assertThat(logs.at(Level.INFO)).singleElement().asString().doesNotContain("\r", "\n");
  }

  @Test
  void no_two_failures_have_one_reference() {
    assertThat(Stream.generate(() -> shown(write(Refusal.UNEXPECTED))).limit(200))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_script_is_answered_in_its_own_language() {
    MockHttpServletResponse response =
        write(Requests.fetch("/orders"), new LoginException(Refusal.NOT_CONFIGURED));

    assertThat(response.getContentType()).isEqualTo("application/json");
    assertThat(body(response))
        .matches("\\{\"error\":\"unconfigured\",\"correlation_id\":\"[A-Za-z0-9]{10}\"}");
  }

  @Test
  void trying_again_leads_to_the_page_that_was_wanted() {
    assertThat(body(write(Violation.LOGIN_EXPIRED))).contains("href=\"/app/orders\"");
  }

  @Test
  void without_a_wanted_page_it_leads_to_the_root() throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    page.write(Requests.get("/"), response, new LoginException(Violation.STATE_UNKNOWN));

    assertThat(body(response)).contains("href=\"/app/\"");
  }

  @Test
  void what_was_written_before_is_thrown_away() throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    response.getOutputStream().print("half a page");
    page.write(Requests.get("/"), response, new LoginException(Refusal.UNEXPECTED));

    assertThat(body(response)).doesNotContain("half a page").startsWith("<!DOCTYPE html>");
  }
}
