package org.vestibule.provider;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Finds keys that begin like ours and mean nothing: most are misspelt. */
final class KnownKeys {

  private static final String ENVIRONMENT_PREFIX = mangle(Setting.PREFIX);
  private static final int FARTHEST = 4;

  private KnownKeys() {}

  /** A warning for each unknown key, with the nearest known one. */
  static List<ConfigurationProblem> check(Config config, Collection<String> providerIds) {
    List<String> known = known(providerIds);
    List<String> mangled = known.stream().map(KnownKeys::mangle).toList();
    return Stream.of(config.getPropertyNames())
        .flatMap(names -> StreamSupport.stream(names.spliterator(), false))
        .filter(name -> name.startsWith(Setting.PREFIX) || name.startsWith(ENVIRONMENT_PREFIX))
        .distinct()
        .sorted()
        .filter(name -> !known.contains(name) && !mangled.contains(mangle(name)))
        .map(
            name ->
                new ConfigurationProblem(
                    Mistake.UNKNOWN_KEY,
                    name,
                    "",
                    nearest(name, known).map(near -> "did you mean " + near + "?").orElse("")))
        .toList();
  }

  private static List<String> known(Collection<String> providerIds) {
    Stream<String> shared = Arrays.stream(Setting.values()).map(s -> Setting.PREFIX + s.key());
    Stream<String> single =
        providerIds.stream()
            .flatMap(
                id ->
                    Arrays.stream(Setting.values())
                        .filter(setting -> setting.level() == Setting.Level.PROVIDER)
                        .map(setting -> Setting.PROVIDER_PREFIX + id + "." + setting.key()));
    return Stream.concat(shared, single).toList();
  }

  /** How MicroProfile Config writes a key in the environment. */
  static String mangle(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Optional<String> nearest(String name, List<String> known) {
    String mangled = mangle(name);
    return known.stream()
        .filter(candidate -> distance(mangled, mangle(candidate)) <= FARTHEST)
        .min(Comparator.comparingInt(candidate -> distance(mangled, mangle(candidate))));
  }

  /** Levenshtein's distance, with two rows. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
