package org.vestibule.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Everything the server received, in order. Safe for use by several threads. */
final class RequestLog {

  private final List<RecordedRequest> requests = new ArrayList<>();

  synchronized void add(RecordedRequest request) {
    requests.add(request);
    notifyAll();
  }

  synchronized List<RecordedRequest> all() {
    return List.copyOf(requests);
  }

  synchronized List<RecordedRequest> at(Endpoint endpoint) {
    return requests.stream().filter(to(endpoint)).toList();
  }

  synchronized void clear() {
    requests.clear();
  }

  /** Waits until the endpoint has seen that many requests and returns them. */
  synchronized List<RecordedRequest> await(Endpoint endpoint, int count, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (at(endpoint).size() < count) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "expected %d requests at %s, saw %s".formatted(count, endpoint, requests));
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a request", e);
    }
    return at(endpoint);
  }

  private static Predicate<RecordedRequest> to(Endpoint endpoint) {
    return request -> request.endpoint() == endpoint;
  }
}
