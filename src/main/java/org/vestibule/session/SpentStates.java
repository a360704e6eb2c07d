package org.vestibule.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedStateException;

/**
 * The logins that were answered already: a cookie that the browser sends twice is taken once. Only
 * what was sealed by us gets in here, and no more than the newest {@value #CAPACITY} stay. A
 * provider accepts a code once as well (RFC 6749 section 4.1.2). Thread-safe.
 */
public final class SpentStates {

  private static final int CAPACITY = 10_000;

  private final Map<String, Boolean> spent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > CAPACITY;
        }
      };

  private final SharedMap shared;

  /** Of one node. */
  public SpentStates() {
    this(SharedMap.ALONE);
  }

  /**
   * @param shared what other nodes have spent
   */
  public SpentStates(SharedMap shared) {
    this.shared = shared;
  }

  /** Whether this is the first time, on all nodes that reach each other; the second it is not. */
  public boolean spend(String id) {
    synchronized (spent) {
      if (spent.putIfAbsent(id, Boolean.TRUE) != null) {
        return false;
      }
    }
    try {
      return shared.putIfAbsent(id, "") == null;
    } catch (SharedStateException e) {
      // Whoever follows the ended sessions tells of it; nobody is kept out meanwhile.
      return true;
    }
  }
}
