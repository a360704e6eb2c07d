package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

  private static final Config CONFIG =
      Configurations.config(
          Map.of("http.port", "8081", "empty", "", "nested", "${http.port}", "odd", "\\${b}"),
          Map.of("HTTPS_PORT", "8443"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "text text",
        "$ $",
        "a$b a$b",
        "${http.port} 8081",
        "a${http.port}b a8081b",
        "${https.port:1} 8443",
        "${nobody:9080} 9080",
        "${empty:9080} 9080",
        "${nobody:} ''",
        "${nobody:http://localhost:9080/} http://localhost:9080/",
        "${http.port}${nobody:/}${https.port} 8081/8443",
        "${nested} 8081",
        "${odd} ${b}"
      })
  void an_expression_is_replaced(String text, String resolved) {
    assertThat(Expressions.resolve(text, CONFIG)).contains(resolved);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${nobody}", "${empty}", "${", "a${b", "${}", "${:a}", "${a${http.port}}", "$${"})
  void what_cannot_be_resolved_is_empty(String text) {
    assertThat(Expressions.resolve(text, CONFIG)).isEmpty();
  }
}
