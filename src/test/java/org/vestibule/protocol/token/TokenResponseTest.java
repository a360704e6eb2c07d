package org.vestibule.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.protocol.OAuthError;

class TokenResponseTest {

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, false",
    "401, invalid_client, false",
    "403, invalid_grant, false",
    "200, invalid_request, false",
    "500, unknown, true",
    "503, temporarily_unavailable, true",
    "429, slow_down, true",
    "408, unknown, true",
    "400, temporarily_unavailable, true",
    "400, server_error, true"
  })
  void trouble_of_the_server_passes_and_trouble_with_the_request_does_not(
      int status, String error, boolean isTransient) {
    TokenResponse.Refused refused = new TokenResponse.Refused(status, OAuthError.of(error));

    assertThat(refused.isTransient()).isEqualTo(isTransient);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_client, true, false",
    "401, anything, true, false",
    "400, unauthorized_client, true, false",
    "401, invalid_grant, false, true",
    "400, invalid_grant, false, true",
    "400, invalid_request, false, false"
  })
  void a_refusal_is_about_the_client_or_what_it_brings(
      int status, String error, boolean isOfClient, boolean isOfGrant) {
    TokenResponse.Refused refused = new TokenResponse.Refused(status, OAuthError.of(error));

    assertThat(refused.isOfClient()).isEqualTo(isOfClient);
    assertThat(refused.isOfGrant()).isEqualTo(isOfGrant);
  }
}
