package org.vestibule.protocol.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.protocol.token.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static org.vestibule.protocol.token.ClientAuthenticationMethod.CLIENT_SECRET_POST;
import static org.vestibule.protocol.token.ClientAuthenticationMethod.NONE;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;

class ClientAuthenticationMethodTest {

  private static final Parameters FORM = Parameters.empty().with("grant_type", "refresh_token");
  private static final ClientCredentials CONFIDENTIAL = client("gX1fBat3bV");
  private static final ClientCredentials PUBLIC =
      new ClientCredentials("s6BhdRkqt3", Optional.empty());

  private static ClientCredentials client(String secret) {
    return new ClientCredentials("s6BhdRkqt3", Optional.of(Secret.of(secret)));
  }

  private static String header(ClientCredentials client) {
    return CLIENT_SECRET_BASIC.authenticate(client, FORM).authorization().orElseThrow().value();
  }

  /** RFC 6749 section 2.3.1. */
  @Test
  void basic_is_that_of_the_specification_and_leaves_the_form_alone() {
    AuthenticatedForm request =
        CLIENT_SECRET_BASIC.authenticate(client("7Fjfp0ZBr1KtDRbnfVdmIw"), FORM);

    assertThat(request.authorization())
        .contains(Secret.of("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"));
    assertThat(request.form()).isEqualTo(FORM);
  }

  /** TK-04: RFC 6749 appendix B. */
  @ParameterizedTest
  @CsvSource({
    "a:b+c%d é, a%3Ab%2Bc%25d+%C3%A9",
    "£€, %C2%A3%E2%82%AC",
    "p$x\\y\"z, p%24x%5Cy%22z",
    "-._*~, -._*%7E"
  })
  void basic_encodes_what_a_header_would_mangle(String secret, String encoded) {
    byte[] pair = Base64.getDecoder().decode(header(client(secret)).substring("Basic ".length()));

    assertThat(new String(pair, UTF_8)).isEqualTo("s6BhdRkqt3:" + encoded);
  }

  @Test
  void a_client_identifier_with_a_colon_is_encoded_too() {
    ClientCredentials client =
        new ClientCredentials("https://client:1", Optional.of(Secret.of("s")));
    byte[] pair = Base64.getDecoder().decode(header(client).substring("Basic ".length()));

    assertThat(new String(pair, UTF_8)).isEqualTo("https%3A%2F%2Fclient%3A1:s");
  }

  @Test
  void post_puts_both_into_the_form_and_nothing_into_a_header() {
    AuthenticatedForm request = CLIENT_SECRET_POST.authenticate(CONFIDENTIAL, FORM);

    assertThat(request.form().encode())
        .isEqualTo("grant_type=refresh_token&client_id=s6BhdRkqt3&client_secret=gX1fBat3bV");
    assertThat(request.authorization()).isEmpty();
  }

  @Test
  void a_public_client_says_who_it_is() {
    AuthenticatedForm request = NONE.authenticate(PUBLIC, FORM);

    assertThat(request.form().encode()).isEqualTo("grant_type=refresh_token&client_id=s6BhdRkqt3");
    assertThat(request.authorization()).isEmpty();
  }

  @Test
  void basic_is_chosen_unless_only_post_is_announced() {
    assertThat(ClientAuthenticationMethod.choose(CONFIDENTIAL, Set.of()))
        .isEqualTo(CLIENT_SECRET_BASIC);
    assertThat(
            ClientAuthenticationMethod.choose(
                CONFIDENTIAL, Set.of("client_secret_post", "client_secret_basic")))
        .isEqualTo(CLIENT_SECRET_BASIC);
    assertThat(
            ClientAuthenticationMethod.choose(
                CONFIDENTIAL, Set.of("client_secret_post", "private_key_jwt")))
        .isEqualTo(CLIENT_SECRET_POST);
    assertThat(ClientAuthenticationMethod.choose(CONFIDENTIAL, Set.of("none")))
        .isEqualTo(CLIENT_SECRET_BASIC);
    assertThat(ClientAuthenticationMethod.choose(PUBLIC, Set.of("client_secret_basic")))
        .isEqualTo(NONE);
  }

  @Test
  void methods_have_their_registered_names() {
    for (ClientAuthenticationMethod method : ClientAuthenticationMethod.values()) {
      assertThat(ClientAuthenticationMethod.named(method.registeredName())).contains(method);
    }
    assertThat(ClientAuthenticationMethod.named("Client_Secret_Basic")).isEmpty();
    assertThat(CLIENT_SECRET_BASIC.registeredName()).isEqualTo("client_secret_basic");
    assertThat(CLIENT_SECRET_POST.registeredName()).isEqualTo("client_secret_post");
    assertThat(NONE.registeredName()).isEqualTo("none");
  }

  @Test
  void a_secret_is_needed_by_those_that_send_one() {
    assertThat(CLIENT_SECRET_BASIC.needsSecret()).isTrue();
    assertThat(CLIENT_SECRET_POST.needsSecret()).isTrue();
    assertThat(NONE.needsSecret()).isFalse();
  }
}
