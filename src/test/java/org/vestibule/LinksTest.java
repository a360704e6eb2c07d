package org.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link of the manual from one file of this project to another leads somewhere. */
class LinksTest {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern CODE = Pattern.compile("(?sm)^```.*?^```");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");

  @Test
  void no_link_is_dead() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (String link : matches(LINK, text(page))) {
        if (!link.contains(":")) {
          links++;
          if (!leadsSomewhere(page, link)) {
            dead.add(PROJECT.relativize(page) + ": " + link);
          }
        }
      }
    }

    assertThat(dead).isEmpty();
    assertThat(links).as("found").isGreaterThan(300);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(PROJECT);
        Stream<Path> manual = Files.walk(PROJECT.resolve("src/site"));
        Stream<Path> liberty = Files.walk(PROJECT.resolve("liberty"))) {
      return Stream.of(top, manual, liberty)
          .flatMap(paths -> paths)
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
    }
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && target.startsWith(PROJECT)
        && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** As the repository's host makes them of headings. */
  private static Set<String> anchors(Path page) {
    return matches(HEADING, text(page)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> NO_PART_OF_AN_ANCHOR.matcher(heading).replaceAll(""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static String text(Path page) {
    try {
      return CODE.matcher(Files.readString(page)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
