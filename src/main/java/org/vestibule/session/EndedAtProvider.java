package org.vestibule.session;

import java.time.Instant;
import java.util.Optional;

/**
 * That a provider ended something, as one node tells the others.
 *
 * @param kind of what was ended
 * @param issuer whose word it is
 * @param id {@code sid} or {@code sub}
 * @param moment when it ended; sessions that begin later go on
 */
record EndedAtProvider(Kind kind, String issuer, String id, Instant moment) {

  /** What was ended. */
  enum Kind {
    /** The session of a {@code sid}. */
    SESSION,
    /** All sessions of a {@code sub}. */
    SUBJECT,
    /** Those sessions of a {@code sub} that do not know their own {@code sid}. */
    SUBJECT_ALONE
  }

  /** One line each: kind, epoch milliseconds, issuer, id. */
  String written() {
    return kind + "\n" + moment.toEpochMilli() + "\n" + issuer + "\n" + id;
  }

  /** Empty for what none of us has written. */
  static Optional<EndedAtProvider> read(String text) {
    String[] lines = text.split("\n", 4);
    try {
      return lines.length == 4
          ? Optional.of(
              new EndedAtProvider(
                  Kind.valueOf(lines[0]),
                  lines[2],
                  lines[3],
                  Instant.ofEpochMilli(Long.parseLong(lines[1]))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
