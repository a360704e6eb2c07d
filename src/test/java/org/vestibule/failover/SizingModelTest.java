package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What the page about sizing says that is multiplied. */
class SizingModelTest {

  private static final SizingModel MODEL = new SizingModel(4_096, 10, 0.5);

  @Test
  void memory_is_what_all_sessions_take() {
    assertThat(MODEL.gibibytes(1 << 18)).isEqualTo(1);
  }

  @Test
  void a_quarter_of_the_users_signs_in_within_an_hour_on_cores_that_are_half_busy() {
    assertThat(MODEL.coresForLogins(720_000)).isEqualTo(1);
    assertThat(new SizingModel(4_096, 20, 0.5).coresForLogins(720_000)).isEqualTo(2);
  }

  @Test
  void a_tenth_of_the_users_asks_every_twenty_seconds() {
    assertThat(MODEL.coresForRequests(200_000)).isEqualTo(1, within(1e-9));
    assertThat(MODEL.coresForLogins(200_000)).isLessThan(1);
  }

  @Test
  void a_row_says_what_was_measured_and_what_follows_for_so_many_users() {
    assertThat(MODEL.row("PostgreSQL", 1_000_000))
        .isEqualToNormalizingNewlines(
            "| PostgreSQL | 1,000,000 | 4096 | 10.00 | 0.500 | 3.8 GiB | 1.4 | 5.0 |\n");
  }
}
