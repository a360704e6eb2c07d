package org.vestibule.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration as it was read, with everything that is wrong with it. Immutable.
 *
 * @param application usable even with problems: what could not be read has its default
 * @param providers by id, in the configured order; empty if there are errors
 * @param defaultProvider the id of the one that is used when nobody chooses
 * @param settingsInEffect what is set and where, without secrets; what is not listed has its
 *     default
 */
public record Configuration(
    ApplicationSettings application,
    Map<String, ProviderSettings> providers,
    String defaultProvider,
    List<ConfigurationProblem> problems,
    List<SettingInEffect> settingsInEffect) {

  public Configuration {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    problems = List.copyOf(problems);
    settingsInEffect = List.copyOf(settingsInEffect);
  }

  /** Whether somebody can sign in. */
  public boolean isUsable() {
    return problems.stream().noneMatch(ConfigurationProblem::isError);
  }

  public Optional<ProviderSettings> provider(String id) {
    return Optional.ofNullable(providers.get(id));
  }

  /**
   * What callers need beside being signed in: the rules as they are set, together with the paths of
   * the providers where those choose. Each pattern once.
   */
  public List<AccessRule> accessRules() {
    return new ProviderChoices(application.choosing().by(), providers)
        .rules(application.paths().rules());
  }
}
