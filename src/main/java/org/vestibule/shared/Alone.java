package org.vestibule.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds nothing: what a node needs to know of itself it knows without. */
final class Alone implements SharedMap {

  @Override
  public @Nullable String get(String key) {
    return null;
  }

  @Override
  public void put(String key, String value) {
    // Nobody reads it.
  }

  @Override
  public @Nullable String putIfAbsent(String key, String value) {
    return null;
  }

  @Override
  public boolean replace(String key, String expected, String value) {
    return true;
  }

  @Override
  public void remove(String key) {
    // It is not there.
  }

  @Override
  public Map<String, String> all() {
    return Map.of();
  }
}
