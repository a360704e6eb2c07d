package org.vestibule.web;

import java.security.SecureRandom;
import java.time.Clock;
import org.vestibule.doctor.Doctor;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.session.EndedSessions;
import org.vestibule.session.SpentStates;

/**
 * What an application has from its start to its end, however often its settings change: what was
 * used up stays used up, who was signed out stays signed out, and a refresh that is under way is
 * still the only one. Thread-safe.
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
    EndedSessions backChannel,
    EndedSessions frontChannel,
    SpentStates spentLogins,
    SpentStates spentForms,
    Consultation consultation) {

  static Lasting of(
      String contextPath, Clock clock, SecureRandom secureRandom, CredentialsSource credentials) {
    RandomValues random = new RandomValues(secureRandom);
    return new Lasting(
        contextPath,
        clock,
        secureRandom,
        random,
        random.next(),
        credentials,
        new TokenRefresh(clock),
        new EndedSessions(),
        new EndedSessions(),
        new SpentStates(),
        new SpentStates(),
        new Consultation(new Doctor(clock, random), clock));
  }
}
