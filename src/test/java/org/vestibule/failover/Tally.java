package org.vestibule.failover;

import java.time.LocalTime;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened to the requests of a {@link Crowd}. Safe for use by several threads. */
final class Tally {

  /** Requests that were answered in the end. */
  final AtomicInteger requests = new AtomicInteger();

  /** Those of them that had to be sent again: the connection was cut, or the answer was 5xx. */
  final AtomicInteger repeated = new AtomicInteger();

  /** Logins of people who came meanwhile. */
  final AtomicInteger logins = new AtomicInteger();

  /** Logins that were begun before it happened and had to be begun again. */
  final AtomicInteger begunAgain = new AtomicInteger();

  /** Signed-in users who were sent to the provider or told to sign in. */
  final AtomicInteger askedAgain = new AtomicInteger();

  /** Answers that were for somebody else. */
  final AtomicInteger foreign = new AtomicInteger();

  /** Requests that were given up. */
  final AtomicInteger unanswered = new AtomicInteger();

  /** Refresh tokens that the provider refused. */
  final AtomicInteger burnt = new AtomicInteger();

  /** Refreshes that it granted. */
  final AtomicInteger refreshes = new AtomicInteger();

  private static final int MOST_WITNESSES = 20;

  private final Queue<String> witnesses = new ConcurrentLinkedQueue<>();

  /** Says what was seen, for whoever has to find out why; the first ones are enough. */
  void seen(String what) {
    if (witnesses.size() < MOST_WITNESSES) {
      witnesses.add(LocalTime.now() + " " + what);
    }
  }

  /** Whether nobody noticed more than a delay. */
  boolean isClean() {
    return askedAgain.get() == 0
        && foreign.get() == 0
        && unanswered.get() == 0
        && burnt.get() == 0
        && begunAgain.get() == 0;
  }

  @Override
  public String toString() {
    return "requests %s, repeated %s, logins %s, begun again %s, refreshes %s, asked again %s, foreign %s, unanswered %s, burnt %s%n%s"
        .formatted(
            requests,
            repeated,
            logins,
            begunAgain,
            refreshes,
            askedAgain,
            foreign,
            unanswered,
            burnt,
            String.join("\n", witnesses));
  }
}
