package org.vestibule.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ConfigurationProblem;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.SettingInEffect;

/** Tells the log what the configuration is and what is wrong with it. */
final class ConfigurationReport {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private ConfigurationReport() {}

  /** At the start. */
  static void started(Configuration configuration, String contextPath) {
    tell(configuration.problems());
    if (!configuration.isUsable()) {
      LOG.severe(
          () -> "Nobody can sign in to " + contextPath + "/ until the problems above are mended.");
      return;
    }
    configuration.settingsInEffect().forEach(setting -> LOG.info(() -> "Setting " + setting));
    introduce(configuration, contextPath);
  }

  /** When other settings have taken the place of those before; what has not changed is known. */
  static void changed(Configuration before, Configuration after, String contextPath) {
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
    LOG.info(() -> "The settings of " + contextPath + "/ have changed and are in effect.");
    introduce(after, contextPath);
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

  private static void introduce(Configuration configuration, String contextPath) {
    for (ProviderSettings provider : configuration.providers().values()) {
      LOG.info(
          () ->
              "Provider "
                  + provider.id()
                  + " signs users in to "
                  + contextPath
                  + "/: "
                  + provider.endpoints().issuer().orElse("known by its endpoints")
                  + ", client "
                  + provider.client().credentials().clientId()
                  + ", redirection URI "
                  + configuration
                      .application()
                      .browser()
                      .redirectUri()
                      .replace("{context-path}", contextPath)
                      .replace("{callback-path}", configuration.application().paths().callback()));
    }
  }
}
