package org.vestibule.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.protocol.LoginException;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ConfigurationProblem;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.Provider;
import org.vestibule.provider.Setting;

/**
 * Looks at the settings again from time to time, in a thread of its own so that no request waits
 * for it. What has changed is checked first, with the provider as well, and takes effect as a whole
 * or not at all. A thread of ours and not of Jakarta Concurrency, which not every server has.
 */
final class Reload implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private final Supplier<Configuration> reader;
  private final CurrentVestibule current;
  private final ScheduledThreadPoolExecutor executor;

  /** Why the settings as they are now were refused; for nobody but the thread. */
  private List<ConfigurationProblem> refused = List.of();

  /**
   * @param reader reads the settings as they are now; does not fail
   */
  Reload(Supplier<Configuration> reader, CurrentVestibule current) {
    this.reader = reader;
    this.current = current;
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "vestibule-reload" + current.get().contextPath());
              thread.setDaemon(true);
              thread.setContextClassLoader(application);
              return thread;
            });
  }

  /** Begins to look, unless the settings say that nobody does. */
  void start() {
    Duration interval = current.get().configuration().application().operations().reloadInterval();
    if (!interval.isZero()) {
      // It fails never and is not waited for.
      ScheduledFuture<?> unused =
          executor.schedule(this::lookAndGoOn, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What is under way is given up. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void lookAndGoOn() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, e, () -> "The settings cannot be looked at.");
    }
    if (!executor.isShutdown()) {
      start();
    }
  }

  /** Once. */
  void look() {
    Vestibule house = current.get();
    Configuration before = house.configuration();
    Configuration now = reader.get();
    if (now.equals(before)) {
      refused = List.of();
      settle(house);
      return;
    }
    Map<String, Provider> providers = house.providersOf(now);
    List<ConfigurationProblem> reasons = reasons(house, now, providers);
    if (reasons.isEmpty()) {
      current.replaceBy(house.changed(now, providers));
      ConfigurationReport.changed(before, now, house.contextPath());
    } else if (!reasons.equals(refused)) {
      ConfigurationReport.refused(reasons, house.contextPath());
    }
    refused = reasons;
  }

  private void settle(Vestibule house) {
    Former former = house.former();
    if (!former.isNothing() && house.clock().instant().isAfter(former.until())) {
      current.replaceBy(house.settled());
    }
  }

  /** Why settings cannot take the place of those before. */
  private static List<ConfigurationProblem> reasons(
      Vestibule house, Configuration now, Map<String, Provider> providers) {
    List<ConfigurationProblem> reasons =
        new ArrayList<>(now.problems().stream().filter(ConfigurationProblem::isError).toList());
    for (Setting setting : fixed(house, now.application())) {
      reasons.add(problem(Mistake.NEEDS_RESTART, setting.key(), ""));
    }
    if (reasons.isEmpty()) {
      providers.values().stream()
          .filter(provider -> !house.providers().containsValue(provider))
          .forEach(provider -> require(provider, reasons));
    }
    return reasons;
  }

  private static void require(Provider provider, List<ConfigurationProblem> reasons) {
    try {
      provider.require();
    } catch (LoginException e) {
      reasons.add(
          problem(
              Mistake.PROVIDER_NOT_READY,
              "provider." + provider.settings().id(),
              String.valueOf(e.getMessage())));
    }
  }

  private static ConfigurationProblem problem(Mistake mistake, String what, String detail) {
    return new ConfigurationProblem(mistake, Setting.PREFIX + what, "", detail);
  }

  /** What the container was told at the start, and cannot be told again. */
  private static List<Setting> fixed(Vestibule house, ApplicationSettings now) {
    ApplicationSettings before = house.configuration().application();
    List<Setting> changed = new ArrayList<>();
    note(changed, Setting.CALLBACK_PATH, before.paths().callback(), now.paths().callback());
    note(changed, Setting.LOGIN_PATH, before.paths().login(), now.paths().login());
    note(changed, Setting.LOGOUT_PATH, before.paths().logout(), now.paths().logout());
    note(changed, Setting.SESSION_PATH, before.paths().session(), now.paths().session());
    note(
        changed,
        Setting.COOKIE_PARTITIONED,
        before.manners().partitionedCookies(),
        now.manners().partitionedCookies());
    note(
        changed,
        Setting.CONTAINER_IDENTITY,
        before.session().containerIdentity(),
        now.session().containerIdentity());
    note(
        changed,
        Setting.PUBLIC_URL,
        house.address().isKnownSecure(),
        new PublicAddress(now, house.contextPath()).isKnownSecure());
    return changed;
  }

  private static void note(List<Setting> changed, Setting setting, Object before, Object now) {
    if (!before.equals(now)) {
      changed.add(setting);
    }
  }
}
