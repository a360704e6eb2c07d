package org.vestibule.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vestibule.Waiting;
import org.vestibule.testing.MovableClock;

/** Two nodes at one database, H2. */
class SharedTableTest extends SharedMapContract {

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final MovableClock clock = new MovableClock();
  private final JdbcDataSource database = new JdbcDataSource();
  private Connection kept;
  private SharedMap one;
  private SharedMap other;

  @BeforeEach
  void open() throws SQLException {
    database.setURL("jdbc:h2:mem:" + System.identityHashCode(this));
    kept = database.getConnection();
    one = SharedTable.at(() -> database, clock).map("map", LIFETIME);
    other = SharedTable.at(() -> database, clock).map("map", LIFETIME);
  }

  @AfterEach
  void close() throws SQLException {
    kept.close();
  }

  @Override
  SharedMap one() {
    return one;
  }

  @Override
  SharedMap other() {
    return other;
  }

  @Override
  SharedMap oneOfShortLife() {
    return one;
  }

  @Override
  SharedMap otherOfShortLife() {
    return other;
  }

  @Override
  void letTheLifetimePass() {
    clock.advance(LIFETIME);
  }

  @Override
  void letALittleTimePass() {
    clock.advance(LIFETIME.dividedBy(3));
  }

  @Test
  void maps_are_apart() {
    SharedTable.at(() -> database, clock).map("another", LIFETIME).put("key", "value");

    assertThat(one.get("key")).isNull();
    assertThat(one.all()).isEmpty();
  }

  @Test
  void what_is_old_does_not_stay() throws SQLException {
    for (int i = 0; i < 20; i++) {
      one.put("key " + i, "value");
    }
    letTheLifetimePass();
    one.putIfAbsent("key", "value");

    try (ResultSet rows =
        kept.createStatement().executeQuery("SELECT COUNT(*) FROM " + SharedTable.TABLE)) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void two_nodes_that_start_together_make_the_table_once() {
    SharedMap first = SharedTable.at(() -> database, clock).map("map", LIFETIME);
    SharedMap second = SharedTable.at(() -> database, clock).map("map", LIFETIME);
    CompletableFuture<Void> begun =
        Waiting.start(
            () -> {
              first.put("a", "1");
              return null;
            });
    second.put("b", "2");
    begun.join();

    assertThat(second.all()).containsOnlyKeys("a", "b");
  }

  @Test
  void a_database_that_is_away_is_said_to_be_and_taken_when_it_is_back() {
    DataSource[] source = {failing()};
    SharedMap map = SharedTable.at(() -> source[0], clock).map("map", LIFETIME);
    assertThatThrownBy(() -> map.get("key")).isInstanceOf(SharedStateException.class);

    source[0] = database;
    map.put("key", "value");
    assertThat(map.get("key")).isEqualTo("value");
  }

  private static DataSource failing() {
    JdbcDataSource nowhere = new JdbcDataSource();
    nowhere.setURL("jdbc:h2:tcp://localhost:1/nowhere");
    return nowhere;
  }

  /** Another node would not see what is not committed, and a rollback would take it away. */
  @Test
  void a_data_source_that_takes_part_in_transactions_is_not_taken() {
    JdbcDataSource transactional = new JdbcDataSource();
    transactional.setURL(database.getURL() + ";AUTOCOMMIT=OFF");
    SharedMap map = SharedTable.at(() -> transactional, clock).map("map", LIFETIME);

    assertThatThrownBy(() -> map.put("key", "value"))
        .isInstanceOf(SharedStateException.class)
        .hasRootCauseMessage("it takes part in transactions (Liberty: transactional=false)");
  }

  @Test
  void a_name_that_nobody_knows_is_named() {
    assertThatThrownBy(() -> new SharedTable("jdbc/nothing", clock).map("map", LIFETIME).get("key"))
        .isInstanceOf(SharedStateException.class)
        .hasMessageContaining("jdbc/nothing");
  }
}
