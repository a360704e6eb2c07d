package org.vestibule.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * Where settings are looked up: below a provider's own prefix, below the shared one, in the
 * provider's preset; the nearest place that has a text wins. A blank text is no text, as
 * MicroProfile Config has it for empty ones.
 */
final class Lookup {

  /** A place that has texts of settings, or has not. */
  private interface Place {
    Optional<Found> find(Setting setting);
  }

  /**
   * What stands at a place.
   *
   * @param ordinal of the source, if it has one
   * @param isBroken whether it is an expression that cannot be resolved; {@code text} is empty then
   */
  record Found(String key, String source, OptionalInt ordinal, String text, boolean isBroken) {

    static Found nothing(String key) {
      return new Found(key, "", OptionalInt.empty(), "", false);
    }

    boolean hasText() {
      return !text.isBlank();
    }

    /** Without the text, which may be a secret. */
    @Override
    public String toString() {
      return key + " [from " + source + "]";
    }
  }

  private final Config config;
  private final String ownPrefix;
  private final List<Place> places;
  private final Set<ConfigurationProblem> problems;

  private Lookup(
      Config config, String ownPrefix, List<Place> places, Set<ConfigurationProblem> problems) {
    this.config = config;
    this.ownPrefix = ownPrefix;
    this.places = places;
    this.problems = problems;
  }

  /**
   * @param ownPrefix how the key of a setting begins that is found nowhere
   * @param prefixes in the order in which they are tried
   * @param problems to which problems are added
   */
  static Lookup of(
      Config config, String ownPrefix, List<String> prefixes, Set<ConfigurationProblem> problems) {
    Lookup empty = new Lookup(config, ownPrefix, List.of(), problems);
    List<Place> places =
        prefixes.stream()
            .<Place>map(prefix -> setting -> empty.at(prefix + setting.key()))
            .toList();
    return new Lookup(config, ownPrefix, places, problems);
  }

  /** This lookup, with a preset where nothing else is found. */
  Lookup with(Preset preset) {
    List<Place> more = new ArrayList<>(places);
    more.add(setting -> in(preset, setting));
    return new Lookup(config, ownPrefix, more, problems);
  }

  /** This lookup, with what an adapter's file says where nothing else is found. */
  Lookup with(AdapterSettings file) {
    List<Place> more = new ArrayList<>(places);
    more.add(
        setting ->
            file.find(setting)
                .map(
                    value ->
                        new Found(
                            ownPrefix + setting.key(),
                            value.source(),
                            OptionalInt.empty(),
                            value.text(),
                            value.isBroken())));
    return new Lookup(config, ownPrefix, more, problems);
  }

  /** What is set, unless it is blank; also what is set and broken. */
  Optional<Found> find(Setting setting) {
    return places.stream()
        .flatMap(place -> place.find(setting).stream())
        .filter(found -> found.hasText() || found.isBroken())
        .findFirst();
  }

  /** What the nearest place says that says anything about one of these settings, blank or not. */
  List<Found> nearest(Setting... settings) {
    return places.stream()
        .map(place -> Stream.of(settings).flatMap(setting -> place.find(setting).stream()).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  void report(Mistake mistake, Setting setting, String detail) {
    report(mistake, find(setting).orElse(Found.nothing(ownPrefix + setting.key())), detail);
  }

  void report(Mistake mistake, Found found, String detail) {
    report(new ConfigurationProblem(mistake, found.key(), found.source(), detail));
  }

  void report(ConfigurationProblem problem) {
    problems.add(problem);
  }

  /** What stands at a key, blank or not. */
  Optional<Found> at(String key) {
    try {
      ConfigValue value = config.getConfigValue(key);
      String source = Objects.toString(value.getSourceName(), "");
      String raw = Objects.toString(value.getRawValue(), "");
      String text = value.getValue();
      if (text == null && raw.isEmpty()) {
        return Optional.empty();
      }
      if (text == null || !Expressions.areDefined(raw, config)) {
        return Optional.of(broken(key, source));
      }
      OptionalInt ordinal = OptionalInt.of(value.getSourceOrdinal());
      return Optional.of(new Found(key, source, ordinal, isLiteral(raw) ? raw : text, false));
    } catch (NoSuchElementException | IllegalArgumentException e) {
      return Optional.of(broken(key, ""));
    }
  }

  /**
   * Whether a text with a dollar sign has no expression. By the specification a dollar sign alone
   * has no meaning, but implementations are known to make one out of two.
   */
  private static boolean isLiteral(String raw) {
    return raw.contains("$") && !raw.contains("${");
  }

  private Optional<Found> in(Preset preset, Setting setting) {
    String key = ownPrefix + setting.key();
    return preset
        .text(setting)
        .map(
            text ->
                Expressions.resolve(text, config)
                    .map(resolved -> ofPreset(preset, key, resolved))
                    .orElseGet(() -> broken(key, preset.source())));
  }

  private static Found ofPreset(Preset preset, String key, String text) {
    return new Found(key, preset.source(), OptionalInt.empty(), text, false);
  }

  private Found broken(String key, String source) {
    Found broken = new Found(key, source, OptionalInt.empty(), "", true);
    report(Mistake.EXPRESSION, broken, "");
    return broken;
  }
}
