package org.vestibule.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.vestibule.doctor.Diagnosis;
import org.vestibule.doctor.Finding;
import org.vestibule.doctor.ProviderDiagnosis;
import org.vestibule.doctor.TextReport;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ConfigurationProblem;
import org.vestibule.provider.SettingInEffect;

/** Tells the log what the configuration is and what is wrong with it. */
final class ConfigurationReport {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private ConfigurationReport() {}

  /**
   * At the start: what is wrong, one by one, and what is so.
   *
   * @param read what the settings say
   */
  static void started(Configuration configuration, Diagnosis read) {
    tell(configuration.problems());
    if (!configuration.isUsable()) {
      LOG.severe(
          () ->
              "Nobody can sign in to "
                  + read.contextPath()
                  + "/ until the problems above are mended.");
      return;
    }
    List<String> known =
        configuration.problems().stream().map(problem -> problem.mistake().code()).toList();
    read.findings().stream()
        .filter(finding -> !known.contains(finding.code()))
        .forEach(ConfigurationReport::tell);
    LOG.info(() -> TextReport.factsOf(read));
  }

  /** When the providers were asked as well, after the start. */
  static void examined(Diagnosis read, Diagnosis examined) {
    examined.findings().stream()
        .filter(finding -> !read.findings().contains(finding))
        .forEach(ConfigurationReport::tell);
    LOG.info(
        () ->
            "The diagnosis of "
                + examined.contextPath()
                + "/: "
                + TextReport.summary(examined)
                + "\n"
                + TextReport.factsOf(examined));
  }

  private static void tell(Finding finding) {
    Level level =
        switch (finding.severity()) {
          case ERROR -> Level.SEVERE;
          case WARNING -> Level.WARNING;
          case ADVICE -> Level.INFO;
          case OK -> Level.FINE;
        };
    LOG.log(level, finding::toString);
  }

  /** When other settings have taken the place of those before; what has not changed is known. */
  static void changed(Configuration before, Configuration after, Diagnosis read) {
    Set<ConfigurationProblem> known = new HashSet<>(before.problems());
    tell(after.problems().stream().filter(problem -> !known.contains(problem)).toList());
    Set<SettingInEffect> old = new HashSet<>(before.settingsInEffect());
    Set<SettingInEffect> now = new HashSet<>(after.settingsInEffect());
    before.settingsInEffect().stream()
        .filter(setting -> !now.contains(setting))
        .forEach(setting -> LOG.info(() -> "No longer " + setting));
    after.settingsInEffect().stream()
        .filter(setting -> !old.contains(setting))
        .forEach(setting -> LOG.info(() -> "Setting " + setting));
    LOG.info(() -> "The settings of " + read.contextPath() + "/ have changed and are in effect.");
    introduce(read);
  }

  /** When settings have changed that cannot be used. */
  static void refused(List<ConfigurationProblem> reasons, String contextPath) {
    tell(reasons);
    LOG.severe(
        () ->
            "The settings of "
                + contextPath
                + "/ have changed, but those from before go on until the problems above are"
                + " mended.");
  }

  private static void tell(List<ConfigurationProblem> problems) {
    for (ConfigurationProblem problem : problems) {
      LOG.log(level(problem), problem::toString);
    }
  }

  private static Level level(ConfigurationProblem problem) {
    if (problem.isError()) {
      return Level.SEVERE;
    }
    return problem.mistake().isNote() ? Level.INFO : Level.WARNING;
  }

  private static void introduce(Diagnosis read) {
    for (ProviderDiagnosis provider : read.providers()) {
      LOG.info(
          () ->
              "Provider "
                  + provider.id()
                  + " signs users in to "
                  + read.contextPath()
                  + "/; to be registered there: "
                  + provider.toRegister().stream()
                      .map(fact -> fact.name() + " " + String.join(" ", fact.values()))
                      .collect(Collectors.joining(", ")));
    }
  }
}
