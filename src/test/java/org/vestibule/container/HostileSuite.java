package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertRefused;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.Urls;

/**
 * What an attacker tries first, against a deployment that the subclasses choose: the place of the
 * application and the way in which responses come back change how paths, cookies and addresses are
 * read.
 */
abstract class HostileSuite {

  /** As many requests are under way at once. */
  static final int AT_ONCE = 4;

  static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource URL deployment;

  /** Whether responses come back in a form. */
  boolean isFormPost() {
    return false;
  }

  @BeforeEach
  void forget() {
    PROVIDER.forgetRequests();
  }

  /** The parameters of a response that has not come back yet. */
  FormData response(Visitor visitor) {
    RawResponse atProvider = visitor.browser().follow(visitor.get(Visitor.PROTECTED));
    return isFormPost() ? atProvider.form().fields() : atProvider.locationQuery();
  }

  /** Comes back with it. */
  RawResponse comeBack(Visitor visitor, FormData response) {
    return comeBackTo(visitor, "/oauth/callback", response);
  }

  /**
   * @param path of the callback, byte for byte, below the context root
   */
  RawResponse comeBackTo(Visitor visitor, String path, FormData response) {
    String target = visitor.contextPath() + path;
    String page = PROVIDER.url(Endpoint.AUTHORIZATION);
    return isFormPost()
        ? visitor.request("POST", "/oauth/callback").target(target).from(page).form(response).send()
        : visitor
            .request("GET", "/oauth/callback")
            .target(target + (target.contains("?") ? "&" : "?") + response.encoded())
            .from(page)
            .send();
  }

  /** Does it for each, several at once. */
  static <T> void forEach(List<T> all, Each<T> what) throws InterruptedException {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (T one : all) {
      calls.add(
          () -> {
            what.accept(one);
            return true;
          });
    }
    Parallel.results(calls, AT_ONCE);
  }

  /** What is done with one of many. */
  interface Each<T> {
    void accept(T one);
  }

  /** Nobody sees anything, and nobody is sent elsewhere. */
  static void assertHarmless(Visitor visitor, RawResponse answer, String what) {
    assertThat(answer.body())
        .as(what)
        .doesNotContain(ProtectedServlet.CANARY, "oauth.client-secret", "<web-app");
    if (answer.isRedirect()) {
      assertThat(Urls.origin(answer.location()))
          .as(what)
          .isIn(PROVIDER.origin(), Urls.origin(visitor.url("/")));
    }
  }

  /** In a browser of their own. */
  Visitor signedIn() {
    Visitor visitor = Visitor.of(deployment);
    comeBack(visitor, response(visitor));
    assertThat(visitor.isSignedIn()).isTrue();
    return visitor;
  }

  private static String with(FormData response, String name, String value) {
    return response.encoded().replaceFirst("(^|&)" + name + "=[^&]*", "$1" + name + "=" + value);
  }

