package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;

/** The showcase with the demo authorization server, on the wire. */
class ShowcaseFlowIT {

  private static final Pattern INLINE_SCRIPT = Pattern.compile("(?is)<script(?![^>]*\\ssrc=)");
  private static final Pattern INLINE_HANDLER = Pattern.compile("(?is)<[a-z][^>]*\\son[a-z]+\\s*=");

  private static ShowcaseServer server;
  private static List<String> greeting;

  private DemoVisitor alice;

  @BeforeAll
  static void start() {
    server = ShowcaseServer.start("flow");
    greeting = server.console();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void a_browser_without_cookies() {
    alice = new DemoVisitor(server);
  }

  @Test
  void the_console_says_where_to_go_and_who_can_sign_in() {
    String invitation = "Open " + server.url("/") + " and sign in as alice (password alice)";
    assertThat(greeting).anyMatch(line -> line.contains(invitation));
    assertThat(greeting).anyMatch(line -> line.contains("Provider default signs users in to"));
    assertThat(greeting).noneMatch(line -> line.matches(".*\\[(WARNING|ERROR) *].*"));
  }

  @Test
  void the_doctor_finds_nothing_wrong() {
    Map<String, Object> diagnosis = alice.fetch("/oauth/doctor").json();

    assertThat((List<?>) diagnosis.get("findings"))
        .extracting(finding -> (String) ((Map<?, ?>) finding).get("number"))
        .contains("VEST5301", "VEST5302", "VEST5303", "VEST5304", "VEST5308");
    assertThat(diagnosis.get("severity")).isEqualTo("advice");
  }

  @Test
  void the_welcome_page_is_public_and_the_account_page_is_not() {
    assertThat(alice.open("/").url()).isEqualTo(server.url("/"));
    RawResponse loginPage = alice.open("/account/");
    assertThat(loginPage.url()).isEqualTo(server.origin() + "/demo-as/login.jsp");
    assertThat(alice.fetch("/showcase/api").status()).isEqualTo(401);
    assertThat(alice.fetch("/oauth/session").json()).containsEntry("authenticated", false);
  }

  @Test
  void whoever_signs_in_and_allows_arrives_where_they_wanted_with_the_query() {
    RawResponse page = alice.arriveAt("/account/?from=mail%20one&x=%C3%A4", "alice");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.url()).isEqualTo(server.url("/account/?from=mail%20one&x=%C3%A4"));
  }

  @Test
  void the_session_tells_who_it_is_and_holds_no_token() {
    alice.arriveAt("/account/", "alice");
    Map<String, Object> session = alice.fetch("/oauth/session").json();
    assertThat(session)
        .containsEntry("authenticated", true)
        .containsEntry("name", "alice")
        .containsEntry("roles", List.of("editors"))
        .containsOnlyKeys(
            "authenticated",
            "name",
            "provider",
            "roles",
            "scope",
            "claims",
            "access_token_expires_at",
            "session_expires_at",
            "logout_url",
            "csrf_token");
    assertThat((List<?>) session.get("scope"))
        .map(Object::toString)
        .containsExactlyInAnyOrder("openid", "profile", "email", "greetings.read");
    assertThat((Map<?, ?>) session.get("claims"))
        .extracting("iss", "sub")
        .containsExactly(server.origin() + "/oidc/endpoint/demo", "alice");
  }

  @Test
  void somebody_in_no_group_has_no_roles() {
    alice.arriveAt("/account/", "bob");
    assertThat(alice.fetch("/oauth/session").json())
        .containsEntry("name", "bob")
        .containsEntry("roles", List.of());
  }

  @Test
  void a_wrong_password_can_be_corrected() {
    RawResponse again = alice.signIn(alice.open("/account/"), "alice", "Alice");
    assertThat(again.body()).contains("do not belong together");
    RawResponse page = alice.allow(alice.signIn(again, "alice", "alice"));
    assertThat(page.url()).isEqualTo(server.url("/account/"));
    assertThat(server.console())
        .anyMatch(line -> line.contains("CWWKS1100A"))
        .noneMatch(line -> line.contains("CWIML4537E:") || line.startsWith("\tat "));
  }

  @Test
  void the_api_is_called_with_the_access_token() {
    alice.arriveAt("/account/", "alice");
    RawResponse answer = alice.fetch("/showcase/api");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .containsEntry("status", 200L)
        .containsEntry("url", server.origin() + "/oidc/endpoint/demo/userinfo")
        .extractingByKey("body")
        .extracting("sub")
        .isEqualTo("alice");
  }

