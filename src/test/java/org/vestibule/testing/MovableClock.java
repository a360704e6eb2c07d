package org.vestibule.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when the test says so; starts at the present. Safe for several threads. */
public final class MovableClock extends Clock {

  private volatile Instant now = Instant.now();

  /** Goes forward, or back with a negative duration. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The same clock: it has only one zone. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
