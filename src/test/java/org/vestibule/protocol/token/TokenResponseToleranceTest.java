package org.vestibule.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenResponseToleranceTest {

  @ParameterizedTest
  @CsvSource({
    "form-encoded, FORM_ENCODED",
    "missing-token-type, MISSING_TOKEN_TYPE",
    "odd-token-type, ODD_TOKEN_TYPE",
    "any-content-type, ANY_CONTENT_TYPE",
    "any-success-status, ANY_SUCCESS_STATUS"
  })
  void a_tolerance_has_its_word(String word, TokenResponseTolerance tolerance) {
    assertThat(tolerance.word()).isEqualTo(word);
    assertThat(TokenResponseTolerance.of(word)).contains(tolerance);
  }

  @Test
  void other_words_are_none() {
    assertThat(TokenResponseTolerance.of("FORM_ENCODED")).isEmpty();
    assertThat(TokenResponseTolerance.of("")).isEmpty();
  }
}
