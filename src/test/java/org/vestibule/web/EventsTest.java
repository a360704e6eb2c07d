package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.vestibule.api.TokensRefreshed;

class EventsTest {

  private static final TokensRefreshed HAPPENED = new TokensRefreshed("default", "j.doe");

  @Test
  void observers_are_told_once() {
    Observed<TokensRefreshed> observed = new Observed<>();
    Events.fire(observed, HAPPENED);

    assertThat(observed.fired()).containsExactly(HAPPENED);
  }

  @Test
  void where_there_is_no_CDI_nobody_is_told() {
    assertThatCode(() -> Events.fire(null, HAPPENED)).doesNotThrowAnyException();
  }

  @Test
  void an_observer_that_throws_is_named_in_the_log() {
    try (Logs logs = new Logs()) {
      Events.fire(new Observed<>(new IllegalStateException("broken observer")), HAPPENED);

      assertThat(logs.at(Level.WARNING))
          .containsExactly("an observer of org.vestibule.api.TokensRefreshed failed");
      assertThat(logs.text()).contains("broken observer");
    }
  }
}
