package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationRequirementTest {

  private static AuthenticationRequirement of(String acrValues, String maxAge) {
    return new AuthenticationRequirement(
        Arrays.stream(acrValues.split(" ")).filter(acr -> !acr.isEmpty()).toList(),
        maxAge.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(maxAge)));
  }

  @Test
  void both_are_met_by_the_common_classes_and_the_shorter_age() {
    AuthenticationRequirement both =
        of("gold platinum silver", "PT5M").and(of("silver gold", "PT1M"));

    assertThat(both.acrValues()).containsExactly("gold", "silver");
    assertThat(both.maxAge()).contains(Duration.ofMinutes(1));
    assertThat(of("", "PT1M").and(of("", "PT5M")).maxAge()).contains(Duration.ofMinutes(1));
  }

  @Test
  void what_one_does_not_ask_for_the_other_does() {
    assertThat(of("gold", "").and(of("", "PT5M"))).isEqualTo(of("gold", "PT5M"));
    assertThat(of("", "PT5M").and(of("gold", ""))).isEqualTo(of("gold", "PT5M"));
    assertThat(of("gold", "PT5M").and(AuthenticationRequirement.NONE))
        .isEqualTo(of("gold", "PT5M"));
  }

  @Test
  void classes_without_a_common_one_contradict_each_other() {
    assertThat(of("gold", "").contradicts(of("silver", ""))).isTrue();
    assertThat(of("gold silver", "").contradicts(of("silver", ""))).isFalse();
    assertThat(of("", "PT5M").contradicts(of("silver", ""))).isFalse();
    assertThat(of("gold", "").contradicts(of("", "PT1M"))).isFalse();
  }

  @Test
  void what_is_repeated_in_headers_is_one_word() {
    assertThat(List.of("urn:mace:incommon:iap:silver", "1", "a/b?c=d"))
        .allMatch(AuthenticationRequirement::isToken);
    assertThat(List.of("", "a b", "a\"b", "a\\b", "a\r\nb", "ä"))
        .noneMatch(AuthenticationRequirement::isToken);
  }

  @Test
  void an_age_is_neither_over_at_once_nor_endless() {
    assertThat(AuthenticationRequirement.isPossible(Duration.ofSeconds(59))).isFalse();
    assertThat(AuthenticationRequirement.isPossible(Duration.ofMinutes(1))).isTrue();
    assertThat(AuthenticationRequirement.isPossible(Duration.ofDays(366))).isTrue();
    assertThat(AuthenticationRequirement.isPossible(Duration.ofDays(367))).isFalse();
  }

  @Test
  void it_is_met_by_a_class_and_a_time_that_are_both_good_enough() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Duration skew = Duration.ofSeconds(30);
    AuthenticationRequirement both = of("gold", "PT5M");
    Instant lately = now.minusSeconds(330);
    Instant before = now.minusSeconds(331);

    assertThat(both.isMetBy(new Authentication(null, "gold", lately), now, skew)).isTrue();
    assertThat(both.isMetBy(new Authentication(null, "silver", lately), now, skew)).isFalse();
    assertThat(both.isMetBy(new Authentication(null, null, lately), now, skew)).isFalse();
    assertThat(both.isMetBy(new Authentication(null, "gold", before), now, skew)).isFalse();
    assertThat(both.isMetBy(new Authentication(null, "gold", null), now, skew)).isFalse();
    assertThat(both.isMetBy(null, now, skew)).isFalse();
    assertThat(of("gold", "").isMetBy(null, now, skew)).isFalse();
    assertThat(of("", "PT5M").isMetBy(null, now, skew)).isFalse();
    assertThat(AuthenticationRequirement.NONE.isMetBy(null, now, skew)).isTrue();
  }

  @Test
  void an_authentication_is_what_the_id_token_says_of_it() {
    Instant then = Instant.ofEpochSecond(1_311_280_969);

    assertThat(Authentication.of(new Claims(Map.of("sub", "248289761001")))).isNull();
    assertThat(Authentication.of(new Claims(Map.of("sid", "s1"))))
        .isEqualTo(new Authentication("s1", null, null));
    assertThat(Authentication.of(new Claims(Map.of("acr", "gold"))))
        .isEqualTo(new Authentication(null, "gold", null));
    assertThat(Authentication.of(new Claims(Map.of("auth_time", 1_311_280_969L))))
        .isEqualTo(new Authentication(null, null, then));
  }
}
