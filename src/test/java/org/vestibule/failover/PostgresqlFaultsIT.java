package org.vestibule.failover;

import org.junit.jupiter.api.Test;

class PostgresqlFaultsIT extends Faults {

  PostgresqlFaultsIT() {
    super(Engine.POSTGRESQL, Database.start());
  }

  @Test
  void the_database_goes_and_comes_back() {
    during(
        "the database is killed and comes back",
        () -> {
          database().kill();
          pass(OUTAGE);
          database().resume();
        });
  }
}
