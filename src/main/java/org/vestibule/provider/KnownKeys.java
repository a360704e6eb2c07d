package org.vestibule.provider;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Finds keys that begin like ours and mean nothing: most are misspelt. */
final class KnownKeys {

  static final List<Setting> PROVIDER_SETTINGS =
      Arrays.stream(Setting.values())
          .filter(setting -> setting.level() == Setting.Level.PROVIDER)
          .toList();

  /** A property for one profile of MicroProfile Config: {@code %dev.oauth.issuer}. */
  private static final String PROFILE = "%[^.]+\\.";

  private static final String ENVIRONMENT_PREFIX = inEnvironment(Setting.PREFIX);

  private static final String RULES_IN_ENVIRONMENT = inEnvironment(AccessSetting.PREFIX);

  private static final Pattern OF_PROVIDER =
      Pattern.compile(Pattern.quote(Setting.PROVIDER_PREFIX) + "([^.]+)\\.(.+)");

  private final Set<String> keys = new LinkedHashSet<>();
  private final Set<String> ids;

  /**
   * @param providerIds those that the configuration knows
   */
  KnownKeys(Collection<String> providerIds) {
    ids = Set.copyOf(providerIds);
    Arrays.stream(Setting.values())
        .map(setting -> Setting.PREFIX + setting.key())
        .forEach(keys::add);
    for (AccessSetting setting : AccessSetting.values()) {
      IntStream.rangeClosed(1, AccessSetting.MOST).mapToObj(setting::of).forEach(keys::add);
    }
    for (String id : providerIds) {
      PROVIDER_SETTINGS.stream().map(setting -> of(id, setting)).forEach(keys::add);
    }
  }

  static String of(String id, Setting setting) {
    return Setting.PROVIDER_PREFIX + id + "." + setting.key();
  }

  /** How MicroProfile Config writes a key in the environment. */
  static String inEnvironment(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** A warning for each unknown key, with what was probably meant. */
  List<ConfigurationProblem> check(Config config) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .flatMap(this::check)
        .toList();
  }

  private Stream<ConfigurationProblem> check(ConfigSource source) {
    Set<String> names = names(source);
    Set<String> environmentNames =
        names.stream()
            .filter(name -> !name.contains("."))
            .map(KnownKeys::inEnvironment)
            .collect(Collectors.toSet());
    return names.stream()
        .filter(KnownKeys::isOurs)
        .filter(name -> !isKnown(name.replaceFirst(PROFILE, ""), source))
        .filter(name -> !(name.contains(".") && environmentNames.contains(inEnvironment(name))))
        .map(name -> new ConfigurationProblem(mistake(name), name, source.getName(), hint(name)));
  }

  /** What was to be a rule must not be passed over: the paths would be open wider than meant. */
  private static Mistake mistake(String name) {
    return inEnvironment(name.replaceFirst(PROFILE, "")).startsWith(RULES_IN_ENVIRONMENT)
        ? Mistake.UNKNOWN_RULE
        : Mistake.UNKNOWN_KEY;
  }

  /** None, if a source fails: a misspelt key is not worth an application that does not start. */
  private static Set<String> names(ConfigSource source) {
    try {
      return new TreeSet<>(source.getPropertyNames());
    } catch (RuntimeException e) {
      return Set.of();
    }
  }

  private static boolean isOurs(String name) {
    return name.replaceFirst(PROFILE, "").startsWith(Setting.PREFIX)
        || name.toUpperCase(Locale.ROOT).startsWith(ENVIRONMENT_PREFIX);
  }

  /**
   * A key as we look it up; or the name of a variable, where the source finds one of our keys under
   * it: one for the environment does, a file does not.
   */
  private boolean isKnown(String name, ConfigSource source) {
    if (name.contains(".")) {
      return keys.contains(name);
    }
    String inEnvironment = inEnvironment(name);
    return keys.stream()
        .filter(key -> inEnvironment(key).equals(inEnvironment))
        .anyMatch(key -> source.getValue(key) != null);
  }

  private String hint(String name) {
    String key = name.replaceFirst(PROFILE, "");
    Matcher ofProvider = OF_PROVIDER.matcher(key);
    Optional<Setting> setting =
        ofProvider.matches() ? Setting.of(ofProvider.group(2)) : Optional.empty();
    if (setting.isPresent()) {
      return hint(ofProvider.group(1), setting.get());
    }
    return EditDistance.nearest(key, keys, KnownKeys::withoutPrefix)
        .map(near -> "did you mean " + near + "?")
        .orElse("");
  }

  private String hint(String id, Setting setting) {
    if (setting.level() == Setting.Level.APPLICATION) {
      return "it is not set by provider: " + Setting.PREFIX + setting.key();
    }
    return EditDistance.nearest(id, ids, UnaryOperator.identity())
        .map(near -> "did you mean " + of(near, setting) + "?")
        .orElse(Setting.PREFIX + Setting.PROVIDERS.key() + " does not list " + id);
  }

  private static String withoutPrefix(String key) {
    return inEnvironment(key).substring(ENVIRONMENT_PREFIX.length());
  }
}
