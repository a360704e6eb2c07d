package org.vestibule.shared;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * In the memory of this node, for what even a node that is alone has to look up. Thread-safe.
 * Entries that are over are dropped from time to time, while others are put.
 */
public final class OwnMemory implements SharedMap {

  private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

  private record Entry(String value, Instant until) {}

  private final Clock clock;
  private final Duration lifetime;
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile Instant cleanedAt = Instant.MIN;

  /**
   * @param lifetime of an entry
   */
  public OwnMemory(Clock clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  @Override
  public @Nullable String get(String key) {
    Entry entry = entries.get(key);
    return entry == null || isOver(entry, clock.instant()) ? null : entry.value();
  }

  @Override
  public void put(String key, String value) {
    clean();
    entries.put(key, entry(value));
  }

  @Override
  public @Nullable String putIfAbsent(String key, String value) {
    clean();
    Entry mine = entry(value);
    Entry there = entries.putIfAbsent(key, mine);
    while (there != null && isOver(there, clock.instant())) {
      if (entries.replace(key, there, mine)) {
        return null;
      }
      there = entries.putIfAbsent(key, mine);
    }
    return there == null ? null : there.value();
  }

  @Override
  public boolean replace(String key, String expected, String value) {
    Entry there = entries.get(key);
    return there != null
        && !isOver(there, clock.instant())
        && there.value().equals(expected)
        && entries.replace(key, there, entry(value));
  }

  @Override
  public void remove(String key) {
    entries.remove(key);
  }

  @Override
  public Map<String, String> all() {
    Instant now = clock.instant();
    return entries.entrySet().stream()
        .filter(entry -> !isOver(entry.getValue(), now))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  private Entry entry(String value) {
    return new Entry(value, clock.instant().plus(lifetime));
  }

  private static boolean isOver(Entry entry, Instant now) {
    return !now.isBefore(entry.until());
  }

  private void clean() {
    Instant now = clock.instant();
    if (cleanedAt.isBefore(now.minus(BETWEEN_CLEANINGS))) {
      cleanedAt = now;
      entries.values().removeIf(entry -> isOver(entry, now));
    }
  }

  /** What is held, over or not. */
  int size() {
    return entries.size();
  }
}
