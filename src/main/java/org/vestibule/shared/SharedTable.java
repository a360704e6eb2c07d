package org.vestibule.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * In one table of a database, {@value #TABLE}, which is made if it is not there. The statements are
 * those that every database understands. Each commits by itself: a data source that takes part in
 * the transactions of the application would undo with them what other nodes have to know, and is
 * not taken.
 */
final class SharedTable implements SharedState {

  static final String TABLE = "vestibule_shared";

  private static final String CREATE =
      "CREATE TABLE "
          + TABLE
          + " (map_name VARCHAR(40) NOT NULL, entry_key VARCHAR(200) NOT NULL,"
          + " entry_value TEXT NOT NULL, expires_at BIGINT NOT NULL,"
          + " PRIMARY KEY (map_name, entry_key))";
  private static final String PROBE = "SELECT COUNT(*) FROM " + TABLE + " WHERE 1 = 0";
  private static final String SELECT =
      "SELECT entry_value FROM "
          + TABLE
          + " WHERE map_name = ? AND entry_key = ? AND expires_at > ?";
  private static final String SELECT_ALL =
      "SELECT entry_key, entry_value FROM " + TABLE + " WHERE map_name = ? AND expires_at > ?";
  private static final String INSERT =
      "INSERT INTO "
          + TABLE
          + " (entry_value, expires_at, map_name, entry_key) VALUES (?, ?, ?, ?)";
  private static final String UPDATE =
      "UPDATE "
          + TABLE
          + " SET entry_value = ?, expires_at = ? WHERE map_name = ? AND entry_key = ?";
  private static final String OF_OLD = " AND expires_at <= ?";
  private static final String OF_VALUE = " AND entry_value = ? AND expires_at > ?";
  private static final String DELETE =
      "DELETE FROM " + TABLE + " WHERE map_name = ? AND entry_key = ?";
  private static final String DELETE_OLD =
      "DELETE FROM " + TABLE + " WHERE map_name = ? AND expires_at <= ?";

  private static final int ATTEMPTS = 10;
  private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

  /** The class of SQL states of what a constraint forbids: here, that there is an entry. */
  private static final String INTEGRITY_CONSTRAINT = "23";

  /** What is asked of a connection. */
  private interface Question<T extends @Nullable Object> {
    T ask(Connection connection) throws SQLException;
  }

  /** Where connections come from. */
  private interface Source {
    DataSource find() throws NamingException;
  }

  private final String name;
  private final Clock clock;
  private final Source source;
  private volatile @Nullable DataSource ready;

  /** The name is the administrator's. */
  @SuppressWarnings("BanJNDI")
  SharedTable(String jndiName, Clock clock) {
    this(jndiName, clock, () -> InitialContext.doLookup(jndiName));
  }

  private SharedTable(String name, Clock clock, Source source) {
    this.name = name;
    this.clock = clock;
    this.source = source;
  }

  /** Without JNDI. */
  static SharedTable at(Supplier<DataSource> source, Clock clock) {
    return new SharedTable("given", clock, source::get);
  }

  @Override
  public SharedMap map(String map, Duration lifetime) {
    return new TableMap(map, lifetime);
  }

  private <T extends @Nullable Object> T ask(Question<T> question) {
    try (Connection connection = source().getConnection()) {
      if (!connection.getAutoCommit()) {
        throw new SQLException("it takes part in transactions (Liberty: transactional=false)");
      }
      return question.ask(connection);
    } catch (SQLException | NamingException | RuntimeException e) {
      throw new SharedStateException(TABLE + " of the data source " + name, e);
    }
  }

  private DataSource source() throws SQLException, NamingException {
    DataSource known = ready;
    if (known == null) {
      known = source.find();
      prepare(known);
      ready = known;
    }
    return known;
  }

  /** Of two nodes that make the table at the same time one fails, and finds it there. */
  private static void prepare(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (isThere(statement)) {
        return;
      }
      try {
        statement.execute(CREATE);
      } catch (SQLException e) {
        if (!isThere(statement)) {
          throw e;
        }
      }
    }
  }

  private static boolean isThere(Statement statement) {
    try (ResultSet found = statement.executeQuery(PROBE)) {
      boolean unused = found.next();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private final class TableMap implements SharedMap {

    private final String map;
    private final Duration lifetime;
    private final AtomicLong cleaned = new AtomicLong();

    TableMap(String map, Duration lifetime) {
      this.map = map;
      this.lifetime = lifetime;
    }

    @Override
    public @Nullable String get(String key) {
      return ask(connection -> Optional.ofNullable(get(connection, key))).orElse(null);
    }

    private @Nullable String get(Connection connection, String key) throws SQLException {
      try (PreparedStatement select = prepare(connection, SELECT, map, key, clock.millis());
          ResultSet found = select.executeQuery()) {
        return found.next() ? found.getString(1) : null;
      }
    }

    @Override
    public void put(String key, String value) {
      boolean unused =
          ask(
              connection -> {
                clean(connection);
                return put(connection, key, value);
              });
    }

    private boolean put(Connection connection, String key, String value) throws SQLException {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (change(connection, UPDATE, value, expiry(), map, key)
            || insert(connection, key, value)) {
          return true;
        }
      }
      throw new SQLException("an entry comes and goes");
    }

    @Override
    public @Nullable String putIfAbsent(String key, String value) {
      return ask(connection -> {
            clean(connection);
            return Optional.ofNullable(putIfAbsent(connection, key, value));
          })
          .orElse(null);
    }

    private @Nullable String putIfAbsent(Connection connection, String key, String value)
        throws SQLException {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        String there = get(connection, key);
        if (there != null) {
          return there;
        }
        if (change(connection, UPDATE + OF_OLD, value, expiry(), map, key, clock.millis())
            || insert(connection, key, value)) {
          return null;
        }
      }
      throw new SQLException("an entry comes and goes");
    }

    @Override
    public boolean replace(String key, String expected, String value) {
      return ask(
          connection ->
              change(
                  connection,
                  UPDATE + OF_VALUE,
                  value,
                  expiry(),
                  map,
                  key,
                  expected,
                  clock.millis()));
    }

    @Override
    public void remove(String key) {
      boolean unused = ask(connection -> change(connection, DELETE, map, key));
    }

    @Override
    public Map<String, String> all() {
      return ask(
          connection -> {
            try (PreparedStatement select = prepare(connection, SELECT_ALL, map, clock.millis());
                ResultSet found = select.executeQuery()) {
              Map<String, String> all = new HashMap<>();
              while (found.next()) {
                all.put(found.getString(1), found.getString(2));
              }
              return all;
            }
          });
    }

    /** What is old was taken for absent already. */
    private void clean(Connection connection) throws SQLException {
      long now = clock.millis();
      long last = cleaned.get();
      if (now - last > BETWEEN_CLEANINGS.toMillis() && cleaned.compareAndSet(last, now)) {
        boolean unused = change(connection, DELETE_OLD, map, now);
      }
    }

    private long expiry() {
      return clock.millis() + lifetime.toMillis();
    }

    private boolean insert(Connection connection, String key, String value) throws SQLException {
      try {
        return change(connection, INSERT, value, expiry(), map, key);
      } catch (SQLException e) {
        if (String.valueOf(e.getSQLState()).startsWith(INTEGRITY_CONSTRAINT)) {
          return false;
        }
        throw e;
      }
    }

    private static boolean change(Connection connection, String sql, Object... values)
        throws SQLException {
      try (PreparedStatement statement = prepare(connection, sql, values)) {
        return statement.executeUpdate() > 0;
      }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values)
        throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    }
  }
}
