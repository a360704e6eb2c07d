package org.vestibule.container;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at once. */
final class Parallel {

  private Parallel() {}

  /** The same many times, all starting together. */
  static <T> List<T> times(int times, Callable<T> call) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(times);
    return results(
        Collections.nCopies(
            times,
            () -> {
              start.countDown();
              start.await();
              return call.call();
            }),
        times);
  }

  /** The same many times, in the background. */
  static <T> CompletableFuture<List<T>> begin(int times, Callable<T> call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return times(times, call);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
          }
        });
  }

  /** The results in the order of the calls, of which so many run at once. */
  static <T> List<T> results(List<Callable<T>> calls, int atOnce) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
