package org.vestibule.failover;

class PostgresqlSharingIT extends Sharing {

  PostgresqlSharingIT() {
    super(Engine.POSTGRESQL, Database.start());
  }
}
