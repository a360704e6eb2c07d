package org.vestibule.doctor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vestibule.protocol.RandomValues;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.SettingInEffect;

/**
 * Tells what is right and wrong with a configuration, which {@code SettingsReader.read} makes from
 * MicroProfile Config. Thread-safe; holds no state and no connection from one diagnosis to the
 * next.
 */
public final class Doctor {

  private final Clock clock;
  private final RandomValues random;

  /**
   * @param random for what a login would make anew
   */
  public Doctor(Clock clock, RandomValues random) {
    this.clock = clock;
    this.random = random;
  }

  /** What the settings alone tell; nobody is asked for anything. */
  public Diagnosis read(Configuration configuration, Site site) {
    return diagnosis(configuration, site, List.of(), Set.of(), false);
  }

  /**
   * What the settings tell and the providers as well, which are asked for everything that a login
   * needs of them: metadata, keys, whether they accept the client and the redirection URI. Nothing
   * changes anywhere, and nobody is signed in.
   *
   * <p>It takes as long as the providers do, each request {@code connect-timeout} and {@code
   * read-timeout} at most; whoever has not answered is not asked again. A configuration with errors
   * has no providers to ask.
   */
  public Diagnosis examine(Configuration configuration, Site site) {
    List<ProviderDiagnosis> providers = new ArrayList<>();
    Set<Finding> findings = new LinkedHashSet<>();
    for (ProviderSettings settings : configuration.providers().values()) {
      Examination examination = new Examination(clock, random, configuration, site, settings);
      examination.perform();
      ProviderDiagnosis known = known(configuration, site, settings);
      providers.add(
          new ProviderDiagnosis(
              known.id(),
              known.name(),
              known.known(),
              known.settings(),
              known.toRegister(),
              examination.published(),
              examination.unused()));
      findings.addAll(examination.findings());
    }
    if (site.isRunning() && configuration.isUsable()) {
      findings.addAll(CallbackCheck.perform(clock, configuration.application(), site));
    }
    return diagnosis(configuration, site, providers, findings, true);
  }

  private Diagnosis diagnosis(
      Configuration configuration,
      Site site,
      List<ProviderDiagnosis> examined,
      Set<Finding> found,
      boolean isExamined) {
    Set<Finding> findings = new LinkedHashSet<>();
    configuration.problems().forEach(problem -> findings.add(Finding.of(problem)));
    if (configuration.isUsable()) {
      findings.addAll(ApplicationCheck.judge(configuration, site));
    }
    findings.addAll(found);
    List<ProviderDiagnosis> providers =
        isExamined
            ? examined
            : configuration.providers().values().stream()
                .map(settings -> known(configuration, site, settings))
                .toList();
    return new Diagnosis(
        site.contextPath(),
        clock.instant(),
        isExamined,
        Facts.of(configuration, site),
        configuration.settingsInEffect().stream()
            .filter(setting -> setting.provider().isEmpty())
            .toList(),
        providers,
        List.copyOf(findings));
  }

  private static ProviderDiagnosis known(
      Configuration configuration, Site site, ProviderSettings settings) {
    List<SettingInEffect> own =
        configuration.settingsInEffect().stream()
            .filter(setting -> setting.provider().filter(settings.id()::equals).isPresent())
            .toList();
    return new ProviderDiagnosis(
        settings.id(),
        settings.displayName(),
        Facts.of(settings),
        own,
        Facts.toRegister(configuration.application(), settings, site),
        List.of(),
        List.of());
  }
}
