package org.vestibule.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Holds a request at an endpoint until the test lets it pass, so that races are staged and not
 * hoped for.
 *
 * <pre>{@code
 * Gate gate = server.on(Endpoint.TOKEN).gate();
 * ... start the refresh in another thread ...
 * gate.awaitArrival();
 * ... log out ...
 * gate.open();
 * }</pre>
 */
public final class Gate implements AnswerScript {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  Gate() {}

  /** Returns as soon as the request has arrived; fails if none does within half a minute. */
  public void awaitArrival() {
    await(arrived, "no request arrived at the gate");
  }

  /** Lets the request pass. */
  public void open() {
    opened.countDown();
  }

  @Override
  public Answer answer(RecordedRequest request, Supplier<Answer> regular) {
    arrived.countDown();
    await(opened, "the gate was never opened");
    return regular.get();
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(otherwise);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(otherwise, e);
    }
  }
}
