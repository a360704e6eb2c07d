package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.provider.Json;
import org.vestibule.testing.ClientKeys;

class JwksServletTest {

  private static final String KEY_FILE =
      ClientKeys.file(ClientKeys.pem(ClientKeys.rsa(2048))).toString();

  private static List<?> keys(String... settings) throws Exception {
    MockHttpServletResponse response = new Visitor(Houses.usual(settings)).get("/oauth/jwks");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).startsWith("application/jwk-set+json");
    return (List<?>) Json.read(response.getContentAsString()).get("keys");
  }

  /** RFC 7517 section 5. */
  @Test
  void the_public_half_of_the_clients_key_is_there_for_everybody() throws Exception {
    List<?> keys = keys("client-key-file", KEY_FILE, "client-key-id", "k1", "client-secret", "");

    assertThat(keys).hasSize(1);
    assertThat(((Map<?, ?>) keys.get(0)).keySet())
        .map(Object::toString)
        .containsExactlyInAnyOrder("kty", "n", "e", "use", "alg", "kid");
  }

  @Test
  void without_a_key_of_its_own_a_client_has_none_to_show() throws Exception {
    assertThat(keys()).isEmpty();
  }

  /** Apple has the key already. */
  @Test
  void a_key_that_only_makes_secrets_is_not_shown() throws Exception {
    assertThat(
            keys(
                "client-key-file", KEY_FILE,
                "client-team-id", "ABCDE12345",
                "client-authentication", "client_secret_post",
                "client-secret", ""))
        .isEmpty();
  }
}
