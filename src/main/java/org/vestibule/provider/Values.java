package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * Looks settings up and turns their text into values, strictly: what is not understood is a
 * problem, never something else that happens to be the default. One instance reads for one
 * provider, or for the application.
 */
final class Values {

  /** A value and where it was found. */
  private record Found(String key, String source, String text) {}

  private final Config config;
  private final List<String> prefixes;
  private final Map<String, String> preset;
  private final List<ConfigurationProblem> problems;

  /**
   * @param prefixes of the keys, tried in this order
   * @param problems to which problems are added
   */
  Values(
      Config config,
      List<String> prefixes,
      Map<String, String> preset,
      List<ConfigurationProblem> problems) {
    this.config = config;
    this.prefixes = prefixes;
    this.preset = preset;
    this.problems = problems;
  }

  Optional<String> text(Setting setting) {
    Optional<String> set = find(setting).map(Found::text).map(String::strip);
    return set.or(() -> Optional.of(setting.defaultValue())).filter(text -> !text.isEmpty());
  }

  boolean isSet(Setting setting) {
    return find(setting).isPresent();
  }

  List<String> list(Setting setting) {
    return text(setting).map(Values::split).orElse(List.of());
  }

  /** One of a few words. */
  <T> T choice(Setting setting, Map<String, T> choices) {
    T fallback = choices.get(setting.defaultValue());
    String word = text(setting).orElse("");
    T chosen = choices.get(word);
    if (chosen == null) {
      report(Mistake.MALFORMED, setting, "one of " + choices.keySet());
      return Objects.requireNonNull(fallback);
    }
    return chosen;
  }

  /** Several words, each understood by {@code parser}. */
  <T> List<T> choices(Setting setting, Function<String, Optional<T>> parser) {
    return list(setting).stream()
        .flatMap(
            word -> {
              Optional<T> value = parser.apply(word);
              if (value.isEmpty()) {
                report(Mistake.MALFORMED, setting, "a word is not known");
              }
              return value.stream();
            })
        .toList();
  }

  Duration duration(Setting setting, Duration longest) {
    return optionalDuration(setting, longest)
        .orElseGet(() -> Duration.parse(setting.defaultValue()));
  }

  Optional<Duration> optionalDuration(Setting setting, Duration longest) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(text.get());
      if (!duration.isNegative() && duration.compareTo(longest) <= 0) {
        return Optional.of(duration);
      }
      report(Mistake.MALFORMED, setting, "between PT0S and " + longest);
    } catch (DateTimeParseException e) {
      report(Mistake.MALFORMED, setting, "an ISO 8601 duration such as PT30S");
    }
    return Optional.empty();
  }

  int integer(Setting setting, int least, int most) {
    String text = text(setting).orElse("");
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    report(Mistake.MALFORMED, setting, "a whole number from " + least + " to " + most);
    return Integer.parseInt(setting.defaultValue());
  }

  /** An absolute URL without fragment, https but for loopback. */
  Optional<URI> url(Setting setting) {
    return text(setting)
        .flatMap(
            text -> {
              try {
                URI url = new URI(text);
                if (!BackChannelUrl.isAcceptable(url)) {
                  report(Mistake.NOT_HTTPS, setting, "");
                  return Optional.empty();
                }
                return Optional.of(url);
              } catch (URISyntaxException e) {
                report(Mistake.MALFORMED, setting, "an absolute URL");
                return Optional.empty();
              }
            });
  }

  /** {@code name=value,name=value}; a value may have anything but a comma. */
  Parameters parameters(Setting setting, Predicate<String> reserved) {
    Parameters parameters = Parameters.empty();
    for (String pair : list(setting)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        report(Mistake.MALFORMED, setting, "name=value,name=value");
      } else if (reserved.test(pair.substring(0, equals))) {
        report(Mistake.RESERVED_PARAMETER, setting, pair.substring(0, equals));
      } else {
        parameters = parameters.with(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return parameters;
  }

  /** {@code from:to,from:to}. */
  Map<String, String> map(Setting setting) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : list(setting)) {
      int colon = pair.lastIndexOf(':');
      if (colon < 1 || colon == pair.length() - 1) {
        report(Mistake.MALFORMED, setting, "from:to,from:to");
      } else {
        map.put(pair.substring(0, colon), pair.substring(colon + 1));
      }
    }
    return map;
  }

  /** A file's path that exists and can be read. */
  Optional<Path> file(Setting setting) {
    return text(setting)
        .flatMap(
            text -> {
              try {
                Path path = Path.of(text);
                if (Files.isReadable(path) && !Files.isDirectory(path)) {
                  return Optional.of(path);
                }
              } catch (InvalidPathException e) {
                report(Mistake.MALFORMED, setting, "a path");
                return Optional.empty();
              }
              report(Mistake.FILE_UNREADABLE, setting, "");
              return Optional.empty();
            });
  }

  /** A secret as it stands, blanks included; or the content of a file but for its last line end. */
  Optional<Secret> secret(Setting direct, Setting inFile) {
    Optional<String> value = find(direct).map(Found::text).filter(text -> !text.isEmpty());
    if (value.isPresent() && isSet(inFile)) {
      report(Mistake.BOTH_VALUE_AND_FILE, direct, inFile.key());
    }
    return value.map(Secret::of).or(() -> secretIn(inFile));
  }

  Optional<Secret> secretIn(Setting inFile) {
    return file(inFile)
        .flatMap(
            path -> {
              try {
                String content = Files.readString(path, UTF_8).replaceFirst("\\R\\z", "");
                if (!content.isEmpty()) {
                  return Optional.of(Secret.of(content));
                }
                report(Mistake.MISSING, inFile, "the file is empty");
              } catch (IOException e) {
                report(Mistake.FILE_UNREADABLE, inFile, e.getClass().getSimpleName());
              }
              return Optional.empty();
            });
  }

  void report(Mistake mistake, Setting setting, String detail) {
    Optional<Found> found = find(setting);
    problems.add(
        new ConfigurationProblem(
            mistake,
            found.map(Found::key).orElse(prefixes.get(0) + setting.key()),
            found.map(Found::source).orElse(""),
            detail));
  }

  private Optional<Found> find(Setting setting) {
    for (String prefix : prefixes) {
      String key = prefix + setting.key();
      Optional<Found> found = lookUp(key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.ofNullable(preset.get(setting.key()))
        .map(text -> new Found(prefixes.get(0) + setting.key(), "preset", text));
  }

  private Optional<Found> lookUp(String key) {
    try {
      ConfigValue value = config.getConfigValue(key);
      String text = value.getValue();
      return text == null || text.isEmpty()
          ? Optional.empty()
          : Optional.of(new Found(key, String.valueOf(value.getSourceName()), text));
    } catch (NoSuchElementException | IllegalArgumentException e) {
      ConfigurationProblem problem = new ConfigurationProblem(Mistake.EXPRESSION, key, "", "");
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
      return Optional.empty();
    }
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
