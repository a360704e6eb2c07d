package org.vestibule.web;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.vestibule.doctor.Doctor;
import org.vestibule.doctor.Site;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.session.EndedEverywhere;
import org.vestibule.session.LentSessions;
import org.vestibule.session.SpentStates;
import org.vestibule.shared.OwnMemory;
import org.vestibule.shared.SharedState;

/**
 * What an application has from its start to its end, however often its settings change: what was
 * used up stays used up, who was signed out stays signed out, a refresh that is under way is still
 * the only one, and what was lent stays lent. Thread-safe.
 *
 * @param contextPath of the application, empty for the root
 * @param runKey seals what has to be sealed where no key and no secret is set
 */
record Lasting(
    String contextPath,
    Clock clock,
    SecureRandom secureRandom,
    RandomValues random,
    Secret runKey,
    CredentialsSource credentials,
    TokenRefresh refresh,
    EndedEverywhere ended,
    LentSessions lent,
    SpentStates spentLogins,
    SpentStates spentForms,
    Consultation consultation,
    WarningLimit warnings) {

  /** Both logins and forms are good for an hour at the most. */
  private static final Duration SPENT = Duration.ofHours(2);

  /** Longer than any refresh takes, and than its result is of use to anybody. */
  private static final Duration REFRESHED = Duration.ofMinutes(15);

  /**
   * @param shared what the nodes have in common
   * @param longestSession how long a session lasts at the most
   */
  static Lasting of(
      String contextPath,
      Clock clock,
      SecureRandom secureRandom,
      CredentialsSource credentials,
      SharedState shared,
      Duration longestSession) {
    RandomValues random = new RandomValues(secureRandom);
    EndedEverywhere ended = new EndedEverywhere(clock, random, shared, longestSession);
    return new Lasting(
        contextPath,
        clock,
        secureRandom,
        random,
        random.next(),
        credentials,
        new TokenRefresh(clock, shared.map("refresh", REFRESHED), ended::isRecovering),
        ended,
        new LentSessions(
            shared.isAlone()
                ? new OwnMemory(clock, longestSession)
                : shared.map("lent", longestSession)),
        new SpentStates(shared.map("spent-logins", SPENT)),
        new SpentStates(shared.map("spent-forms", SPENT)),
        new Consultation(new Doctor(clock, random), clock),
        new WarningLimit(clock));
  }

  /** Where the application is, as far as that is known before anybody comes. */
  Site site() {
    return new Site(contextPath, Optional.empty(), false, PathMemory.isKept(System::getProperty));
  }
}
