package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  /** RFC 6749 appendix B. */
  @Test
  void the_example_of_the_specification_is_encoded_to_the_letter() {
    Parameters parameters = Parameters.empty().with("value", " %&+£€");

    assertThat(parameters.encode()).isEqualTo("value=+%25%26%2B%C2%A3%E2%82%AC");
    assertThat(Parameters.parse(parameters.encode())).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "a=b, a, b",
    "a=b=c, a, b=c",
    "a=b+c, a, b c",
    "a=b%20c, a, b c",
    "a=%E2%82%ac, a, €",
    "x=1&a=b, a, b",
    "&&a=b&, a, b",
    "%61=b, a, b",
    "a=b;c=d, a, b;c=d"
  })
  void a_query_is_read(String encoded, String name, String value) {
    assertThat(Parameters.parse(encoded).get(name)).contains(value);
  }

  /** RFC 6749 section 3.1: "Parameters sent without a value MUST be treated as if omitted". */
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=", "a=&b=c", "A=b", "a[]=b"})
  void a_parameter_without_value_is_absent(String encoded) {
    assertThat(Parameters.parse(encoded).get("a")).isEmpty();
  }

  /** CB-20. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a=%", "a=%2", "a=%zz", "a=%-1", "a=%C3", "a=%FF", "a=%C0%80", "a=%ED%A0%80", "%"})
  void what_is_broken_is_refused(String encoded) {
    assertThatThrownBy(() -> Parameters.parse(encoded))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void repetitions_are_kept_to_be_refused() {
    Parameters parameters = Parameters.parse("code=good&x=1&x=2&state=s&code=evil");

    assertThat(parameters.get("code")).contains("good");
    assertThat(parameters.names()).containsExactly("code", "x", "state");
    assertThat(parameters.firstRepeated(Set.of("code", "state"))).contains("code");
    assertThat(parameters.firstRepeated(Set.of("state"))).isEmpty();
    assertThat(Parameters.parse("a=&a=b").firstRepeated(Set.of("a"))).contains("a");
  }

  @Test
  void parameters_are_added_to_a_copy() {
    Parameters one = Parameters.empty().with("a", "1");
    Parameters more =
        one.with("b", Optional.of("2"))
            .with("c", Optional.empty())
            .with(Parameters.empty().with("d", "4"));

    assertThat(one.encode()).isEqualTo("a=1");
    assertThat(more.encode()).isEqualTo("a=1&b=2&d=4");
    assertThat(more.contains("b")).isTrue();
    assertThat(more.contains("c")).isFalse();
    assertThat(Parameters.empty().isEmpty()).isTrue();
    assertThat(one.isEmpty()).isFalse();
  }

  @Test
  void parameters_with_the_same_content_are_equal() {
    assertThat(Parameters.parse("a=1&b=2"))
        .isEqualTo(Parameters.empty().with("a", "1").with("b", "2"))
        .hasSameHashCodeAs(Parameters.parse("a=1&b=2"))
        .isNotEqualTo(Parameters.parse("b=2&a=1"));
  }

  @Test
  void only_the_names_are_printed() {
    assertThat(Parameters.parse("code=SplxlOBeZQQYbYS6WxSbIA&state=xyz"))
        .hasToString("[code, state]");
  }

  @Test
  void what_stands_at_the_very_beginning_is_read_like_the_rest() {
    assertThat(Parameters.parse("%41=%42&+c=+d").encode()).isEqualTo("A=B&+c=+d");
    assertThat(Parameters.parse("+c=x").get(" c")).contains("x");
    assertThat(Parameters.parse("a=+").get("a")).contains(" ");
    assertThat(Parameters.parse("=x").get("")).contains("x");
    assertThat(Parameters.parse("=x").get("=x")).isEmpty();
  }
}
