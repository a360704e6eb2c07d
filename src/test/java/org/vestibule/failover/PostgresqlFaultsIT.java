package org.vestibule.failover;

import org.junit.jupiter.api.Test;

class PostgresqlFaultsIT extends Faults {

  PostgresqlFaultsIT() {
    super(Engine.POSTGRESQL, Database.start());
  }

  /** Where a refresh was under way neither its result nor the session can be written. */
  @Test
  void the_database_goes_and_comes_back() {
    during(
        "the database is killed while people refresh, and comes back",
        () ->
            whileRefreshing(
                database()::kill,
                regular -> regular,
                () -> {
                  pass(OUTAGE);
                  database().resume();
                }));
  }
}
