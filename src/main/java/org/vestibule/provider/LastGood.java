package org.vestibule.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

  /** For this long after a failure, and after a newer value was asked for, none is read again. */
  static final Duration FLOOR = Duration.ofSeconds(10);

  private static final Duration STALE = Duration.ofDays(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** A value from before, and when it was read. */
  record Old<T>(T value, Instant readAt) {}

  /** A value, when it was read, and what went wrong since. */
  private record State<T>(
      @Nullable T value, Instant readAt, @Nullable LoginException failure, Instant failedAt) {}

  private final Clock clock;
  private final Duration fresh;
  private final Supplier<T> reader;
  private final Supplier<Optional<Old<T>>> kept;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile State<T> state = new State<>(null, Instant.MIN, null, Instant.MIN);

  /** Guarded by the lock. */
  private Instant newerAskedAt = Instant.MIN;

  /**
   * @param fresh how long a value is used before it is read again
   * @param reader reads it, or throws a {@code LoginException}
   */
  LastGood(Clock clock, Duration fresh, Supplier<T> reader) {
    this(clock, fresh, reader, Optional::empty);
  }

  /**
   * @param kept a value that another run has read, for when the first reading fails
   */
  LastGood(Clock clock, Duration fresh, Supplier<T> reader, Supplier<Optional<Old<T>>> kept) {
    this.clock = clock;
    this.fresh = fresh;
    this.reader = reader;
    this.kept = kept;
  }

  /**
   * @throws LoginException there is no value and none can be had
   */
  T get() {
    State<T> current = state;
    if (current.value != null && isWithin(current.readAt, fresh)) {
      return current.value;
    }
    boolean mine = current.value != null ? lock.tryLock() : tryLockPatiently();
    if (!mine) {
      return usable(current);
    }
    try {
      boolean young = state.value != null && isWithin(state.readAt, fresh);
      if (!young) {
        read();
      }
      return usable(state);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A value that was read after this one, which lacks something; the same again if there is none.
   * Everybody waits for the one who reads: what they lack may be in there.
   */
  @SuppressWarnings("ReferenceEquality") // it asks for another reading, not for another content
  T newerThan(T lacking) {
    if (!tryLockPatiently()) {
      return lacking;
    }
    try {
      if (state.value == lacking && !isWithin(newerAskedAt, FLOOR)) {
        newerAskedAt = clock.instant();
        read();
      }
      return usable(state);
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    State<T> before = state;
    if (isWithin(before.failedAt, FLOOR)) {
      return;
    }
    try {
      state = new State<>(reader.get(), clock.instant(), null, Instant.MIN);
    } catch (LoginException e) {
      Old<T> old = before.value == null ? kept.get().orElse(null) : null;
      state =
          old == null
              ? new State<>(before.value, before.readAt, e, clock.instant())
              : new State<>(old.value, earlier(old.readAt), e, clock.instant());
    }
  }

  /** Not in the future, where it would be used for longer than it may. */
  private Instant earlier(Instant readAt) {
    Instant now = clock.instant();
    return readAt.isAfter(now) ? Instant.MIN : readAt;
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

  /** Not of what lies in the future, where a clock was that has been set back. */
  private boolean isWithin(Instant since, Duration duration) {
    Instant now = clock.instant();
    return !since.equals(Instant.MIN) && !since.isAfter(now) && now.isBefore(since.plus(duration));
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
