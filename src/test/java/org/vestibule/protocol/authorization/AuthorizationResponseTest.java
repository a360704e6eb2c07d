package org.vestibule.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

class AuthorizationResponseTest {

  private static AuthorizationResponse read(String query) {
    return AuthorizationResponse.read(Parameters.parse(query));
  }

  /** RFC 6749 section 4.1.2. */
  @Test
  void a_grant_is_read() {
    assertThat(read("code=SplxlOBeZQQYbYS6WxSbIA&state=xyz"))
        .isEqualTo(
            new AuthorizationResponse(
                Optional.of(Secret.of("xyz")),
                Optional.of(Secret.of("SplxlOBeZQQYbYS6WxSbIA")),
                Optional.empty(),
                Optional.empty()));
  }

  /** RFC 9207 section 2. */
  @Test
  void the_issuer_is_read() {
    assertThat(
            read("code=x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58"
                    + "&state=ZWVlNDBlYzA1NjdkMDNhYjg3ZjUxZjAyNGQzMTM2NzI"
                    + "&iss=https%3A%2F%2Fhonest.as.example")
                .issuer())
        .contains("https://honest.as.example");
  }

  /** RFC 6749 section 4.1.2.1. */
  @Test
  void a_refusal_is_read() {
    assertThat(read("error=access_denied&error_description=No+way&state=xyz").error())
        .contains(new OAuthError("access_denied", Optional.of("No way")));
  }

  /** CB-20: a code is opaque. */
  @Test
  void a_code_is_taken_as_it_is() {
    assertThat(read("code=a%2Bb%2Fc%3D%2525").code()).contains(Secret.of("a+b/c=%25"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "state=", "code=&state=&error=&iss="})
  void what_is_empty_is_absent(String query) {
    assertThat(read(query))
        .isEqualTo(
            new AuthorizationResponse(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** CB-21: "The client MUST ignore unrecognized response parameters" (section 4.1.2). */
  @Test
  void what_is_not_known_is_ignored_even_twice() {
    assertThat(read("code=c&state=s&session_state=a&authuser=0&x=1&x=2"))
        .isEqualTo(read("code=c&state=s"));
  }

  /** CB-07. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=good&code=evil&state=s",
        "code=c&code=c&state=s",
        "code=c&state=s&state=t",
        "code=c&state=s&%73tate=s",
        "code=c&state=s&state=",
        "code=c&state=s&iss=a&iss=b",
        "error=a&error=b&state=s",
        "error=a&error_description=b&error_description=c&state=s",
        "error=a&error_uri=b&error_uri=c&state=s"
      })
  @Provokes(Violation.CALLBACK_PARAMETER_REPEATED)
  void a_parameter_that_comes_twice_is_refused(String query) {
    assertFails(Violation.CALLBACK_PARAMETER_REPEATED, () -> read(query));
  }

  /** CB-06. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=c&state=s&access_token=evil",
        "code=c&state=s&id_token=evil",
        "state=s&response=evil",
        "code=c&state=s&access_token="
      })
  @Provokes(Violation.CALLBACK_CARRIES_TOKEN)
  void tokens_that_came_through_the_browser_are_refused(String query) {
    assertFails(Violation.CALLBACK_CARRIES_TOKEN, () -> read(query));
  }
}
