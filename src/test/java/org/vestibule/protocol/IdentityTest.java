package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private static Identity identity(String provider, String issuer, String subject, String name) {
    return new Identity(provider, issuer, subject, name, Set.of("staff"), "{}");
  }

  private static final Identity JANE = identity("corp", "https://server.example.com", "1", "jane");

  /** OpenID Connect Core section 5.7. */
  @Test
  void the_same_subject_is_the_same_person_under_any_name() {
    Identity renamed = identity("corp", "https://server.example.com", "1", "jane.smith");

    assertThat(renamed).isEqualTo(JANE).hasSameHashCodeAs(JANE);
  }

  @Test
  void the_same_name_is_not_the_same_person() {
    assertThat(identity("corp", "https://server.example.com", "2", "jane")).isNotEqualTo(JANE);
    assertThat(identity("corp", "https://attacker.example", "1", "jane")).isNotEqualTo(JANE);
    assertThat(identity("other", "https://server.example.com", "1", "jane")).isNotEqualTo(JANE);
    assertThat(JANE).isNotEqualTo("jane");
  }

  @Test
  void two_of_whom_nothing_is_known_are_two() {
    Identity somebody = identity("plain", "", "", "unnamed");

    assertThat(List.of(somebody))
        .contains(somebody)
        .doesNotContain(identity("plain", "", "", "unnamed"));
  }

  @Test
  void an_identity_prints_as_its_name() {
    assertThat(JANE).hasToString("jane");
    assertThat(JANE.getName()).isEqualTo("jane");
  }
}
