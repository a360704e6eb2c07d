package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsTest {

  private static Claims claims(String name, Object value) {
    return new Claims(Map.of(name, value));
  }

  static Stream<Object> valuesThatAreNoText() {
    return Stream.of(1L, true, new BigDecimal("1.5"), List.of("a"), Map.of("a", "b"));
  }

  @ParameterizedTest
  @MethodSource("valuesThatAreNoText")
  void a_text_of_another_type_is_as_if_it_were_missing(Object value) {
    assertThat(claims("sub", value).string("sub")).isEmpty();
    assertThat(claims("sub", value).has("sub")).isTrue();
  }

  @Test
  void a_numeric_date_may_have_a_fraction() {
    assertThat(claims("exp", 1_300_819_380L).instant("exp"))
        .contains(Instant.parse("2011-03-22T18:43:00Z"));
    assertThat(claims("exp", new BigDecimal("1300819380.9")).instant("exp"))
        .contains(Instant.parse("2011-03-22T18:43:00Z"));
    assertThat(claims("exp", 253_402_300_799L).instant("exp"))
        .contains(Instant.parse("9999-12-31T23:59:59Z"));
  }

  static Stream<Object> valuesThatAreNoDate() {
    return Stream.of(
        -1L,
        253_402_300_800L,
        Long.MAX_VALUE,
        new BigDecimal("1e300"),
        new BigDecimal("-0.5"),
        "1300819380",
        "2011-03-22T18:43:00Z",
        true,
        List.of(1_300_819_380L),
        Map.of("seconds", 1_300_819_380L));
  }

  @ParameterizedTest
  @MethodSource("valuesThatAreNoDate")
  void what_is_no_date_of_this_era_is_none(Object value) {
    assertThat(claims("exp", value).instant("exp")).isEmpty();
  }

  @Test
  void one_text_is_a_list_of_one_and_a_mixed_list_is_none() {
    assertThat(claims("aud", "s6BhdRkqt3").strings("aud")).containsExactly("s6BhdRkqt3");
    assertThat(claims("aud", List.of("a", "b")).strings("aud")).containsExactly("a", "b");
    assertThat(claims("aud", List.of("a", 1L)).strings("aud")).isEmpty();
    assertThat(claims("aud", Map.of("a", "b")).strings("aud")).isEmpty();
    assertThat(Claims.NONE.strings("aud")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "groups, staff",
    "realm_access/roles, admin",
    "resource_access/https://portal.example.com/app/roles, editor",
    "https://example.com/roles, reader",
    "a/b, literal"
  })
  void a_path_leads_through_objects_and_past_slashes_in_names(String path, String role) {
    Claims claims =
        new Claims(
            Map.of(
                "groups", List.of("staff"),
                "realm_access", Map.of("roles", List.of("admin")),
                "resource_access",
                    Map.of("https://portal.example.com/app", Map.of("roles", List.of("editor"))),
                "https://example.com/roles", "reader",
                "a/b", "literal",
                "a", Map.of("b", "nested")));

    assertThat(claims.stringsAt(path)).containsExactly(role);
  }

  @ParameterizedTest
  @CsvSource({"a", "a/b", "a/b/c/d", "x/y", "/", "a/", "''"})
  void a_path_that_leads_nowhere_has_no_texts(String path) {
    Claims claims = claims("a", Map.of("b", Map.of("c", "deep")));

    assertThat(claims.stringsAt(path)).isEmpty();
  }

  @Test
  void whatever_stands_at_a_path_is_found() {
    Claims claims = claims("data", Map.of("id", 1L));

    assertThat(claims.valueAt("data/id")).contains(1L);
    assertThat(claims.valueAt("data/name")).isEmpty();
  }

  @Test
  void the_first_source_of_a_claim_wins() {
    Claims idToken = new Claims(Map.of("sub", "1", "name", "Jane"));
    Claims userInfo = new Claims(Map.of("name", "Eve", "email", "janedoe@example.com"));

    assertThat(idToken.completedBy(userInfo).members())
        .isEqualTo(Map.of("sub", "1", "name", "Jane", "email", "janedoe@example.com"));
  }

  @Test
  void claims_cannot_be_changed_afterwards() {
    Map<String, Object> members = new HashMap<>(Map.of("sub", "1"));
    Claims claims = new Claims(members);
    members.put("sub", "2");

    assertThat(claims.string("sub")).contains("1");
    assertThatThrownBy(() -> claims.members().put("sub", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void only_the_names_are_printed() {
    assertThat(claims("email", "janedoe@example.com")).hasToString("Claims[email]");
  }
}
