package org.vestibule.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.vestibule.doctor.Diagnosis;
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
 * or not at all.
 */
final class Reload implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private final Supplier<Configuration> reader;
  private final CurrentVestibule current;
  private final ScheduledThreadPoolExecutor executor;

  /** Why the settings as they are now were refused; for nobody but the thread. */
  private List<ConfigurationProblem> refused = List.of();

  /**
   * @param reader reads the settings as they are now; what it throws is told, and tried again
   */
  Reload(Supplier<Configuration> reader, CurrentVestibule current) {
    this.reader = reader;
    this.current = current;
    this.executor = BackgroundThread.named("reload", current.get().contextPath());
  }

  /** Begins to look, unless the settings say that nobody does. */
  void start() {
    Duration interval = current.get().configuration().application().operations().reloadInterval();
    if (!interval.isZero()) {
      // It does not fail, and nobody waits for it.
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
      LOG.log(
          Level.SEVERE, "unexpected " + e.getClass().getName(), EndpointServlet.withoutMessage(e));
    }
    if (!executor.isShutdown()) {
      start();
    }
  }

  /** Once. */
  void look() {
    settle();
    List<ConfigurationProblem> reasons = takeOver();
    if (!reasons.isEmpty() && !reasons.equals(refused)) {
      ConfigurationReport.refused(reasons, current.get().contextPath());
    }
    refused = reasons;
  }

  /** Also while settings are refused: what was taken away before must not stay any longer. */
  private void settle() {
    Vestibule house = current.get();
    Former former = house.former();
    if (!former.isNothing() && house.clock().instant().isAfter(former.until())) {
      current.replaceBy(house.settled());
    }
  }

  /** Puts the settings into effect if they have changed; else tells why they cannot be. */
  private List<ConfigurationProblem> takeOver() {
    Configuration now;
    try {
      now = reader.get();
    } catch (RuntimeException e) {
      return List.of(problem(Mistake.SETTINGS_UNREADABLE, "*", e.getClass().getName()));
    }
    Vestibule house = current.get();
    if (now.equals(house.configuration())) {
      return List.of();
    }
    List<ConfigurationProblem> mistakes = mistakes(house, now);
    if (!mistakes.isEmpty()) {
      return mistakes;
    }
    Map<String, Provider> providers = house.providersOf(now);
    List<ConfigurationProblem> troubles =
        providers.values().stream()
            .filter(provider -> !house.providers().containsValue(provider))
            .flatMap(provider -> trouble(provider).stream())
            .toList();
    if (troubles.isEmpty()) {
      current.replaceBy(house.changed(now, providers));
      Diagnosis read = house.lasting().consultation().doctor().read(now, house.lasting().site());
      ConfigurationReport.changed(house.configuration(), now, read);
    }
    return troubles;
  }

  /** What is wrong whoever the provider is. */
  private static List<ConfigurationProblem> mistakes(Vestibule house, Configuration now) {
    Stream<ConfigurationProblem> late =
        fixed(house, now.application()).stream()
            .map(setting -> problem(Mistake.NEEDS_RESTART, setting.key(), ""));
    return Stream.concat(now.problems().stream().filter(ConfigurationProblem::isError), late)
        .toList();
  }

  private static Optional<ConfigurationProblem> trouble(Provider provider) {
    try {
      provider.require();
      return Optional.empty();
    } catch (LoginException e) {
      String key = "provider." + provider.settings().id();
      return Optional.of(problem(Mistake.PROVIDER_NOT_READY, key, String.valueOf(e.getMessage())));
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
    note(changed, Setting.CLUSTER_CACHE, before.cluster().cache(), now.cluster().cache());
    note(
        changed,
        Setting.CLUSTER_DATA_SOURCE,
        before.cluster().dataSource(),
        now.cluster().dataSource());
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
