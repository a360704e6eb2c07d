package org.vestibule.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where there is no engine although the settings name one: every use says so. */
final class UnreachableMap implements SharedMap {

  private final String message;
  private final Throwable cause;

  UnreachableMap(String message, Throwable cause) {
    this.message = message;
    this.cause = cause;
  }

  private SharedStateException unreachable() {
    return new SharedStateException(message, cause);
  }

  @Override
  public @Nullable String get(String key) {
    throw unreachable();
  }

  @Override
  public void put(String key, String value) {
    throw unreachable();
  }

  @Override
  public @Nullable String putIfAbsent(String key, String value) {
    throw unreachable();
  }

  @Override
  public boolean replace(String key, String expected, String value) {
    throw unreachable();
  }

  @Override
  public void remove(String key) {
    throw unreachable();
  }

  @Override
  public Map<String, String> all() {
    throw unreachable();
  }
}
