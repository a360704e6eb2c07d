package org.vestibule.provider;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * Turns the texts of settings into values, strictly: what is not understood is a problem, never
 * something else that happens to be the default. What is returned after a problem only serves to
 * find further ones.
 */
final class Values {

  private final Lookup lookup;

  Values(Lookup lookup) {
    this.lookup = lookup;
  }

  Lookup lookup() {
    return lookup;
  }

  /** What is set, or the default, without blanks around it; empty if there is neither. */
  Optional<String> text(Setting setting) {
    return lookup
        .find(setting)
        .filter(Lookup.Found::hasText)
        .map(found -> found.text().strip())
        .or(() -> Optional.of(setting.defaultValue()))
        .filter(text -> !text.isEmpty());
  }

  /** Whether anything is set, be it understood or not. */
  boolean isSet(Setting setting) {
    return lookup.find(setting).isPresent();
  }

  /** Separated by commas. Something that is set and has not one word is a mistake. */
  List<String> list(Setting setting) {
    return split(setting, ",");
  }

  /** Separated by blanks or commas. */
  List<String> words(Setting setting) {
    return split(setting, "[\\s,]+");
  }

  /** One of two words. */
  boolean either(Setting setting, String yes, String no) {
    Map<String, Boolean> choices = new LinkedHashMap<>();
    choices.put(yes, true);
    choices.put(no, false);
    return choice(setting, choices);
  }

  /** One of a few words, the default among them. */
  <T> T choice(Setting setting, Map<String, T> choices) {
    String word = text(setting).orElse("");
    if (!choices.containsKey(word)) {
      report(Mistake.MALFORMED, setting, "one of " + String.join(", ", choices.keySet()));
      word = setting.defaultValue();
    }
    return Objects.requireNonNull(choices.get(word));
  }

  /** Several words, each understood by {@code parser}. */
  <T> List<T> choices(Setting setting, Function<String, Optional<T>> parser) {
    List<Optional<T>> values = list(setting).stream().map(parser).toList();
    if (values.stream().anyMatch(Optional::isEmpty)) {
      report(Mistake.MALFORMED, setting, "one of the words is not known");
    }
    return values.stream().flatMap(Optional::stream).distinct().toList();
  }

  Duration duration(Setting setting, Duration shortest, Duration longest) {
    return optionalDuration(setting, shortest, longest)
        .orElseGet(() -> Duration.parse(setting.defaultValue()));
  }

  Optional<Duration> optionalDuration(Setting setting, Duration shortest, Duration longest) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(text.get());
      if (duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0) {
        return Optional.of(duration);
      }
      report(Mistake.MALFORMED, setting, "from " + shortest + " to " + longest);
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

  /** An absolute URL without user and fragment, https but for loopback. */
  Optional<URI> url(Setting setting) {
    return text(setting).flatMap(text -> url(setting, text));
  }

  /** Judges an address that was made from a setting. */
  Optional<URI> url(Setting setting, String text) {
    Optional<URI> url = BackChannelUrl.parse(text);
    if (url.isEmpty()) {
      report(Mistake.MALFORMED, setting, "an absolute URL without user name and fragment");
    } else if (!BackChannelUrl.isAcceptable(url.get())) {
      report(Mistake.NOT_HTTPS, setting, "");
      return Optional.empty();
    }
    return url;
  }

  /** {@code from:to,from:to}; the last colon counts. */
  Map<String, String> map(Setting setting) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : list(setting)) {
      int colon = pair.lastIndexOf(':');
      String from = pair.substring(0, Math.max(0, colon)).strip();
      String to = pair.substring(colon + 1).strip();
      if (from.isEmpty() || to.isEmpty() || map.put(from, to) != null) {
        report(Mistake.MALFORMED, setting, "from:to,from:to with each from once");
      }
    }
    return map;
  }

  /** A file that exists and can be read. */
  Optional<Path> file(Setting setting) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(text.get());
      if (Files.isReadable(path) && !Files.isDirectory(path)) {
        return Optional.of(path);
      }
    } catch (InvalidPathException e) {
      report(Mistake.MALFORMED, setting, "a path");
      return Optional.empty();
    }
    report(Mistake.FILE_UNREADABLE, setting, "");
    return Optional.empty();
  }

  void report(Mistake mistake, Setting setting, String detail) {
    lookup.report(mistake, setting, detail);
  }

  private List<String> split(Setting setting, String separator) {
    String text = text(setting).orElse("");
    List<String> parts = parts(text, separator);
    if (parts.isEmpty() && !text.isEmpty()) {
      report(Mistake.MALFORMED, setting, "there is nothing between the commas");
      return parts(setting.defaultValue(), separator);
    }
    return parts;
  }

  private static List<String> parts(String text, String separator) {
    return Arrays.stream(text.split(separator))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
