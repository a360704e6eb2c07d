package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import org.junit.jupiter.api.Test;

class SecretTest {

  private static final Secret TOKEN = Secret.of("2YotnFZFEjr1zCsicMWpAA");

  @Test
  void a_secret_is_not_printed() {
    assertThat(TOKEN).hasToString("***");
    assertThat("token: " + TOKEN).isEqualTo("token: ***");
  }

  @Test
  void secrets_are_equal_by_value() {
    assertThat(TOKEN)
        .isEqualTo(Secret.of("2YotnFZFEjr1zCsicMWpAA"))
        .hasSameHashCodeAs(Secret.of("2YotnFZFEjr1zCsicMWpAA"))
        .isNotEqualTo(Secret.of("2YotnFZFEjr1zCsicMWpAB"))
        .isNotEqualTo(Secret.of("2YotnFZFEjr1zCsicMWpA"))
        .isNotEqualTo("2YotnFZFEjr1zCsicMWpAA");
  }

  @Test
  void an_empty_secret_protects_nothing() {
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_leaves_by_its_value_alone() {
    assertThat(TOKEN.value()).isEqualTo("2YotnFZFEjr1zCsicMWpAA");
    assertThat(TOKEN).isNotInstanceOfAny(Serializable.class, CharSequence.class);
  }
}
