package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.RandomValues;
import org.vestibule.shared.SharedState;
import org.vestibule.shared.TwoNodes;
import org.vestibule.testing.MovableClock;

/** Whoever waits for other nodes does not when the server is about to stop. */
class AwaitedOthersTest {

  /** Interrupts itself before its task, and counts how often it was told to stop. */
  private static final class Interrupted extends Thread {

    private final AtomicInteger interruptions = new AtomicInteger();

    Interrupted(Runnable task) {
      super(task);
    }

    @Override
    public void interrupt() {
      interruptions.incrementAndGet();
      super.interrupt();
    }

    @Override
    public void run() {
      interrupt();
      super.run();
    }

    int interruptions() throws InterruptedException {
      start();
      join();
      return interruptions.get();
    }
  }

  private static EndedEverywhere node(SharedState shared) {
    return new EndedEverywhere(
        new MovableClock(), new RandomValues(new SecureRandom()), shared, Duration.ofHours(12));
  }

  @Test
  void the_wait_is_over_and_the_thread_stays_interrupted() throws InterruptedException {
    assertThat(new Interrupted(node(new TwoNodes())::awaitOthers).interruptions()).isEqualTo(2);
  }

  @Test
  void where_there_are_no_others_nobody_waits() throws InterruptedException {
    assertThat(new Interrupted(node(SharedState.ALONE)::awaitOthers).interruptions()).isEqualTo(1);
  }
}
