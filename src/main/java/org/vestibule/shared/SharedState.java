package org.vestibule.shared;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The nodes that serve one application, as far as they have something in common. Thread-safe.
 *
 * <p>Nothing is opened before it is needed, and what could not be opened is tried again with the
 * next use: an application starts while the engine is down.
 */
public interface SharedState extends AutoCloseable {

  /** One node, which has nothing in common with anybody. */
  SharedState ALONE =
      new SharedState() {
        @Override
        public SharedMap map(String name, Duration lifetime) {
          return SharedMap.ALONE;
        }

        @Override
        public boolean isAlone() {
          return true;
        }
      };

  /**
   * A map that all nodes have; the same one for the same name.
   *
   * @param name letters, digits and hyphens
   * @param lifetime of an entry
   */
  SharedMap map(String name, Duration lifetime);

  default boolean isAlone() {
    return false;
  }

  /** Gives back what was opened; what belongs to the server stays. */
  @Override
  default void close() {
    // Most open nothing.
  }

  /**
   * The cluster that the settings name.
   *
   * @param cache the URI of a JCache manager's configuration, or the JNDI name of a manager
   * @param dataSource the JNDI name of a data source
   */
  static SharedState of(Optional<String> cache, Optional<String> dataSource, Clock clock) {
    if (cache.isPresent()) {
      return SharedCaches.named(cache.get(), Thread.currentThread().getContextClassLoader());
    }
    return dataSource.isPresent() ? new SharedTable(dataSource.get(), clock) : ALONE;
  }
}
