package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTokenTest {

  @Test
  void a_jws_has_three_parts() {
    List<byte[]> parts = CompactToken.split("eyJhbGciOiJSUzI1NiJ9.e30.c2ln").orElseThrow();

    assertThat(parts)
        .extracting(part -> new String(part, UTF_8))
        .containsExactly("{\"alg\":\"RS256\"}", "{}", "sig");
  }

  /** Among them an unsecured JWS, and a JWE with {@code dir}, which has no encrypted key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn",
        "eyJ-_-_-.-_-_.-_-_"
      })
  void what_was_split_is_joined_to_the_letter(String token) {
    assertThat(CompactToken.join(CompactToken.split(token).orElseThrow())).isEqualTo(token);
  }

  /** The last ones have bits, padding or lengths that no encoder makes and a decoder may pass. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SlAV32hkKG",
        "eyJhbGciOiJSUzI1NiJ9",
        "eyJhbGciOiJSUzI1NiJ9.e30",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln.c2ln",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln.c2ln.c2ln.c2ln.c2ln",
        "YWJj.e30.c2ln",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2l+",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln\n",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2lnZQ==",
        "eyJhbGciOiJSUzI1NiJ9.e31.c2ln",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2lnZ"
      })
  void anything_else_is_left_alone(String token) {
    assertThat(CompactToken.split(token)).isEmpty();
  }
}
