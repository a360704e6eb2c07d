package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthErrorTest {

  @Test
  void code_and_description_are_printed() {
    assertThat(OAuthError.of("access_denied")).hasToString("access_denied");
    assertThat(new OAuthError("access_denied", Optional.of("The user said no.")))
        .hasToString("access_denied (The user said no.)");
    assertThat(OAuthError.of("access_denied").is("access_denied")).isTrue();
    assertThat(OAuthError.of("access_denied").is("server_error")).isFalse();
  }

  @Test
  void an_error_without_a_code_is_unknown() {
    assertThat(OAuthError.of("").error()).isEqualTo("unknown");
  }

  /** RFC 6749 section 4.1.2.1, and the words of LinkedIn. */
  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "user_cancelled_login", "user_cancelled_authorize"})
  void a_user_who_says_no_is_understood(String code) {
    assertThat(OAuthError.of(code).isDenial()).isTrue();
    assertThat(OAuthError.of("invalid_scope").isDenial()).isFalse();
  }

  /** RFC 6749 appendix A.7 and A.8. */
  @Test
  void only_the_characters_of_the_specification_remain() {
    OAuthError error = new OAuthError("a\r\n\"b\\", Optional.of("<ü>\u0000\u202e"));

    assertThat(error.error()).isEqualTo("a???b?");
    assertThat(error.description()).contains("<?>??");
  }

  @Test
  void a_flood_is_cut() {
    OAuthError error = new OAuthError("e".repeat(9_999), Optional.of("no! ".repeat(9_999)));

    assertThat(error.error()).hasSize(80);
    assertThat(error.description().orElseThrow()).hasSize(300);
  }

  /** LG-01. */
  @ParameterizedTest
  @ValueSource(
      strings = {"SplxlOBeZQQYbYS6WxSbIA", "tGzv3JOkF0XG5Qx2TlKWIA", "eyJhbGciOiJSUzI1NiJ9.e30"})
  void a_code_or_token_that_is_quoted_is_not_repeated(String secret) {
    OAuthError error =
        new OAuthError("invalid_grant", Optional.of("Invalid authorization code: " + secret + "!"));

    assertThat(error).hasToString("invalid_grant (Invalid authorization code: ***!)");
  }
}
