package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

  static List<Failure> failures() {
    return Stream.<Failure[]>of(Violation.values(), ProviderTrouble.values(), Refusal.values())
        .flatMap(Arrays::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_has_a_number_a_cause_and_a_remedy(Failure failure) {
    assertThat(failure.code()).matches("VEST[1-4]\\d{3}");
    assertThat(failure.cause()).matches("[a-z].*[^.]");
    assertThat(failure.remedy()).matches("[A-Z].*\\.");
  }

  @Test
  void no_two_failures_have_one_number() {
    assertThat(failures()).extracting(Failure::code).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void a_rule_names_the_section_that_states_it(Violation violation) {
    assertThat(violation.specification())
        .matches(
            "(RFC \\d{4}|OpenID Connect (Core|(Back-Channel|Front-Channel|RP-Initiated) Logout))"
                + " (section|appendix) [\\dA-Z.]+( rule \\d+)?");
  }
}
