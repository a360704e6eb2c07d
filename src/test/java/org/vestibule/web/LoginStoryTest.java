package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Parameters;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RecordedRequest;

/** RFC 6749 section 4.1, figure 3, as a user and an authorization server see it. */
class LoginStoryTest {

  @Test
  void a_stranger_asks_for_a_page_signs_in_and_gets_it() throws Exception {
    try (Scene scene = Scene.with()) {
      Visitor jane = scene.visitor();

      // (A) Jane asks for her orders, and is sent to the provider. The server remembers nothing.
      MockHttpServletResponse redirection = jane.get("/orders?sort=date");
      URI location = URI.create(String.valueOf(redirection.getHeader("Location")));
      Parameters request = Parameters.parse(location.getRawQuery());
      assertThat(redirection.getStatus()).isEqualTo(302);
      assertThat(location.toString()).startsWith(scene.server().url(Endpoint.AUTHORIZATION));
      assertThat(request.names())
          .containsExactlyInAnyOrder(
              "response_type",
              "client_id",
              "redirect_uri",
              "scope",
              "state",
              "nonce",
              "code_challenge",
              "code_challenge_method");
      assertThat(request.get("response_type")).contains("code");
      assertThat(request.get("client_id")).contains(Houses.CLIENT_ID);
      assertThat(request.get("redirect_uri")).contains("http://localhost/app/oauth/callback");
      assertThat(request.get("scope")).contains("openid profile email");
      assertThat(request.get("code_challenge_method")).contains("S256");
      assertThat(jane.session()).isNull();
      assertThat(jane.cookies()).hasSize(1);
      assertThat(jane.served()).isEmpty();

      // (B) (C) The provider knows Jane, and sends her back with a code.
      String callback = jane.atProvider(redirection);
      Parameters response = Parameters.parse(URI.create(callback).getRawQuery());
      assertThat(response.get("state")).isEqualTo(request.get("state"));

      // (D) (E) The code is redeemed behind her back.
      MockHttpServletResponse arrival = jane.goTo(callback);
      RecordedRequest redeemed = scene.server().lastRequest(Endpoint.TOKEN);
      assertThat(redeemed.form().get("grant_type")).isEqualTo("authorization_code");
      assertThat(redeemed.form().get("code")).isEqualTo(response.get("code").orElseThrow());
      assertThat(redeemed.form().get("redirect_uri"))
          .isEqualTo(request.get("redirect_uri").orElseThrow());

      // She is where she wanted to go, as herself, and nothing of the login is left in her browser.
      assertThat(arrival.getStatus()).isEqualTo(303);
      assertThat(arrival.getHeader("Location")).isEqualTo("/app/orders?sort=date");
      assertThat(arrival.getHeader("Cache-Control")).isEqualTo("no-store");
      assertThat(jane.cookiesOfLogins()).isEmpty();
      assertThat(jane.follow(arrival).getContentAsString()).isEqualTo(Visitor.APPLICATION);
      assertThat(jane.lastServed().getRemoteUser()).isEqualTo("j.doe");
      assertThat(jane.lastServed().getUserPrincipal().getName()).isEqualTo("j.doe");
      assertThat(jane.lastServed().getAuthType()).isEqualTo("OAUTH");

      // Nobody else is.
      assertThat(jane.neighbour().get("/orders").getStatus()).isEqualTo(302);

      // She signs out, here and there.
      FormData token = FormData.of("csrf_token", csrfToken(jane));
      MockHttpServletResponse departure =
          jane.send(Requests.navigation("POST", "/oauth/logout?" + token.encoded()));
      assertThat(departure.getStatus()).isEqualTo(303);
      assertThat(departure.getHeader("Location"))
          .startsWith(scene.server().url(Endpoint.END_SESSION) + "?id_token_hint=");
      assertThat(scene.server().requests(Endpoint.REVOCATION)).isNotEmpty();
      assertThat(jane.follow(jane.follow(landing(jane, departure))).getStatus()).isEqualTo(200);
      assertThat(jane.get("/orders").getStatus()).isEqualTo(302);
    }
  }

  private static String csrfToken(Visitor visitor) throws Exception {
    return visitor
        .get("/oauth/session")
        .getContentAsString()
        .replaceFirst(".*\"csrf_token\":\"([^\"]+)\".*", "$1");
  }

  /** The provider sends her back to the page that says good-bye. */
  private static MockHttpServletResponse landing(
      Visitor visitor, MockHttpServletResponse departure) {
    MockHttpServletResponse landing = new MockHttpServletResponse();
    landing.setHeader("Location", visitor.atProvider(departure));
    return landing;
  }
}
