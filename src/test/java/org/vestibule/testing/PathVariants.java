package org.vestibule.testing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Ways to write a path of two segments so that it may pass for another one, or another for it. */
public final class PathVariants {

  private PathVariants() {}

  /** All that the data file has, of {@code /first/second}; characters up to U+00FF are bytes. */
  public static List<String> of(String first, String second) {
    return Lines.of(Lines.class, Lines.PATH_VARIANTS).stream()
        .map(Lines::decode)
        .map(template -> fill(fill(template, "A", first), "B", second))
        .toList();
  }

  private static String fill(String template, String place, String segment) {
    return template
        .replace("{" + place + "}", segment)
        .replace("{U" + place + "}", segment.toUpperCase(Locale.ROOT))
        .replace(
            "{C" + place + "}",
            segment.substring(0, 1).toUpperCase(Locale.ROOT) + segment.substring(1))
        .replace("{%" + place + "}", encoded(segment.substring(0, 1)) + segment.substring(1))
        .replace("{%%" + place + "}", encoded(segment))
        .replace(
            "{%25" + place + "}",
            encoded(segment.substring(0, 1)).replace("%", "%25") + segment.substring(1));
  }

  private static String encoded(String text) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, "%%%02x", c))
        .collect(Collectors.joining());
  }
}
