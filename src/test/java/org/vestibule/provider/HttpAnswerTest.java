package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.Claims;

class HttpAnswerTest {

  private static HttpAnswer answer(String contentType, String body) {
    return HttpAnswer.of(200, contentType, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=UTF-8",
        "Application/JSON ; charset=utf-8",
        "application/jwk-set+json",
        "application/problem+json"
      })
  void json_is_what_is_declared_to_be(String contentType) {
    assertThat(answer(contentType, "{\"a\":\"é\"}").json()).contains(new Claims(Map.of("a", "é")));
  }

  /** TK-09. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/html",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/jwt",
        "application/javascript",
        "text/html; application/json",
        "application/x-www-form-urlencoded"
      })
  void what_is_declared_to_be_anything_else_is_not_read(String contentType) {
    assertThat(answer(contentType, "{\"a\":\"b\"}").json()).isEmpty();
  }

  @Test
  void what_is_declared_and_is_not_json_is_none() {
    assertThat(answer("application/json", "<html>").json()).isEmpty();
    assertThat(answer("application/json", "[{}]").json()).isEmpty();
    assertThat(answer("application/json", "").json()).isEmpty();
  }

  @Test
  void bytes_that_are_not_utf_8_are_none() {
    HttpAnswer answer =
        HttpAnswer.of(200, "application/json", new byte[] {'{', '"', (byte) 0xe9, '"', ':'});

    assertThat(answer.body()).isEmpty();
    assertThat(answer.json()).isEmpty();
  }

  @Test
  void nothing_of_the_body_is_printed() {
    assertThat(answer("application/json; charset=utf-8", "{\"access_token\":\"secret\"}"))
        .hasToString("200 application/json, 25 characters");
  }
}
