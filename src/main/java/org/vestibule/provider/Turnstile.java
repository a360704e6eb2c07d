package org.vestibule.provider;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many requests wait for a provider at once. While it answers, so many that no login is turned
 * away; once it has let one time out, one at a time until it answers again: servers begin with a
 * handful of threads, and each that waits for a provider that hangs is one less for those who are
 * signed in. Thread-safe.
 */
final class Turnstile {

  /** A provider that just answers again lets those in who came a moment too early. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Semaphore places;
  private final Semaphore single = new Semaphore(1);
  private volatile boolean hangs;

  Turnstile(int mostAtOnce) {
    this.places = new Semaphore(mostAtOnce);
  }

  /** The place of a request, to be given back; null if there is none. */
  @Nullable Place enter() throws InterruptedException {
    if (!places.tryAcquire()) {
      return null;
    }
    boolean alone = false;
    boolean in = false;
    try {
      alone = hangs && single.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      in = alone || !hangs;
    } finally {
      if (!in) {
        places.release();
      }
    }
    return in ? new Place(alone) : null;
  }

  /** A place among those that wait. */
  final class Place implements AutoCloseable {

    private final boolean alone;

    private Place(boolean alone) {
      this.alone = alone;
    }

    /** There was an answer, whatever it was. */
    void answered() {
      hangs = false;
    }

    /** There was none in time. */
    void timedOut() {
      hangs = true;
    }

    @Override
    public void close() {
      if (alone) {
        single.release();
      }
      places.release();
    }
  }
}
