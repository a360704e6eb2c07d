package org.vestibule.protocol.openid;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens that were used up, until they would be refused for their age anyway. Only what was
 * verified gets in here, and no more than the newest {@value #CAPACITY} stay. Thread-safe.
 */
final class SpentTokens {

  static final int CAPACITY = 10_000;

  private final Map<String, Instant> spent = new LinkedHashMap<>();

  /**
   * Whether this is the first time; the second it is not.
   *
   * @param until when there will be no need to remember it
   */
  synchronized boolean spend(String id, Instant until, Instant now) {
    forgetOld(now);
    return spent.putIfAbsent(id, until) == null;
  }

  /** In the order in which they came, which is nearly that in which they grow old. */
  private void forgetOld(Instant now) {
    Iterator<Instant> eldest = spent.values().iterator();
    while (eldest.hasNext()) {
      boolean isNeeded = !eldest.next().isBefore(now);
      if (isNeeded && spent.size() < CAPACITY) {
        return;
      }
      eldest.remove();
    }
  }
}
