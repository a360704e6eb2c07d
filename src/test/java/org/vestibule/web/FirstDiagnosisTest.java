package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.Endpoint;

class FirstDiagnosisTest {

  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    logs.close();
  }

  private static boolean isTold(Vestibule house, boolean whateverThereIs) {
    try (FirstDiagnosis diagnosis = new FirstDiagnosis(new CurrentVestibule(house))) {
      return diagnosis.isTold(whateverThereIs);
    }
  }

  @Test
  void what_the_provider_says_is_told_before_anybody_signs_in() {
    try (Scene scene =
        Scene.with("doctor", "loopback", "client-secret", "another-secret-than-it-knows")) {
      assertThat(isTold(scene.house(), false)).isTrue();

      assertThat(logs.at(Level.SEVERE))
          .singleElement()
          .asString()
          .startsWith("VEST2008 provider default: ");
      assertThat(logs.at(Level.INFO))
          .anyMatch(line -> line.startsWith("The diagnosis of /app/: 1 error, "))
          .anyMatch(line -> line.contains("token endpoint auth methods supported"))
          .noneMatch(line -> line.contains("another-secret-than-it-knows"));
      assertThat(scene.server().requests(Endpoint.OTHER)).isEmpty();
    }
  }

  @Test
  void somebody_who_is_not_there_may_still_come_and_is_told_of_at_last() {
    Vestibule house = Houses.usual("doctor", "loopback", "issuer", "http://localhost:1");

    assertThat(isTold(house, false)).isFalse();
    assertThat(logs.text()).isEmpty();
    assertThat(isTold(house, true)).isTrue();
    assertThat(logs.at(Level.SEVERE)).singleElement().asString().startsWith("VEST2001 ");
  }
}
