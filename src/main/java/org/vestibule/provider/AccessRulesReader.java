package org.vestibule.provider;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads what callers of some paths need beside being signed in. */
final class AccessRulesReader {

  private final Lookup lookup;

  private AccessRulesReader(Lookup lookup) {
    this.lookup = lookup;
  }

  static List<AccessRule> read(Lookup lookup) {
    return new AccessRulesReader(lookup).read();
  }

  private List<AccessRule> read() {
    List<AccessRule> rules = new ArrayList<>();
    Set<String> patterns = new HashSet<>();
    for (int number = 1; number <= AccessSetting.MOST; number++) {
      Optional<AccessRule> rule = rule(number);
      if (rule.isPresent() && !patterns.add(rule.get().pattern())) {
        found(number, AccessSetting.PATTERN)
            .ifPresent(found -> lookup.report(Mistake.RULES_COLLIDE, found, ""));
      }
      rule.ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<AccessRule> rule(int number) {
    boolean isThere =
        Arrays.stream(AccessSetting.values())
            .anyMatch(setting -> found(number, setting).isPresent());
    if (!isThere) {
      return Optional.empty();
    }
    Optional<Lookup.Found> pattern = found(number, AccessSetting.PATTERN);
    if (pattern.isEmpty()) {
      lookup.report(
          new ConfigurationProblem(
              Mistake.MISSING, AccessSetting.PATTERN.of(number), "", "a rule needs one"));
      return Optional.empty();
    }
    String text = pattern.get().text().strip();
    if (!PathSettingsReader.isPattern(text)) {
      lookup.report(Mistake.MALFORMED, pattern.get(), "a pattern is like /about, /admin/* or /");
      return Optional.empty();
    }
    return Optional.of(
        new AccessRule(
            number,
            text,
            new LinkedHashSet<>(words(number, AccessSetting.ROLES, ",")),
            Scope.of(tokens(number, AccessSetting.SCOPE)),
            new AuthenticationRequirement(tokens(number, AccessSetting.ACR_VALUES), maxAge(number)),
            found(number, AccessSetting.PROVIDER).map(found -> found.text().strip()),
            unauthorized(number)));
  }

  /** They are repeated in headers. */
  private List<String> tokens(int number, AccessSetting setting) {
    List<String> tokens = words(number, setting, "[\\s,]+");
    if (!tokens.stream().allMatch(AuthenticationRequirement::isToken)) {
      found(number, setting)
          .ifPresent(
              found -> lookup.report(Mistake.MALFORMED, found, "printable ASCII characters only"));
    }
    return tokens;
  }

  private List<String> words(int number, AccessSetting setting, String separator) {
    Optional<Lookup.Found> found = found(number, setting);
    if (found.isEmpty()) {
      return List.of();
    }
    List<String> words =
        Arrays.stream(found.get().text().split(separator))
            .map(String::strip)
            .filter(Predicate.not(String::isEmpty))
            .toList();
    if (words.isEmpty()) {
      lookup.report(Mistake.MALFORMED, found.get(), "there is nothing between the commas");
    }
    return words;
  }

  private Optional<Duration> maxAge(int number) {
    Optional<Lookup.Found> found = found(number, AccessSetting.MAX_AGE);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration age = Duration.parse(found.get().text().strip());
      if (AuthenticationRequirement.isPossible(age)) {
        return Optional.of(Duration.ofSeconds(age.toSeconds()));
      }
      lookup.report(
          Mistake.MALFORMED,
          found.get(),
          "from "
              + AuthenticationRequirement.SHORTEST_AGE
              + " to "
              + AuthenticationRequirement.LONGEST_AGE);
    } catch (DateTimeParseException e) {
      lookup.report(Mistake.MALFORMED, found.get(), "an ISO 8601 duration such as PT5M");
    }
    return Optional.empty();
  }

  private boolean unauthorized(int number) {
    Optional<Lookup.Found> found = found(number, AccessSetting.CHALLENGE);
    String word = found.map(present -> present.text().strip()).orElse("redirect");
    if (found.isPresent() && !word.equals("redirect") && !word.equals("unauthorized")) {
      lookup.report(Mistake.MALFORMED, found.get(), "one of redirect, unauthorized");
    }
    return word.equals("unauthorized");
  }

  private Optional<Lookup.Found> found(int number, AccessSetting setting) {
    return lookup.at(setting.of(number)).filter(found -> found.hasText() || found.isBroken());
  }
}