  @Test
  void a_response_with_a_wrong_or_foreign_or_no_state_signs_nobody_in() {
    Visitor victim = Visitor.of(deployment);
    Visitor attacker = Visitor.of(deployment);
    FormData ofVictim = response(victim);
    FormData ofAttacker = response(attacker);

    for (String forged :
        List.of(
            ofAttacker.encoded(),
            with(ofVictim, "state", "af0ifjsldkj"),
            with(ofVictim, "state", ""),
            "code=" + ofVictim.get("code"),
            "code=" + ofAttacker.get("code") + "&state=" + ofAttacker.get("state"))) {
      RawResponse answer = comeBack(victim, FormData.parse(forged));

      assertHarmless(victim, answer, forged);
      assertThat(victim.isSignedIn()).as(forged).isFalse();
    }
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).isEmpty();
    assertThat(comeBack(victim, ofVictim).location()).isEqualTo(victim.url(Visitor.PROTECTED));
    assertThat(victim.isSignedIn()).isTrue();
  }

  @Test
  void an_injected_code_is_of_no_use() {
    Visitor victim = Visitor.of(deployment);
    String code = response(victim).get("code");
    Visitor attacker = Visitor.of(deployment);
    FormData own = response(attacker);

    RawResponse answer = comeBack(attacker, FormData.parse(with(own, "code", code)));

    assertHarmless(attacker, answer, "another's code");
    assertThat(attacker.isSignedIn()).isFalse();
  }

  @Test
  void of_thirty_responses_at_once_one_is_taken() throws InterruptedException {
    Visitor visitor = Visitor.of(deployment);
    FormData response = response(visitor);

    List<RawResponse> answers = Parallel.times(30, () -> comeBack(visitor.copy(), response));

    assertThat(answers)
        .filteredOn(
            answer ->
                answer.isRedirect() && answer.location().equals(visitor.url(Visitor.PROTECTED)))
        .hasSize(1);
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
    comeBack(visitor, response);
    assertThat(visitor.isSignedIn()).isFalse();
    assertThat(PROVIDER.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @Test
  void the_cookies_are_for_this_application_and_out_of_reach() {
    Visitor visitor = Visitor.of(deployment);
    FormData response = response(visitor);
    Cookie pending = visitor.pendingLogins().get(0);
    comeBack(visitor, response);
    Cookie session = visitor.browser().cookies().named(Visitor.SESSION_COOKIE).orElseThrow();

    assertThat(pending.path()).isEqualTo(visitor.contextPath() + "/");
    assertThat(session.path()).isIn(visitor.contextPath(), visitor.contextPath() + "/");
    assertThat(pending.sameSite()).isEqualTo(isFormPost() ? "None" : "Lax");
    assertThat(session.sameSite()).isEqualTo("Lax");
    assertThat(List.of(pending, session))
        .allMatch(Cookie::httpOnly)
        .allMatch(cookie -> cookie.domain() == null);
  }

  /** CB-20: whatever its characters are, also those that mean something in a form. */
  @Test
  void a_code_arrives_as_it_was_sent() {
    Visitor visitor = Visitor.of(deployment);
    String code = "a+b/c=%25&state=x ~|\"";
    String encoded = FormData.of("code", code).encoded().substring("code=".length());
    RawResponse answer =
        comeBack(
            visitor,
            FormData.parse(with(response(visitor), "code", Matcher.quoteReplacement(encoded))));

    assertRefused(answer, visitor);
    assertThat(PROVIDER.lastRequest(Endpoint.TOKEN).form().get("code")).isEqualTo(code);
  }

  /** AR-13: without a body or a type, or with a type that promises what is not there. */
  @Test
  void an_odd_post_of_a_stranger_is_no_trouble() {
    Visitor visitor = Visitor.of(deployment);
    int before = visitor.hits("protected");
    for (RawRequest post :
        List.of(
            visitor.stranger().request("POST", Visitor.PROTECTED).header("Content-Length", "0"),
            visitor.stranger().request("POST", Visitor.PROTECTED).body("x", ""),
            visitor
                .stranger()
                .request("POST", Visitor.PROTECTED)
                .body("x", "a=b")
                .without("Content-Type"),
            visitor.stranger().request("POST", Visitor.PROTECTED).body("multipart/form-data", "x"),
            visitor.stranger().request("POST", Visitor.PROTECTED).body("a/b; charset=x", "x"))) {
      RawResponse answer = post.send();

      assertHarmless(visitor, answer, post.toString());
      assertThat(answer.status()).as(post.toString()).isIn(303, 400, 401);
    }
    assertThat(visitor.hits("protected")).isEqualTo(before);
  }

  /** SE-07, AR-21: not even where a session is made before it is known that cookies come back. */
  @Test
  void no_session_id_is_in_an_address() {
    Visitor visitor = Visitor.of(deployment);
    visitor.get("/public/basket?put=apples");
    String anonymous = visitor.sessionId();
    RawResponse challenge = visitor.get(Visitor.PROTECTED);
    FormData response = response(visitor);
    RawResponse done = comeBack(visitor, response);
    String session = visitor.sessionId();
    RawResponse logout = visitor.browser().submit(visitor.get("/oauth/logout"));
    visitor.browser().cookies().clear();
    RawResponse withoutCookies = visitor.get(Visitor.PROTECTED);

    for (RawResponse answer : List.of(challenge, done, logout, withoutCookies)) {
      assertThat(answer.location())
          .doesNotContainIgnoringCase("jsessionid")
          .doesNotContain(anonymous, session);
    }
  }
}
