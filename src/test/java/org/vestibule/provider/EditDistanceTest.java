package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "issuer, issuer, 0",
    "isuer, issuer, 1",
    "isssuer, issuer, 1",
    "issyer, issuer, 1",
    "isseur, issuer, 1",
    "'', issuer, 6",
    "issuer, '', 6",
    "kitten, sitting, 3"
  })
  void the_distance_is_the_number_of_slips(String a, String b, int distance) {
    assertThat(EditDistance.between(a, b)).isEqualTo(distance);
    assertThat(EditDistance.between(b, a)).isEqualTo(distance);
  }

  @Test
  void the_nearest_is_near_enough_or_none() {
    List<String> candidates = List.of("scope", "pkce", "prompt");
    UnaryOperator<String> lowerCase = text -> text.toLowerCase(Locale.ROOT);

    assertThat(EditDistance.nearest("PKEC", candidates, lowerCase)).contains("pkce");
    assertThat(EditDistance.nearest("scopes", candidates, lowerCase)).contains("scope");
    assertThat(EditDistance.nearest("acr", candidates, lowerCase)).isEmpty();
    assertThat(EditDistance.nearest("", candidates, lowerCase)).isEmpty();
  }
}
