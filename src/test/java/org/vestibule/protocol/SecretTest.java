package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.protocol.authorization.PendingAuthorization;

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

  /** CB-26: what comes from a browser is compared as a secret, in constant time. */
  @Test
  void what_a_browser_could_guess_at_is_a_secret() {
    assertThat(components(AuthorizationResponse.class, "state", "code")).hasSize(2);
    assertThat(components(PendingAuthorization.class, "state", "nonce")).hasSize(2);
    assertThat(components(SignedIn.class, "csrfToken")).hasSize(1);
  }

  private static List<String> components(Class<? extends Record> type, String... names) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> List.of(names).contains(component.getName()))
        .map(component -> component.getGenericType().getTypeName())
        .filter(kind -> kind.contains(Secret.class.getName()))
        .toList();
  }
}
