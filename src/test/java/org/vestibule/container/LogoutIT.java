package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertProtected;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.Gate;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;

@ExtendWith(ArquillianExtension.class)
class LogoutIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  /** The members of the last token response. */
  private static final Map<String, String> ISSUED = new ConcurrentHashMap<>();

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).with("read-timeout", "PT20S").war("logout");
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.on(Endpoint.REVOCATION).regular();
    PROVIDER.on(Endpoint.TOKEN).regular();
    PROVIDER.tokenResponse(
        response -> response.forEach((name, value) -> ISSUED.put(name, String.valueOf(value))));
    PROVIDER.forgetRequests();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_get_shows_a_page_with_the_button_and_signs_nobody_out() {
    Visitor visitor = Visitor.signedInAt(deployment);

    RawResponse page = visitor.get("/oauth/logout");

    assertThat(page.status()).isEqualTo(200);
    assertProtected(page);
    assertThat(page.form().method()).isEqualTo("POST");
    assertThat(page.form().action()).isEqualTo(visitor.url("/oauth/logout"));
    assertThat(page.header("Content-Security-Policy"))
        .contains("form-action 'self' " + PROVIDER.origin() + ";");
    assertThat(visitor.isSignedIn()).isTrue();
    assertThat(PROVIDER.requests(Endpoint.REVOCATION)).isEmpty();
  }

  @Test
  void the_button_ends_the_session_here_revokes_the_tokens_and_signs_out_at_the_provider() {
    Visitor visitor = Visitor.signedInAt(deployment);
    Visitor holderOfTheOldCookie = visitor.copy();
    Map<String, String> issued = Map.copyOf(ISSUED);

    RawResponse done = visitor.browser().submit(visitor.get("/oauth/logout"));

    assertThat(done.status()).isEqualTo(303);
    assertProtected(done);
    assertThat(done.location()).startsWith(PROVIDER.url(Endpoint.END_SESSION) + "?");
    assertThat(done.locationQuery().asMap())
        .containsOnlyKeys("id_token_hint", "client_id", "post_logout_redirect_uri", "state")
        .containsEntry("id_token_hint", issued.get("id_token"))
        .containsEntry("client_id", Application.CLIENT_ID)
        .containsEntry("post_logout_redirect_uri", visitor.url("/oauth/logged-out"));
    assertThat(PROVIDER.requests(Endpoint.REVOCATION))
        .extracting(request -> request.form().get("token"))
        .containsExactly(issued.get("refresh_token"), issued.get("access_token"));
    assertThat(PROVIDER.requests(Endpoint.REVOCATION))
        .extracting(RecordedRequest::basicCredentials)
        .containsOnly(Application.CLIENT_ID + ":" + Application.CLIENT_SECRET);

    RawResponse landing = visitor.browser().followAll(done);
    assertThat(landing.url()).isEqualTo(visitor.url("/oauth/logged-out"));
    assertNeutralPage(landing);

    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(holderOfTheOldCookie.isSignedIn()).isFalse();
    assertSentToProvider(holderOfTheOldCookie.get(Visitor.PROTECTED), PROVIDER);
    assertThat(visitor.events()).contains("LoggedOut default j.doe USER");
  }

  @Test
  void a_script_signs_out_with_the_token_of_the_session_json() {
    Visitor visitor = Visitor.signedInAt(deployment);
    String token = String.valueOf(visitor.session().get("csrf_token"));

    RawResponse done = post(visitor, FormData.of("csrf_token", token));

    assertThat(done.status()).isEqualTo(303);
    assertThat(visitor.isSignedIn()).isFalse();
  }

  @Test
  void a_post_without_the_token_or_with_another_one_is_refused() {
    Visitor visitor = Visitor.signedInAt(deployment);
    String tokenOfAnother =
        String.valueOf(Visitor.signedInAt(deployment).session().get("csrf_token"));

    for (FormData form :
        List.of(
            FormData.of(),
            FormData.of("csrf_token", ""),
            FormData.of("csrf_token", "SplxlOBeZQQYbYS6WxSbIA"),
            FormData.of("csrf_token", tokenOfAnother))) {
      RawResponse refused = post(visitor, form);

      assertThat(refused.status()).isEqualTo(403);
      assertNeutralPage(refused);
      assertThat(visitor.isSignedIn()).isTrue();
    }
    assertThat(PROVIDER.requests(Endpoint.REVOCATION)).isEmpty();
  }

  @Test
  void a_form_on_another_site_signs_nobody_out() {
    Visitor visitor = Visitor.signedInAt(deployment);
    String token = String.valueOf(visitor.session().get("csrf_token"));

    visitor
        .request("POST", "/oauth/logout")
        .from("http://other.example/page")
        .form(FormData.of("csrf_token", token))
        .send();

    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  void whoever_is_not_signed_in_sees_that_they_are_not() {
    Visitor visitor = Visitor.of(deployment);

    RawResponse answer = visitor.browser().followAll(visitor.get("/oauth/logout"));

    assertThat(answer.url()).isEqualTo(visitor.url("/oauth/logged-out"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(post(visitor, FormData.of()).status()).isEqualTo(303);
    assertThat(visitor.browser().cookies().all()).isEmpty();
  }

  @Test
  void the_page_after_a_logout_starts_no_login_and_goes_nowhere_else() {
    Visitor visitor = Visitor.signedInAt(deployment);
    FormData form =
        FormData.of(
            "csrf_token",
            String.valueOf(visitor.session().get("csrf_token")),
            "post_logout_redirect_uri",
            "https://evil.example/",
            "return",
            "https://evil.example/");

    RawResponse done = post(visitor, form);

    assertThat(done.locationQuery().all("post_logout_redirect_uri"))
        .containsExactly(visitor.url("/oauth/logged-out"));
    RawResponse landing = visitor.get("/oauth/logged-out?return=https://evil.example/&error=x");
    assertThat(landing.status()).isEqualTo(200);
    assertThat(landing.body()).doesNotContain("evil.example");
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  @Test
  void several_logouts_at_once_are_one_logout() throws InterruptedException {
    Visitor visitor = Visitor.signedInAt(deployment);
    FormData form = FormData.of("csrf_token", String.valueOf(visitor.session().get("csrf_token")));

    List<RawResponse> answers = Parallel.times(3, () -> post(visitor.copy(), form));

    assertThat(answers).extracting(RawResponse::status).containsOnly(303);
    assertThat(visitor.isSignedIn()).isFalse();
  }

  @Test
  void a_provider_that_is_down_keeps_nobody_signed_in() {
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.on(Endpoint.REVOCATION).always(Answer.dropped());

    RawResponse done = visitor.browser().submit(visitor.get("/oauth/logout"));

    assertThat(done.status()).isEqualTo(303);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(visitor.log()).contains("WARNING VEST2001");
  }

  @Test
  void a_provider_that_refuses_to_revoke_keeps_nobody_signed_in() {
    Visitor visitor = Visitor.signedInAt(deployment);
    PROVIDER.on(Endpoint.REVOCATION).always(Answer.error(503, "temporarily_unavailable"));

    RawResponse done = visitor.browser().submit(visitor.get("/oauth/logout"));

    assertThat(done.status()).isEqualTo(303);
    assertThat(visitor.isSignedIn()).isFalse();
  }

  @Test
  void a_refresh_that_is_under_way_does_not_undo_a_logout() {
    Visitor visitor = Visitor.signedInAt(deployment);
    FormData form = FormData.of("csrf_token", String.valueOf(visitor.session().get("csrf_token")));
    Gate gate = PROVIDER.on(Endpoint.TOKEN).gate();
    Visitor otherTab = visitor.copy();
    CompletableFuture<RawResponse> refresh =
        CompletableFuture.supplyAsync(() -> otherTab.request("POST", "/token").send());
    gate.awaitArrival();

    RawResponse done = post(visitor, form);
    assertSentToProvider(visitor.copy().get(Visitor.PROTECTED), PROVIDER);
    assertThat(refresh).as("it is under way").isNotDone();
    gate.open();
    refresh.join();

    assertThat(done.status()).isEqualTo(303);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(otherTab.isSignedIn()).isFalse();
    assertSentToProvider(otherTab.get(Visitor.PROTECTED), PROVIDER);
  }

  private static RawResponse post(Visitor visitor, FormData form) {
    return visitor.browser().post(visitor.url("/oauth/logout"), form);
  }
}
