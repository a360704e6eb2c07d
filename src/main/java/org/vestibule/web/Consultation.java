package org.vestibule.web;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.vestibule.doctor.Diagnosis;
import org.vestibule.doctor.Doctor;
import org.vestibule.doctor.Site;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.provider.Configuration;

/**
 * Has the doctor examine an application one at a time, and no more often than providers can be
 * expected to bear, whoever asks. Thread-safe.
 */
final class Consultation {

  /** For this long a diagnosis is good for everybody. */
  static final Duration KEPT = Duration.ofSeconds(30);

  private record Known(Configuration configuration, Site site, Diagnosis diagnosis) {}

  private final Doctor doctor;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Known known;

  Consultation(Doctor doctor, Clock clock) {
    this.doctor = doctor;
    this.clock = clock;
  }

  Doctor doctor() {
    return doctor;
  }

  /**
   * The last diagnosis of this configuration, if it is young enough or another is under way; else a
   * new one, which takes as long as the providers do.
   *
   * @throws LoginException {@code BUSY}: the first one is under way
   */
  Diagnosis diagnosis(Configuration configuration, Site site) {
    Diagnosis last = last(configuration, site);
    if (last != null && isYoung(last)) {
      return last;
    }
    if (!lock.tryLock()) {
      if (last != null) {
        return last;
      }
      throw new LoginException(ProviderTrouble.BUSY, "a diagnosis is under way");
    }
    try {
      Diagnosis meanwhile = last(configuration, site);
      if (meanwhile != null && isYoung(meanwhile)) {
        return meanwhile;
      }
      Diagnosis diagnosis = doctor.examine(configuration, site);
      known = new Known(configuration, site, diagnosis);
      return diagnosis;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Diagnosis last(Configuration configuration, Site site) {
    Known current = known;
    return current != null
            && current.configuration().equals(configuration)
            && current.site().equals(site)
        ? current.diagnosis()
        : null;
  }

  private boolean isYoung(Diagnosis diagnosis) {
    return clock.instant().isBefore(diagnosis.at().plus(KEPT));
  }
}
