package org.vestibule.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vestibule.protocol.Failure;

/**
 * How many warnings of one number there are in a minute: what strangers can bring about as often as
 * they like, such as a request for a host that nobody configured, is told often enough to be seen,
 * and does not fill the log of those who only keep warnings. Thread-safe.
 */
final class WarningLimit {

  static final int MOST = 20;
  static final Duration PERIOD = Duration.ofMinutes(1);

  private record Minute(Instant since, int warnings) {

    Minute withOneMore(Instant now) {
      return now.isBefore(since.plus(PERIOD))
          ? new Minute(since, Math.min(warnings, MOST) + 1)
          : new Minute(now, 1);
    }
  }

  private final Clock clock;
  private final Map<Failure, Minute> minutes = new ConcurrentHashMap<>();

  WarningLimit(Clock clock) {
    this.clock = clock;
  }

  /** Counts one more, and says whether there were too many. */
  boolean isPassed(Failure failure) {
    Instant now = clock.instant();
    return minutes
            .compute(
                failure,
                (same, minute) -> minute == null ? new Minute(now, 1) : minute.withOneMore(now))
            .warnings()
        > MOST;
  }
}
