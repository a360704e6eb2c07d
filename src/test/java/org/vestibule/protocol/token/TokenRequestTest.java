package org.vestibule.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.Granted;

class TokenRequestTest {

  /** RFC 6749 section 4.1.3. */
  @Test
  void a_code_is_redeemed_with_the_redirection_uri_that_it_was_asked_for_with() {
    TokenRequest request =
        new TokenRequest.AuthorizationCode(Granted.of(Scope.parse("read"), Optional.empty()));

    assertThat(request.parameters().encode())
        .isEqualTo(
            "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA"
                + "&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb");
    assertThat(request.requested()).isEqualTo(Scope.parse("read"));
    assertThat(request.wantsIdToken()).isFalse();
  }

  /** RFC 7636 section 4.5. */
  @Test
  void with_pkce_the_verifier_is_shown() {
    TokenRequest request = new TokenRequest.AuthorizationCode(Granted.of(Scope.parse("openid")));

    assertThat(request.parameters().get("code_verifier"))
        .contains("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assertThat(request.wantsIdToken()).isTrue();
  }

  /** RFC 6749 section 6; RF-06: no scope is asked for, so that none is gained. */
  @Test
  void a_refresh_asks_for_what_there_was() {
    TokenRequest request =
        new TokenRequest.RefreshToken(
            Secret.of("tGzv3JOkF0XG5Qx2TlKWIA"), Scope.parse("openid read"));

    assertThat(request.parameters().encode())
        .isEqualTo("grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA");
    assertThat(request.requested()).isEqualTo(Scope.parse("openid read"));
    assertThat(request.wantsIdToken()).isFalse();
  }
}
