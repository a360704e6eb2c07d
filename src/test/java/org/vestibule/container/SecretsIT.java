package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AnswerScript;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.RecordedRequest;
import org.vestibule.testing.User;

/**
 * Logins that go well and logins that go wrong in every way, at a provider that repeats in its
 * complaints whatever it was sent; and then a search for every secret of theirs in everything that
 * the browser saw, the log was told at any level, and somebody can print from inside: what is in
 * the session, the request and the application, and the names of threads.
 */
@ExtendWith(ArquillianExtension.class)
class SecretsIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  /** What must never be seen: codes, tokens, verifiers, the client secret. */
  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

  @ArquillianResource private URL deployment;

  private final List<RawResponse> seen = new ArrayList<>();

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("secrets");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void no_secret_is_in_anything_that_is_shown_or_logged() {
    SECRETS.add(Application.CLIENT_SECRET);
    PROVIDER.authorizationResponse(
        response -> {
          SECRETS.add(response.getOrDefault("code", Application.CLIENT_SECRET));
          response.put("error_description", "not " + response.get("code"));
        });
    PROVIDER.tokenResponse(SecretsIT::keep);

    Visitor visitor = Visitor.of(deployment);
    loginsThatGoWell(visitor);
    loginsThatGoWrong();
    PROVIDER.requests(Endpoint.TOKEN).forEach(SecretsIT::keep);

    List<String> secrets = List.copyOf(SECRETS);
    assertThat(secrets).hasSizeGreaterThan(30);
    assertThat(seen).hasSizeGreaterThan(30);
    assertThat(seen).extracting(RawResponse::body).allSatisfy(body -> assertHasNone(body, secrets));
    assertThat(seen)
        .filteredOn(answer -> !String.valueOf(answer.header("Location")).contains("end_session"))
        .flatExtracting(RawResponse::headers)
        .allSatisfy(header -> assertHasNone(header.value(), secrets));

    List<String> alsoNotLogged = new ArrayList<>(secrets);
    alsoNotLogged.addAll(cookieValues());
    String log = visitor.log();
    assertThat(Pattern.compile("VEST\\d{4}").matcher(log).results().map(MatchResult::group))
        .contains("VEST1005", "VEST1204", "VEST1213", "VEST2006", "VEST2009", "VEST4001");
    assertHasNone(log, alsoNotLogged);
    assertHasNone(ServerLogs.text(), alsoNotLogged);
    assertThat(log).as("the finest level").contains("FINE ");
    assertHasNone(visitor.get("/public/report/threads").body(), alsoNotLogged);
  }

  private void loginsThatGoWell(Visitor visitor) {
    login(visitor);
    see(visitor.get("/oauth/session"));
    see(visitor.get("/whoami"));
    assertThat(see(visitor.get("/inside")).body())
        .contains("session org.vestibule.session StoredSession", "thread ", "caller ");
    see(visitor.request("POST", "/token").send());
    see(visitor.request("POST", "/oauth/logout").form(FormData.of("csrf_token", "x")).send());
    see(visitor.browser().submit(see(visitor.get("/oauth/logout"))));
    see(visitor.get("/oauth/logged-out"));
    see(visitor.request("GET", Visitor.PROTECTED).asFetch().send());
    see(visitor.get("/oauth/session"));
  }

  private void loginsThatGoWrong() {
    Visitor visitor = Visitor.of(deployment);
    String callback = login(visitor);
    see(Visitor.of(deployment).browser().get(callback));
    see(Visitor.of(deployment).browser().get(callback + "&code=x"));
    see(Visitor.of(deployment).browser().request("PUT", callback).send());

    PROVIDER.denying();
    login(Visitor.of(deployment));
    PROVIDER.approving(User.JANE);

    tokenEndpointAnswers((request, regular) -> complaint(400, "invalid_grant", request));
    tokenEndpointAnswers((request, regular) -> complaint(401, "invalid_client", request));
    tokenEndpointAnswers((request, regular) -> complaint(500, "server_error", request));
    tokenEndpointAnswers((request, regular) -> complaint(400, request.body(), request));
    tokenEndpointAnswers((request, regular) -> Answer.html(500, request.body()));
    tokenEndpointAnswers(
        (request, regular) -> Answer.redirect(302, PROVIDER.origin() + "/x?" + request.body()));
    tokenEndpointAnswers((request, regular) -> Answer.dropped());
    tokenEndpointAnswers((request, regular) -> regular.get().withStatus(500));
    tokenEndpointAnswers((request, regular) -> regular.get().withContentType("text/html"));
    tokenEndpointAnswers(
        (request, regular) -> regular.get().withJson(json -> json.remove("token_type")));
    tokenEndpointAnswers(
        (request, regular) ->
            regular.get().withJson(json -> json.put("token_type", json.get("access_token"))));
    tokenEndpointAnswers(
        (request, regular) ->
            regular.get().withJson(json -> json.put("expires_in", json.get("access_token"))));
    tokenEndpointAnswers(
        (request, regular) -> regular.get().withBody(regular.get().text().replace("}", "")));

    PROVIDER.idTokenSigner(IdTokenSigner.unsigned("none"));
    login(Visitor.of(deployment));
    PROVIDER.idTokenSigner(IdTokenSigner.spoilt(token -> token.substring(0, token.length() - 9)));
    login(Visitor.of(deployment));
    PROVIDER.idTokenSigner(IdTokenSigner.correct());
    PROVIDER.idTokenClaims(claims -> claims.put("nonce", "n-0S6_WzA2Mj"));
    login(Visitor.of(deployment));
    PROVIDER.idTokenClaims(claims -> {});

    PROVIDER
        .on(Endpoint.USERINFO)
        .always((request, regular) -> Answer.html(500, "not " + request.bearerToken()));
    login(Visitor.of(deployment));
    PROVIDER.on(Endpoint.USERINFO).regular();

    refreshesAndLogoutsThatGoWrong();
  }

  private void refreshesAndLogoutsThatGoWrong() {
    Visitor visitor = Visitor.of(deployment);
    login(visitor);
    PROVIDER
        .on(Endpoint.REVOCATION)
        .always((request, regular) -> complaint(400, "unsupported_token_type", request));
    see(visitor.browser().submit(see(visitor.get("/oauth/logout"))));
    PROVIDER.on(Endpoint.REVOCATION).regular();

    login(visitor);
    PROVIDER
        .on(Endpoint.TOKEN)
        .always((request, regular) -> complaint(400, "invalid_grant", request));
    see(visitor.request("POST", "/token").send());
    see(visitor.get(Visitor.PROTECTED));
    PROVIDER.on(Endpoint.TOKEN).regular();
  }

  /** A whole login; the address of its callback. */
  private String login(Visitor visitor) {
    RawResponse challenge = see(visitor.get(Visitor.PROTECTED));
    String callback = visitor.browser().follow(challenge).location();
    see(visitor.browser().get(callback));
    return callback;
  }

  private void tokenEndpointAnswers(AnswerScript script) {
    PROVIDER.on(Endpoint.TOKEN).once(script);
    login(Visitor.of(deployment));
  }

  private RawResponse see(RawResponse answer) {
    seen.add(answer);
    return answer;
  }

  /** An error response that repeats everything it was sent. */
  private static Answer complaint(int status, String error, RecordedRequest request) {
    String quoted = request.basicCredentials() + " " + request.body();
    return Answer.json(
        status,
        Map.of(
            "error",
            error,
            "error_description",
            "not " + quoted,
            "error_uri",
            PROVIDER.origin() + "/errors?" + request.body()));
  }

  private static void keep(Map<String, Object> tokenResponse) {
    for (String name : List.of("access_token", "refresh_token", "id_token")) {
      if (tokenResponse.get(name) instanceof String token) {
        SECRETS.add(token);
      }
    }
  }

  private static void keep(RecordedRequest request) {
    for (String name : List.of("code", "code_verifier", "refresh_token")) {
      SECRETS.addAll(request.form().all(name));
    }
  }

  /** Of every cookie that was ever set. */
  private Set<String> cookieValues() {
    Set<String> values = new LinkedHashSet<>();
    for (RawResponse answer : seen) {
      for (String line : answer.headers("Set-Cookie")) {
        String value = line.replaceFirst("^[^=]*=", "").replaceFirst(";.*", "");
        if (value.length() > 10) {
          values.add(value);
        }
      }
    }
    assertThat(values).hasSizeGreaterThan(15);
    return values;
  }

  /** Says which part it is in without repeating the secret. */
  private static void assertHasNone(String text, List<String> secrets) {
    for (String secret : secrets) {
      int at = text.indexOf(secret);
      if (at >= 0) {
        throw new AssertionError(
            "a secret follows: "
                + text.substring(Math.max(0, at - 120), at).replace('\n', ' ')
                + secret.substring(0, Math.min(6, secret.length()))
                + "…");
      }
    }
  }
}
