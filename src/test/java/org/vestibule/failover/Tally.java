package org.vestibule.failover;

import java.util.concurrent.atomic.AtomicInteger;

/** What happened to the requests of a {@link Crowd}. Safe for use by several threads. */
final class Tally {

  /** Requests that were answered in the end. */
  final AtomicInteger requests = new AtomicInteger();

  /** Those of them that had to be sent again: the connection was cut, or the answer was 5xx. */
  final AtomicInteger repeated = new AtomicInteger();

  /** Logins of people who came meanwhile. */
  final AtomicInteger logins = new AtomicInteger();

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

  /** Whether nobody noticed more than a delay. */
  boolean isClean() {
    return askedAgain.get() == 0 && foreign.get() == 0 && unanswered.get() == 0 && burnt.get() == 0;
  }

  @Override
  public String toString() {
    return "requests %s, repeated %s, logins %s, refreshes %s, asked again %s, foreign %s, unanswered %s, burnt %s"
        .formatted(requests, repeated, logins, refreshes, askedAgain, foreign, unanswered, burnt);
  }
}