  /** The authorization server takes each refresh token once, so the second needs the first's. */
  @Test
  void a_refresh_brings_a_new_expiry_and_a_new_refresh_token() {
    alice.arriveAt("/account/", "alice");
    Instant first = refresh();
    Instant second = refresh();
    // The server gives lifetimes in whole seconds, of which one may have just passed.
    assertThat(second).isNotEqualTo(first).isAfter(first.minusSeconds(2));
    assertThat(Instant.parse(session("access_token_expires_at")))
        .isBetween(second.minusSeconds(1), second);
    assertThat(alice.fetch("/showcase/api").json()).containsEntry("status", 200L);
  }

  @Test
  void a_refresh_that_no_page_of_ours_asked_for_is_refused() {
    alice.arriveAt("/account/", "alice");
    String url = server.url("/showcase/refresh");
    RawResponse refused =
        alice.browser().request("POST", url).from("http://127.0.0.1:1/").asFetch().send();
    assertThat(refused.status()).isIn(401, 403);
    assertThat(alice.browser().request("POST", url).from(url).asFetch().send().status())
        .isEqualTo(403);
  }

  @Test
  void whoever_refuses_is_not_signed_in_and_can_try_again() {
    RawResponse denied = alice.refuse(alice.signIn(alice.open("/account/"), "alice", "alice"));
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.body()).contains("You did not sign in").contains("/vestibule/account/");
    assertThat(denied.header("Cache-Control")).contains("no-store");
    assertThat(alice.fetch("/oauth/session").json()).containsEntry("authenticated", false);

    RawResponse consentPage = alice.open("/account/");
    assertThat(alice.allow(consentPage).url()).isEqualTo(server.url("/account/"));
  }

  @Test
  void whoever_signs_out_is_asked_for_the_password_again() {
    alice.arriveAt("/account/", "alice");
    RawResponse loggedOut = signOut();
    assertThat(loggedOut.status()).isEqualTo(200);
    assertThat(loggedOut.url()).isEqualTo(server.url("/oauth/logged-out"));
    assertThat(alice.fetch("/oauth/session").json()).containsEntry("authenticated", false);
    assertThat(alice.fetch("/showcase/api").status()).isEqualTo(401);
    assertThat(alice.open("/account/").form().fields().has("j_password")).isTrue();
  }

  @Test
  void an_answer_is_of_use_once_and_only_in_the_browser_that_asked() {
    RawResponse consentPage = alice.signIn(alice.open("/account/"), "alice", "alice");
    RawResponse answer = alice.answer(consentPage);
    DemoVisitor other = new DemoVisitor(server);
    assertThat(other.browser().get(answer.location()).status()).isEqualTo(400);
    assertThat(alice.browser().followAll(answer).url()).isEqualTo(server.url("/account/"));
    assertThat(alice.browser().get(answer.location()).location())
        .as("somebody who is signed in just goes on")
        .startsWith(server.url("/"));
  }

  @Test
  void no_page_has_inline_scripts_or_would_run_them() {
    RawResponse loginPage = alice.open("/account/");
    RawResponse consentPage = alice.signIn(loginPage, "alice", "alice");
    RawResponse denied = alice.refuse(consentPage);
    RawResponse account = alice.allow(alice.open("/account/"));
    RawResponse logout = alice.open("/oauth/logout");
    RawResponse loggedOut = signOut();
    for (RawResponse page :
        List.of(alice.open("/"), loginPage, denied, account, logout, loggedOut)) {
      assertThat(page.body()).as("%s", page).doesNotContainPattern(INLINE_SCRIPT);
      assertThat(page.body()).as("%s", page).doesNotContainPattern(INLINE_HANDLER);
      assertThat(page.header("Content-Security-Policy"))
          .as("%s", page)
          .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe-inline", "unsafe-eval");
    }
    // Liberty appends scripts to this one; the policy is in the page, since the header is
    // Liberty's.
    assertThat(consentPage.body())
        .containsPattern("(?is)<meta http-equiv=\"Content-Security-Policy\"[^>]*script-src 'self';")
        .doesNotContain("unsafe-inline");
  }

  private RawResponse signOut() {
    String url = server.url("/oauth/logout");
    FormData form = FormData.of("csrf_token", session("csrf_token"));
    return alice
        .browser()
        .followAll(
            alice.browser().request("POST", url).from(server.url("/account/")).form(form).send());
  }

  private Instant refresh() {
    RawResponse answer =
        alice
            .browser()
            .request("POST", server.url("/showcase/refresh"))
            .from(server.url("/account/"))
            .asFetch()
            .header("X-CSRF-Token", session("csrf_token"))
            .send();
    assertThat(answer.status()).isEqualTo(200);
    return Instant.parse(answer.json().get("access_token_expires_at").toString());
  }

  private String session(String member) {
    return alice.fetch("/oauth/session").json().get(member).toString();
  }
}
