package org.vestibule.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.doctor.Diagnosis;
import org.vestibule.doctor.Doctor;
import org.vestibule.doctor.Site;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.provider.ApplicationSettings.DoctorAccess;
import org.vestibule.provider.Configuration;

/**
 * Examines the providers once after the start and tells the log, where the settings want a doctor.
 * In a thread of its own and a while later, so that no start waits for it and a provider that
 * starts together with the application is there; one that is not is tried again.
 */
final class FirstDiagnosis implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));

  private final CurrentVestibule current;
  private final ScheduledThreadPoolExecutor executor;

  FirstDiagnosis(CurrentVestibule current) {
    this.current = current;
    this.executor = BackgroundThread.named("doctor", current.get().contextPath());
  }

  void start() {
    if (current.get().configuration().application().operations().doctor() != DoctorAccess.OFF) {
      schedule(0);
    }
  }

  private void schedule(int attempt) {
    // It does not fail, and nobody waits for it.
    ScheduledFuture<?> unused =
        executor.schedule(
            () -> attempt(attempt), WAITS.get(attempt).toMillis(), TimeUnit.MILLISECONDS);
  }

  private void attempt(int number) {
    try {
      boolean last = number + 1 == WAITS.size();
      if (isTold(last)) {
        executor.shutdown();
      } else {
        schedule(number + 1);
      }
    } catch (RejectedExecutionException closed) {
      LOG.fine("the application ends");
    } catch (RuntimeException e) {
      LOG.log(
          Level.SEVERE, "unexpected " + e.getClass().getName(), EndpointServlet.withoutMessage(e));
    }
  }

  /** Tells what there is to tell, unless somebody is not there who may still come. */
  boolean isTold(boolean whateverThereIs) {
    Vestibule house = current.get();
    Doctor doctor = house.lasting().consultation().doctor();
    Configuration configuration = house.configuration();
    Site site = house.lasting().site();
    if (configuration.application().operations().doctor() == DoctorAccess.OFF) {
      return true;
    }
    Diagnosis examined = doctor.examine(configuration, site);
    if (executor.isShutdown()) {
      // What was interrupted tells nothing.
      return true;
    }
    boolean isComplete =
        examined.findings().stream()
            .noneMatch(finding -> finding.code().equals(ProviderTrouble.UNREACHABLE.code()));
    if (isComplete || whateverThereIs) {
      ConfigurationReport.examined(doctor.read(configuration, site), examined);
      return true;
    }
    return false;
  }

  /** What is under way is given up. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
