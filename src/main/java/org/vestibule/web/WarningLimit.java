package org.vestibule.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;

/**
 * How many warnings of one number there are in a minute: what strangers can bring about as often as
 * they like, such as a request for a host that nobody configured, or what every request finds while
 * a provider is down, is told often enough to be seen, and does not fill the log of those who only
 * keep warnings. Thread-safe.
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

  /** The level of one more: there may have been enough of it for now. */
  Level level(LoginException e) {
    Instant now = clock.instant();
    int warnings =
        minutes
            .compute(
                e.failure(),
                (same, minute) -> minute == null ? new Minute(now, 1) : minute.withOneMore(now))
            .warnings();
    return warnings > MOST ? Level.INFO : Level.WARNING;
  }
}
