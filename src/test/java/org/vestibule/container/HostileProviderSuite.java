package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.Jws;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** The same, and a provider that answers what it must not, sends elsewhere, or does not answer. */
abstract class HostileProviderSuite extends HostileSuite {

  /** TK-16: of what a provider answers with a defect, nothing is kept and nothing is used. */
  @Test
  void no_defective_answer_of_the_provider_signs_anybody_in() {
    DefectiveAnswers.tokens()
        .forEach(
            (name, defect) -> {
              assertSignsNobodyIn(name, defect);
              assertThat(PROVIDER.requests(Endpoint.USERINFO)).as(name).isEmpty();
              assertThat(PROVIDER.requests(Endpoint.OTHER)).as(name).isEmpty();
            });
    DefectiveAnswers.userInfo().forEach(this::assertSignsNobodyIn);

    signedIn();
  }

  private void assertSignsNobodyIn(String name, Consumer<AuthorizationServer> defect) {
    PROVIDER.forgetRequests();
    Visitor visitor = Visitor.of(deployment);
    FormData response = response(visitor);
    defect.accept(PROVIDER);
    try {
      RawResponse answer = comeBack(visitor, response);

      assertThat(answer.status()).as(name).isIn(400, 502);
      assertNeutralPage(answer);
      assertThat(visitor.hasSession()).as(name).isFalse();
      assertThat(visitor.isSignedIn()).as(name).isFalse();
      assertThat(PROVIDER.requests(Endpoint.TOKEN)).as(name).hasSize(1);
    } finally {
      DefectiveAnswers.none(PROVIDER);
    }
  }

  /** TK-02, TK-23: neither codes nor tokens nor credentials go where a redirection points. */
  @Test
  void no_redirection_of_the_provider_is_followed() {
    try (AuthorizationServer canary = AuthorizationServer.start(c -> {})) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        Answer redirection = Answer.redirect(status, canary.url(Endpoint.OTHER));
        for (Endpoint endpoint : List.of(Endpoint.TOKEN, Endpoint.USERINFO)) {
          assertSignsNobodyIn(
              endpoint + " " + status, provider -> provider.on(endpoint).once(redirection));
        }
        Visitor visitor = signedIn();
        PROVIDER.on(Endpoint.REVOCATION).always(redirection);
        visitor.browser().submit(visitor.get("/oauth/logout"));
        DefectiveAnswers.none(PROVIDER);

        assertThat(visitor.isSignedIn()).isFalse();
      }
      assertThat(canary.requests()).isEmpty();
    }
  }

  /** LO-10, JW-05: whoever knows the address of it may post to it. */
  @Test
  void forged_logout_tokens_end_nothing_and_cost_next_to_nothing() {
    Visitor jane = signedIn();
    PROVIDER.forgetRequests();
    Map<String, Object> claims =
        Jws.claims(PROVIDER.logoutToken(Application.CLIENT_ID, c -> c.put("sub", User.JANE.sub())));
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String token =
          Jws.sign(DefectiveAnswers.FOREIGN.withKid("forged-" + i), "logout+jwt", claims);
      RawResponse answer =
          jane.stranger()
              .request("POST", "/oauth/backchannel-logout")
              .form(FormData.of("logout_token", token))
              .send();
      answers.add(answer.status() + answer.body());
      assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    assertThat(answers).containsExactly("400{\"error\":\"invalid_request\"}");
    assertThat(jane.stranger().get("/oauth/backchannel-logout").status()).isEqualTo(405);
    assertThat(PROVIDER.requests()).hasSizeLessThanOrEqualTo(2);
    assertThat(jane.isSignedIn()).isTrue();
  }
}
