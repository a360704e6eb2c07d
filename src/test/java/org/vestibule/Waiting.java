package org.vestibule;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Stages races: puts somebody in front of a closed door before the test opens it. */
public final class Waiting {

  private Waiting() {}

  /** Starts the action in a thread of its own and returns when that waits, or is done already. */
  public static <T> CompletableFuture<T> start(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> result.completeAsync(action, Runnable::run));
    thread.start();
    while (!waits(thread.getState()) && !result.isDone()) {
      Thread.onSpinWait();
    }
    return result;
  }

  private static boolean waits(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }
}
