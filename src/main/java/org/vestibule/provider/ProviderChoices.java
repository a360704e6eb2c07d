package org.vestibule.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** What is set with several providers about which one is taken, held side by side. */
final class ProviderChoices {

  private final ChooseBy by;
  private final Map<String, ProviderSettings> providers;

  ProviderChoices(ChooseBy by, Map<String, ProviderSettings> providers) {
    this.by = by;
    this.providers = providers;
  }

  /** What contradicts, has no effect, or is missing. */
  List<ConfigurationProblem> problems() {
    List<ConfigurationProblem> problems = new ArrayList<>();
    check(Setting.PATHS, ChooseBy.PATH, ProviderSettings.Taken::paths, problems);
    check(Setting.HOSTS, ChooseBy.HOST, ProviderSettings.Taken::hosts, problems);
    check(
        Setting.EMAIL_DOMAINS,
        ChooseBy.EMAIL_DOMAIN,
        ProviderSettings.Taken::emailDomains,
        problems);
    return problems;
  }

  private void check(
      Setting setting,
      ChooseBy way,
      Function<ProviderSettings.Taken, List<String>> values,
      List<ConfigurationProblem> problems) {
    Map<String, String> owners = new HashMap<>();
    providers.forEach(
        (id, provider) -> {
          List<String> own = values.apply(provider.taken());
          if (by == way) {
            own.stream()
                .filter(value -> !id.equals(owners.computeIfAbsent(value, unowned -> id)))
                .findFirst()
                .ifPresent(
                    value -> problems.add(problem(Mistake.CHOICE_COLLIDES, id, setting, value)));
          } else if (!own.isEmpty()) {
            problems.add(problem(Mistake.CHOICE_UNUSED, id, setting, ""));
          }
        });
    if (by == way && owners.isEmpty()) {
      String detail = "no provider has " + setting.key();
      problems.add(
          new ConfigurationProblem(
              Mistake.CHOICE_IMPOSSIBLE, Setting.PREFIX + Setting.CHOOSE_BY.key(), "", detail));
    }
  }

  private static ConfigurationProblem problem(
      Mistake mistake, String id, Setting setting, String detail) {
    return new ConfigurationProblem(mistake, KnownKeys.of(id, setting), "", detail);
  }

  /**
   * The access rules, with the providers' own paths among them: where the paths choose, a page is
   * for the users of its provider. Since of all rules for a path only the most specific counts, it
   * takes along what the less specific one asks for.
   */
  List<AccessRule> rules(List<AccessRule> rules) {
    if (by != ChooseBy.PATH) {
      return rules;
    }
    Map<String, String> owners = new LinkedHashMap<>();
    providers.forEach(
        (id, provider) -> provider.taken().paths().forEach(path -> owners.put(path, id)));
    Map<String, AccessRule> byPattern = new LinkedHashMap<>();
    rules.forEach(rule -> byPattern.put(rule.pattern(), rule));
    Map<String, AccessRule> all = new LinkedHashMap<>();
    for (AccessRule rule : rules) {
      all.put(
          rule.pattern(),
          rule.provider().isPresent()
              ? rule
              : mostSpecific(rule.pattern(), owners).map(rule::by).orElse(rule));
    }
    owners.forEach(
        (path, id) ->
            all.computeIfAbsent(
                path,
                added ->
                    mostSpecific(added, byPattern)
                        .map(rule -> rule.at(added).by(id))
                        .orElseGet(() -> AccessRule.only(added, id))));
    return List.copyOf(all.values());
  }

  /** What belongs to the most specific pattern that stands for all that another stands for. */
  private static <T> Optional<T> mostSpecific(String pattern, Map<String, T> values) {
    return values.entrySet().stream()
        .filter(entry -> PathSettingsReader.covers(entry.getKey(), pattern))
        .max(
            Comparator.comparingInt(
                entry ->
                    entry.getKey().equals(pattern) ? Integer.MAX_VALUE : entry.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
