package org.vestibule.failover;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.vestibule.testing.RawResponse;

/**
 * Many people who are signed in and go on working whatever breaks: each answer is looked at, and
 * what was cut off is asked for again, as people do. The load is bounded by the number of threads
 * and by a pause after each request, so that a slow machine is not overrun.
 */
final class Crowd {

  private static final int WORKERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(10);
  private static final int SERVER_ERROR = 500;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final List<User> users;
  private final Newcomers newcomers;
  private Tally tally = new Tally();

  private Crowd(List<User> users, Newcomers newcomers) {
    this.users = users;
    this.newcomers = newcomers;
  }

  /** Signs them all in. */
  static Crowd signedIn(Cluster cluster, int size) {
    List<User> users =
        IntStream.range(0, size).mapToObj(i -> new User(cluster, "user" + i)).toList();
    Crowd crowd = new Crowd(users, new Newcomers(cluster));
    crowd.everybody(
        user -> {
          String page = user.signIn().body();
          if (!page.startsWith(user.name() + " ")) {
            throw new AssertionError("not signed in: " + page);
          }
        });
    return crowd;
  }

  /** What newcomers do, for the test at hand. */
  Newcomers newcomers() {
    return newcomers;
  }

  /** From now on what happens is counted here. */
  void countIn(Tally next) {
    tally = next;
    newcomers.countIn(next);
  }

  /** Everybody goes on while this happens, and asks once more when it is over. */
  void goOnDuring(Runnable event) {
    AtomicBoolean over = new AtomicBoolean();
    List<Runnable> work = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      work.add(() -> goOnUntil(over::get));
    }
    work.add(() -> newcomers.signInUntil(over::get));
    meanwhile(work, over, event);
    everybody(user -> ask(user, isOneOfTen() ? "/token" : "/page"));
  }

  /** Everybody needs their tokens, most of which are to be refreshed. */
  void allAskForTokens() {
    everybody(user -> ask(user, "/token"));
  }

  private static boolean isOneOfTen() {
    return ThreadLocalRandom.current().nextInt(10) == 0;
  }

  /** That many more people ask for their tokens while this happens. */
  void askForTokensDuring(int people, Runnable event) {
    AtomicBoolean over = new AtomicBoolean();
    Runnable asking =
        () -> {
          while (!over.get()) {
            ask(anybody(), "/token");
          }
        };
    meanwhile(IntStream.range(0, people).mapToObj(i -> asking).toList(), over, event);
  }

  private static void meanwhile(List<Runnable> work, AtomicBoolean over, Runnable event) {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      work.forEach(task -> running.add(threads.submit(task)));
      try {
        event.run();
      } finally {
        over.set(true);
      }
      for (Future<?> task : running) {
        task.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void goOnUntil(BooleanSupplier over) {
    while (!over.getAsBoolean()) {
      ask(anybody(), ThreadLocalRandom.current().nextInt(4) == 0 ? "/token" : "/page");
      LockSupport.parkNanos(BETWEEN_REQUESTS.toNanos());
    }
  }

  private User anybody() {
    return users.get(ThreadLocalRandom.current().nextInt(users.size()));
  }

  private void ask(User user, String path) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean again = false;
    while (!isAnswered(user, path)) {
      if (System.nanoTime() > deadline) {
        tally.unanswered.incrementAndGet();
        tally.seen(user.name() + " got no answer to " + path);
        return;
      }
      again = true;
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    tally.requests.incrementAndGet();
    if (again) {
      tally.repeated.incrementAndGet();
    }
  }

  private boolean isAnswered(User user, String path) {
    RawResponse answer;
    try {
      answer = user.get(path);
    } catch (UncheckedIOException cut) {
      return false;
    }
    if (answer.status() >= SERVER_ERROR || answer.status() == NOT_FOUND) {
      return false;
    }
    String body = answer.body();
    if (answer.status() != OK || body.contains("login required")) {
      tally.askedAgain.incrementAndGet();
      tally.seen(
          user.name()
              + " asked for "
              + path
              + ": "
              + answer.status()
              + " "
              + body.lines().limit(2).toList());
    } else if (!body.startsWith(user.name() + " ")) {
      tally.foreign.incrementAndGet();
      tally.seen(user.name() + " asked for " + path + ": " + body);
    } else {
      return !body.contains("for the moment");
    }
    return true;
  }

  /** What one of them does. */
  private interface Work {
    void by(User user);
  }

  private void everybody(Work work) {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (User user : users) {
      tasks.add(
          () -> {
            work.by(user);
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS + 1);
    try {
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
