package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void an_object_is_read_into_plain_values() {
    assertThat(
            Json.read(
                """
                {"text":"\\u00fc\\n","number":3600,"fraction":1.5,"yes":true,"no":false,
                 "nothing":null,"list":["a",1,null,["b"]],"object":{"a":{"b":"c"}},"":"empty"}
                """))
        .isEqualTo(
            Map.of(
                "text",
                "ü\n",
                "number",
                3600L,
                "fraction",
                new BigDecimal("1.5"),
                "yes",
                true,
                "no",
                false,
                "list",
                List.of("a", 1L, List.of("b")),
                "object",
                Map.of("a", Map.of("b", "c")),
                "",
                "empty"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, -1",
    "-0, 0",
    "1e3, 1000",
    "1.0e1, 10",
    "999999999999999999, 999999999999999999"
  })
  void a_whole_number_is_a_long(String json, long number) {
    assertThat(Json.read("{\"n\":" + json + "}")).containsEntry("n", number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e300", "-1e-300", "9223372036854775808", "0.0"})
  void any_other_number_is_decimal(String json) {
    assertThat(Json.read("{\"n\":" + json + "}")).containsEntry("n", new BigDecimal(json));
  }

  /** TK-10. */
  static Stream<String> hostile() {
    return Stream.of(
        "",
        " ",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{\"access_token\":\"a\"}]",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":\"b",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1}x",
        "{\"a\":1}]",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":0x10}",
        "{\"a\":1e999999999}",
        "{\"a\":1e-999999999}",
        "{\"a\":1e99999999999999}",
        "{\"a\":" + "9".repeat(100_000) + "}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":null,\"a\":2}",
        "{\"o\":{\"a\":1,\"a\":2}}",
        "{\"l\":[{\"a\":1,\"a\":2}]}",
        "\ufeff{\"a\":1}",
        "// comment\n{}",
        "{\"a\":1/**/}",
        "<html>{}</html>",
        "{\"a\":".repeat(100_000),
        "{\"a\":" + "[".repeat(100_000),
        "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}",
        "{\"a\":[" + "1,".repeat(20_000) + "1]}");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void what_is_not_one_decent_object_is_refused(String json) {
    assertThatThrownBy(() -> Json.read(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytes_are_utf_8_and_nothing_else() {
    assertThat(Json.read("{\"a\":\"€\"}".getBytes(UTF_8))).containsEntry("a", "€");
    assertThatThrownBy(() -> Json.read("{\"a\":1}".getBytes(UTF_16LE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.read(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Json.read(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_large_honest_object_is_read() {
    Map<String, Object> claims =
        Map.of(
            "groups",
            IntStream.range(0, 5_000).mapToObj(i -> "group-" + i).collect(Collectors.toList()));

    assertThat(Json.read(Json.write(claims))).isEqualTo(claims);
  }

  @Test
  void what_was_read_cannot_be_changed() {
    Map<String, Object> object = Json.read("{\"list\":[\"a\"],\"object\":{\"a\":\"b\"}}");

    assertThat(object).isUnmodifiable();
    assertThat((List<?>) object.get("list")).isUnmodifiable();
    assertThat((Map<?, ?>) object.get("object")).isUnmodifiable();
  }

  @Test
  void what_was_written_is_read_again() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "\"\\\u0000\u2028</script>é😀");
    object.put("number", Long.MAX_VALUE / 100);
    object.put("fraction", new BigDecimal("1.50"));
    object.put("yes", true);
    object.put("list", List.of("a", List.of(1L), Map.of("b", "c")));
    object.put("object", Map.of());

    assertThat(Json.read(Json.write(object))).isEqualTo(object);
  }

  @Test
  void members_keep_their_order_and_a_set_is_a_list() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("b", Set.of("x"));
    object.put("a", 1L);

    assertThat(Json.write(object)).isEqualTo("{\"b\":[\"x\"],\"a\":1}");
  }
}
