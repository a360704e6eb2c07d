package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data files: a line each, {@code # comments} and blank lines left out. */
final class Lines {

  private static final Pattern NUMBER = Pattern.compile("\\\\u([0-9a-f]{4})");
  private static final Pattern REPETITION = Pattern.compile("\\(repeat (\\d+) ([^)]+)\\)");

  private Lines() {}

  static List<String> of(String file) {
    try (InputStream stream = Lines.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new AssertionError("no file " + file);
      }
      return new String(stream.readAllBytes(), UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.equals("#") && !line.startsWith("# "))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the characters and repetitions that it stands for. */
  static String decode(String text) {
    String repeated =
        REPETITION
            .matcher(text)
            .replaceAll(found -> found.group(2).repeat(Integer.parseInt(found.group(1))));
    return NUMBER
        .matcher(repeated)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
