package org.vestibule.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;

/**
 * Something that the provider publishes, kept and read again from time to time. One thread reads,
 * the others go on with what there is, or wait if there is nothing yet. When reading fails the last
 * good value goes on for a day, and nobody tries again for a moment: an outage causes no storm.
 *
 * <p>Thread-safe; a value that is fresh costs one volatile read.
 */
final class LastGood<T> {

  /** For this long after a failure, and after a value was read, nothing is read again. */
  static final Duration FLOOR = Duration.ofSeconds(10);

  private static final Duration STALE = Duration.ofDays(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** A value, when it was read, and what went wrong since. */
  private record State<T>(
      @Nullable T value, Instant readAt, @Nullable LoginException failure, Instant failedAt) {}

  private final Clock clock;
  private final Duration fresh;
  private final Supplier<T> reader;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile State<T> state = new State<>(null, Instant.MIN, null, Instant.MIN);

  /**
   * @param fresh how long a value is used before it is read again
   * @param reader reads it, or throws a {@code LoginException}
   */
  LastGood(Clock clock, Duration fresh, Supplier<T> reader) {
    this.clock = clock;
    this.fresh = fresh;
    this.reader = reader;
  }

  /**
   * @throws LoginException there is no value and none can be had
   */
  T get() {
    State<T> current = state;
    if (current.value != null && isWithin(current.readAt, fresh)) {
      return current.value;
    }
    return readAgain(fresh);
  }

  /**
   * A value that is younger than the floor, if it can be had: the one that is kept lacks something.
   */
  T newer() {
    return readAgain(FLOOR);
  }

  private T readAgain(Duration youngEnough) {
    State<T> before = state;
    boolean mine = before.value != null ? lock.tryLock() : tryLockPatiently();
    if (!mine) {
      return usable(before);
    }
    try {
      State<T> current = state;
      boolean young = current.value != null && isWithin(current.readAt, youngEnough);
      if (!young && !isWithin(current.failedAt, FLOOR)) {
        state = read(current);
      }
      return usable(state);
    } finally {
      lock.unlock();
    }
  }

  private State<T> read(State<T> current) {
    try {
      return new State<>(reader.get(), clock.instant(), null, Instant.MIN);
    } catch (LoginException e) {
      return new State<>(current.value, current.readAt, e, clock.instant());
    }
  }

  private T usable(State<T> current) {
    if (current.value != null && isWithin(current.readAt, STALE)) {
      return current.value;
    }
    if (current.failure != null) {
      throw new LoginException(current.failure.failure(), "", current.failure);
    }
    throw new LoginException(ProviderTrouble.BUSY);
  }

  private boolean isWithin(Instant since, Duration duration) {
    return !since.equals(Instant.MIN) && clock.instant().isBefore(since.plus(duration));
  }

  private boolean tryLockPatiently() {
    try {
      return lock.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
