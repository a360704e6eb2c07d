package org.vestibule.failover;

import java.util.Locale;

/**
 * What many signed-in users need, from what one of them was measured to need. A model and no
 * measurement: it multiplies, and says by what.
 *
 * @param sessionBytes in the engine, all copies together
 * @param loginMillis processor time of the nodes for a login
 * @param requestMillis processor time of the nodes for a request, an application that does nothing
 *     included
 */
record SizingModel(double sessionBytes, double loginMillis, double requestMillis) {

  /** Sign in within the busiest hour of the day, of those that do on that day. */
  private static final double IN_THE_BUSIEST_HOUR = 0.25;

  /** Seconds between two requests of somebody who is at work with the application. */
  private static final double BETWEEN_REQUESTS = 20;

  /** Are at work with it at the same time, of those that are signed in. */
  private static final double AT_WORK = 0.1;

  /** What a core is planned to be busy. */
  private static final double BUSY = 0.5;

  private static final double HOUR_MILLIS = 3_600_000;
  private static final double GIB = 1 << 30;

  double gibibytes(long users) {
    return users * sessionBytes / GIB;
  }

  /** In the busiest hour, if all users sign in on the same day. */
  double coresForLogins(long users) {
    return users * IN_THE_BUSIEST_HOUR * loginMillis / HOUR_MILLIS / BUSY;
  }

  double coresForRequests(long users) {
    return users * AT_WORK / BETWEEN_REQUESTS * requestMillis / 1000 / BUSY;
  }

  /** A row of a table. */
  String row(String engine, long users) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.0f | %.2f | %.3f | %.1f GiB | %.1f | %.1f |%n",
        engine,
        users,
        sessionBytes,
        loginMillis,
        requestMillis,
        gibibytes(users),
        coresForLogins(users),
        coresForRequests(users));
  }
}
