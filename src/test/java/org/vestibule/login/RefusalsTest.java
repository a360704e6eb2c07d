package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.token.TokenResponse;

class RefusalsTest {

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, REFRESH_REFUSED",
    "401, invalid_grant, REFRESH_REFUSED",
    "403, invalid_grant, REFRESH_REFUSED",
    "200, bad_verification_code, REFRESH_REFUSED",
    "400, invalid_client, CLIENT_REFUSED",
    "401, invalid_client, CLIENT_REFUSED",
    "400, unauthorized_client, CLIENT_REFUSED",
    "200, incorrect_client_credentials, CLIENT_REFUSED",
    "401, status_401, CLIENT_REFUSED",
    "500, status_500, UNEXPECTED_STATUS",
    "503, temporarily_unavailable, UNEXPECTED_STATUS",
    "429, status_429, UNEXPECTED_STATUS",
    "400, server_error, UNEXPECTED_STATUS",
    "400, invalid_request, TOKEN_REFUSED",
    "400, unsupported_grant_type, TOKEN_REFUSED",
    "200, unknown, TOKEN_REFUSED",
    "404, status_404, TOKEN_REFUSED"
  })
  void a_refusal_says_what_is_to_be_done_about_it(
      int status, String error, ProviderTrouble trouble) {
    TokenResponse.Refused refused = new TokenResponse.Refused(status, OAuthError.of(error));

    assertThat(Refusals.of(refused, ProviderTrouble.REFRESH_REFUSED).failure()).isEqualTo(trouble);
  }

  @Test
  void the_message_has_what_the_server_said() {
    TokenResponse.Refused refused =
        new TokenResponse.Refused(400, new OAuthError("invalid_scope", Optional.of("No.")));

    assertThat(Refusals.of(refused, ProviderTrouble.CODE_REFUSED))
        .hasMessageContaining("(status 400, invalid_scope (No.))");
  }
}
