package org.vestibule.failover;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.vestibule.testing.RawResponse;

/** People who sign in while something breaks. */
final class Newcomers {

  /** Somebody who has the form of the provider before them. */
  record AtTheForm(User user, RawResponse form) {}

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int OK = 200;

  private final Cluster cluster;
  private final AtomicInteger count = new AtomicInteger();
  private volatile Tally tally = new Tally();

  Newcomers(Cluster cluster) {
    this.cluster = cluster;
  }

  void countIn(Tally next) {
    tally = next;
  }

  /** One after the other; who does not get there begins again, as people do. */
  void signInUntil(BooleanSupplier over) {
    while (!over.getAsBoolean()) {
      User newcomer = next();
      if (patiently(() -> isSignedIn(newcomer))) {
        tally.logins.incrementAndGet();
      }
    }
  }

  /** So many of them have begun to sign in. */
  List<AtTheForm> begin(int people) {
    return IntStream.range(0, people)
        .mapToObj(i -> next())
        .map(user -> new AtTheForm(user, user.challenge()))
        .toList();
  }

  /** They finish what they have begun; a request that is cut off is sent again. */
  void finish(List<AtTheForm> people) {
    for (AtTheForm person : people) {
      RawResponse answer = person.user().consent(person.form());
      while (answer.isRedirect() && answer.location().startsWith(cluster.url("/"))) {
        answer = followed(person.user(), answer);
      }
      if (isPageOf(person.user(), answer)) {
        tally.logins.incrementAndGet();
      } else {
        tally.begunAgain.incrementAndGet();
        tally.seen(person.user().name() + " was to begin again: " + answer);
      }
    }
  }

  private RawResponse followed(User user, RawResponse redirect) {
    RawResponse[] next = new RawResponse[1];
    boolean answered =
        patiently(
            () -> {
              try {
                next[0] = user.browser().follow(redirect);
                return true;
              } catch (UncheckedIOException cut) {
                return false;
              }
            });
    if (!answered) {
      throw new AssertionError("no answer to " + redirect.location());
    }
    return next[0];
  }

  private User next() {
    return new User(cluster, "newcomer" + count.getAndIncrement());
  }

  private boolean patiently(BooleanSupplier attempt) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!attempt.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        tally.unanswered.incrementAndGet();
        tally.seen("a newcomer was not served");
        return false;
      }
      tally.repeated.incrementAndGet();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }

  private static boolean isSignedIn(User newcomer) {
    try {
      RawResponse page = newcomer.browser().followAll(newcomer.get("/page"));
      if (page.body().contains("name=\"username\"")) {
        page = newcomer.browser().followAll(newcomer.consent(page));
      }
      return isPageOf(newcomer, page);
    } catch (UncheckedIOException | AssertionError cut) {
      return false;
    }
  }

  private static boolean isPageOf(User user, RawResponse page) {
    return page.status() == OK && page.body().startsWith(user.name() + " ");
  }
}
