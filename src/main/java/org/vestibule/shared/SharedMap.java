package org.vestibule.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text by key, the same on all nodes. An entry is forgotten when the lifetime of its map has passed
 * since it was put there or replaced, or somewhat later. Thread-safe, and a change of one entry is
 * atomic among all nodes that reach each other.
 *
 * <p>Every method throws {@link SharedStateException} if the engine does not answer.
 */
public interface SharedMap {

  /** Of an application that runs on one node: there is nobody to tell. */
  SharedMap ALONE = new Alone();

  @Nullable String get(String key);

  void put(String key, String value);

  /**
   * Puts a value where there is none.
   *
   * @return the value that is there already; null if there was none
   */
  @Nullable String putIfAbsent(String key, String value);

  /** Puts a value in place of another; false if it is not, or no longer, the one that is there. */
  boolean replace(String key, String expected, String value);

  void remove(String key);

  /** Everything, as it is at about the same time. */
  Map<String, String> all();
}
