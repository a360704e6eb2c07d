package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertRefused;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** OAuth 2.0 Form Post Response Mode: the provider's page, on another site, posts the response. */
@ExtendWith(ArquillianExtension.class)
class FormPostIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          c -> c.host("127.0.0.1").client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).with("response-mode", "form_post").war("form-post");
  }

  @BeforeEach
  void forget() {
    PROVIDER.forgetRequests();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void a_login_comes_back_with_a_form_and_leads_to_the_page() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse challenge = visitor.get("/protected/page?a=b");
    Cookie pending = visitor.pendingLogins().get(0);

    RawResponse form = visitor.browser().follow(challenge);
    RawResponse done = visitor.browser().submit(form);

    assertThat(challenge.locationQuery().get("response_mode")).isEqualTo("form_post");
    assertThat(pending.sameSite()).isEqualTo("None");
    assertThat(pending.secure()).isTrue();
    assertThat(pending.httpOnly()).isTrue();
    assertThat(form.form().action()).isEqualTo(visitor.url("/oauth/callback"));
    assertThat(done.status()).isEqualTo(303);
    assertThat(visitor.browser().follow(done).body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(done.location()).isEqualTo(visitor.url("/protected/page?a=b"));
    assertThat(visitor.pendingLogins()).isEmpty();
  }

  @Test
  void a_form_is_taken_once() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse form = formOf(visitor);
    Visitor sameCookies = visitor.copy();

    assertThat(visitor.browser().submit(form).status()).isEqualTo(303);

    assertRefused(sameCookies.browser().submit(form), sameCookies);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void a_query_is_not_read_where_a_form_is_expected() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse form = formOf(visitor);
    FormData response = form.form().fields();

    RawResponse asQuery = visitor.get("/oauth/callback?" + response.encoded());
    RawResponse codeInQuery =
        visitor
            .browser()
            .post(
                visitor.url("/oauth/callback?code=" + response.get("code")),
                FormData.of("state", String.valueOf(response.get("state"))));
    RawResponse allInQuery =
        visitor.browser().post(visitor.url("/oauth/callback?" + response.encoded()), FormData.of());

    assertRefused(asQuery, visitor);
    assertRefused(allInQuery, visitor);
    assertRefused(codeInQuery, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded-not",
        "application/xml",
        ";",
        "x"
      })
  void only_a_form_is_read_and_nothing_else_uses_the_login_up(String contentType) {
    Visitor visitor = Visitor.of(deployment);
    RawResponse form = formOf(visitor);

    RawResponse answer =
        visitor
            .request("POST", "/oauth/callback")
            .body(contentType, form.form().fields().encoded())
            .send();

    assertRefused(answer, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(visitor.browser().submit(form).status()).isEqualTo(303);
  }

  @Test
  void a_form_without_a_type_is_refused() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse form = formOf(visitor);

    RawResponse answer =
        visitor
            .request("POST", "/oauth/callback")
            .form(form.form().fields())
            .without("Content-Type")
            .send();

    assertRefused(answer, visitor);
  }

  @Test
  void an_empty_post_is_refused() {
    Visitor visitor = Visitor.of(deployment);

    assertRefused(
        visitor.request("POST", "/oauth/callback").header("Content-Length", "0").send(), visitor);
  }

  @Test
  void a_form_that_is_too_large_is_refused() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse form = formOf(visitor);

    RawResponse answer =
        visitor
            .request("POST", "/oauth/callback")
            .form(form.form().fields().and("padding", "x".repeat(70_000)))
            .send();

    assertRefused(answer, visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void a_form_without_the_cookie_is_refused() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse form = formOf(visitor);
    visitor.browser().cookies().clear();

    assertRefused(visitor.browser().submit(form), visitor);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
  }

  @Test
  void the_oldest_of_too_many_pending_logins_is_forgotten_here_too() {
    Visitor visitor = Visitor.of(deployment);
    for (int i = 0; i < 11; i++) {
      visitor.get(Visitor.PROTECTED);
    }

    assertThat(visitor.pendingLogins()).hasSize(8);
    RawResponse last = visitor.get(Visitor.PROTECTED);
    assertThat(last.headers("Set-Cookie"))
        .as("a browser removes a cookie that is Secure only if it is told so securely")
        .allSatisfy(
            line -> assertThat(line).containsIgnoringCase("; Secure").contains("SameSite=None"));
  }

  @Test
  void a_denial_comes_back_with_a_form_too() {
    PROVIDER.denying();
    Visitor visitor = Visitor.of(deployment);
    try {
      RawResponse denied = visitor.browser().submit(formOf(visitor));

      assertThat(denied.status()).isEqualTo(403);
      assertRefused(denied, visitor);
    } finally {
      PROVIDER.approving(User.JANE);
    }
  }

  private static RawResponse formOf(Visitor visitor) {
    return visitor.browser().follow(visitor.get(Visitor.PROTECTED));
  }
}
