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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.vestibule.testing.RawResponse;

/**
 * Many people who are signed in and go on working whatever breaks: each answer is looked at, and
 * what was cut off is asked for again, as people do. The load is bounded by the number of threads.
 */
final class Crowd {

  private static final int WORKERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int SERVER_ERROR = 500;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Cluster cluster;
  private final List<User> users;
  private final Tally tally;
  private final AtomicInteger newcomers = new AtomicInteger();

  private Crowd(Cluster cluster, List<User> users, Tally tally) {
    this.cluster = cluster;
    this.users = users;
    this.tally = tally;
  }

  /** Signs them all in. */
  static Crowd signedIn(Cluster cluster, int size, Tally tally) {
    List<User> users =
        IntStream.range(0, size).mapToObj(i -> new User(cluster, "user" + i)).toList();
    Crowd crowd = new Crowd(cluster, users, tally);
    crowd.inParallel(
        users.stream()
            .map(
                user ->
                    task(
                        () -> {
                          String page = user.signIn().body();
                          if (!page.startsWith(user.name() + " ")) {
                            throw new AssertionError("not signed in: " + page);
                          }
                        }))
            .toList());
    return crowd;
  }

  /** Everybody goes on while this happens, and once more each when it is over. */
  void goOnDuring(Runnable event) {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS + 1);
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      work.add(threads.submit(() -> goOnUntil(over)));
    }
    work.add(threads.submit(() -> newcomersUntil(over)));
    try {
      event.run();
    } finally {
      over.set(true);
    }
    try {
      for (Future<?> task : work) {
        task.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
    all("/page");
    all("/token");
  }

  /** Everybody opens it. */
  void all(String path) {
    inParallel(users.stream().map(user -> task(() -> ask(user, path))).toList());
  }

  private void goOnUntil(AtomicBoolean over) {
    while (!over.get()) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      User user = users.get(random.nextInt(users.size()));
      ask(user, random.nextInt(4) == 0 ? "/token" : "/page");
    }
  }

  private void newcomersUntil(AtomicBoolean over) {
    while (!over.get()) {
      User newcomer = new User(cluster, "newcomer" + newcomers.getAndIncrement());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isSignedIn(newcomer)) {
        if (System.nanoTime() > deadline) {
          tally.unanswered.incrementAndGet();
          return;
        }
        tally.repeated.incrementAndGet();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      tally.logins.incrementAndGet();
    }
  }

  private static boolean isSignedIn(User newcomer) {
    try {
      RawResponse page = newcomer.browser().followAll(newcomer.get("/page"));
      if (page.body().contains("name=\"username\"")) {
        page = newcomer.browser().followAll(newcomer.consent(page));
      }
      return page.status() == OK && page.body().startsWith(newcomer.name() + " ");
    } catch (UncheckedIOException | AssertionError cut) {
      return false;
    }
  }

  private void ask(User user, String path) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean again = false;
    while (!isAnswered(user, path)) {
      if (System.nanoTime() > deadline) {
        tally.unanswered.incrementAndGet();
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
    } else if (!body.startsWith(user.name() + " ")) {
      tally.foreign.incrementAndGet();
    } else {
      return !body.contains("for the moment");
    }
    return true;
  }

  private static Callable<Boolean> task(Runnable work) {
    return () -> {
      work.run();
      return true;
    };
  }

  private void inParallel(List<Callable<Boolean>> tasks) {
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
