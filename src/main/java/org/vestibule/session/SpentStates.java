package org.vestibule.session;

import java.util.LinkedHashMap;
import java.util.Map;

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

  /** Whether this is the first time; the second it is not. */
  public boolean spend(String id) {
    synchronized (spent) {
      return spent.putIfAbsent(id, Boolean.TRUE) == null;
    }
  }
}
