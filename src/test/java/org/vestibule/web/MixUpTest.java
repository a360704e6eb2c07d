package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.RawBrowser;

/** RFC 9700 section 4.4: two providers with one redirection URI, of which one is not honest. */
class MixUpTest {

  private final AuthorizationServer honest =
      AuthorizationServer.start(c -> c.client(Houses.CLIENT_ID, Houses.CLIENT_SECRET));

  /** Says nothing about itself in its responses, and never promised to. */
  private final AuthorizationServer hostile =
      AuthorizationServer.start(
          c ->
              c.client(Houses.CLIENT_ID, Houses.CLIENT_SECRET)
                  .without(Feature.ISS_PARAMETER, Feature.ISS_PARAMETER_ADVERTISED));

  private final Visitor visitor =
      new Visitor(
          Houses.usual(
              "providers", "honest,hostile",
              "provider.honest.issuer", honest.issuer(),
              "provider.hostile.issuer", hostile.issuer()));
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
    honest.close();
    hostile.close();
  }

  private String callback(String provider) {
    return visitor.atProvider(visitor.get("/oauth/login?provider=" + provider));
  }

  private static Parameters query(String address) {
    return Parameters.parse(address.substring(address.indexOf('?') + 1));
  }

  private void assertNobodyIsToldOf(String code) {
    for (AuthorizationServer server : List.of(honest, hostile)) {
      assertThat(server.requests(Endpoint.TOKEN))
          .noneMatch(request -> request.body().contains(code));
    }
    assertThat(visitor.session()).isNull();
  }

  @Test
  @Provokes(Violation.ISSUER_MISMATCH)
  void a_provider_that_passes_the_browser_on_does_not_get_the_code_of_the_other() {
    hostile
        .on(Endpoint.AUTHORIZATION)
        .always(
            (request, regular) ->
                Answer.redirect(
                    302, honest.url(Endpoint.AUTHORIZATION) + "?" + request.query().encoded()));
    String passedOn = callback("hostile");
    assertThat(passedOn).startsWith(honest.url(Endpoint.AUTHORIZATION));
    String callback = new RawBrowser().get(passedOn).location();
    String code = query(callback).get("code").orElseThrow();

    MockHttpServletResponse answer = visitor.goTo(callback);

    assertThat(answer.getStatus()).isEqualTo(400);
    assertReported(Violation.ISSUER_MISMATCH, logs.text());
    assertNobodyIsToldOf(code);
  }

  @Test
  @Provokes(Violation.ISSUER_MISMATCH)
  void an_answer_does_not_belong_to_the_login_at_the_other_provider() {
    Parameters ofHonest = query(callback("honest"));
    Parameters ofHostile = query(callback("hostile"));
    String code = ofHonest.get("code").orElseThrow();

    MockHttpServletResponse answer =
        visitor.get(
            "/oauth/callback?"
                + Parameters.empty()
                    .with("code", code)
                    .with("state", ofHostile.get("state").orElseThrow())
                    .with("iss", honest.issuer())
                    .encode());

    assertThat(answer.getStatus()).isEqualTo(400);
    assertReported(Violation.ISSUER_MISMATCH, logs.text());
    assertNobodyIsToldOf(code);
  }

  @Test
  void each_code_goes_to_its_own_provider() {
    visitor.goTo(callback("honest"));
    Visitor other = visitor.neighbour();
    other.goTo(other.atProvider(other.get("/oauth/login?provider=hostile")));

    assertThat(honest.requests(Endpoint.TOKEN)).hasSize(1);
    assertThat(hostile.requests(Endpoint.TOKEN)).hasSize(1);
    assertThat(honest.lastRequest(Endpoint.TOKEN).form().get("code"))
        .isNotEqualTo(hostile.lastRequest(Endpoint.TOKEN).form().get("code"));
  }
}
