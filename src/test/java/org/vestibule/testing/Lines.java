package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Data files: a line each, {@code # comments} and blank lines left out. {@code \u0000} is a
 * character by its number, {@code (repeat 8 ab)} a repetition, see {@link #decode}.
 */
public final class Lines {

  /** Addresses that nobody may be sent to after a login; the application is at {@code /app}. */
  public static final String RETURN_URLS = "return-urls.txt";

  /** Spellings of a path of two segments, {@code A} and {@code B}. */
  public static final String PATH_VARIANTS = "path-variants.txt";

  private static final Pattern NUMBER = Pattern.compile("\\\\u([0-9a-f]{4})");
  private static final Pattern REPETITION = Pattern.compile("\\(repeat (\\d+) ([^)]+)\\)");

  private Lines() {}

  /** Those of the file beside a class. */
  public static List<String> of(Class<?> beside, String file) {
    return lines(beside, file).filter(line -> !isComment(line)).toList();
  }

  /** By the comment before them, which names their class. */
  public static Map<String, List<String>> classes(String file) {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : lines(Lines.class, file).toList()) {
      if (isComment(line)) {
        current = classes.computeIfAbsent(line.substring(1).strip(), name -> new ArrayList<>());
      } else {
        current.add(line);
      }
    }
    classes.values().removeIf(List::isEmpty);
    return classes;
  }

  private static Stream<String> lines(Class<?> beside, String file) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      if (stream == null) {
        throw new AssertionError("no file " + file);
      }
      return new String(stream.readAllBytes(), UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isComment(String line) {
    return line.equals("#") || line.startsWith("# ");
  }

  /** With the characters and repetitions that it stands for. */
  public static String decode(String text) {
    String repeated =
        REPETITION
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(2).repeat(Integer.parseInt(found.group(1)))));
    return NUMBER
        .matcher(repeated)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
