package org.vestibule.shared;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * An engine within one process, for tests of what is kept in it; it can be away. Entries stay
 * forever.
 */
public final class TwoNodes implements SharedState {

  private final ConcurrentMap<String, Entries> maps = new ConcurrentHashMap<>();
  private volatile boolean away;

  /** Whether every use fails from now on. */
  public void away(boolean isAway) {
    away = isAway;
  }

  @Override
  public SharedMap map(String name, Duration lifetime) {
    return maps.computeIfAbsent(name, unused -> new Entries());
  }

  private final class Entries implements SharedMap {

    private final ConcurrentMap<String, String> entries = new ConcurrentHashMap<>();

    private ConcurrentMap<String, String> entries() {
      if (away) {
        throw new SharedStateException("away", new IllegalStateException("away"));
      }
      return entries;
    }

    @Override
    public @Nullable String get(String key) {
      return entries().get(key);
    }

    @Override
    public void put(String key, String value) {
      entries().put(key, value);
    }

    @Override
    public @Nullable String putIfAbsent(String key, String value) {
      return entries().putIfAbsent(key, value);
    }

    @Override
    public boolean replace(String key, String expected, String value) {
      return entries().replace(key, expected, value);
    }

    @Override
    public void remove(String key) {
      entries().remove(key);
    }

    @Override
    public Map<String, String> all() {
      return Map.copyOf(entries());
    }
  }
}
