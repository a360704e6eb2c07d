package org.vestibule.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command was called with.
 *
 * @param contextPath empty for the root
 */
record Arguments(boolean help, boolean json, boolean settingsOnly, String contextPath, Path file) {

  private static final String CONTEXT_PATH = "--context-path=";
  private static final Set<String> FLAGS = Set.of("--help", "--json", "--settings");

  /** Empty if it is not understood. */
  static Optional<Arguments> parse(List<String> words) {
    List<String> options = words.stream().filter(word -> word.startsWith("-")).toList();
    List<String> files = words.stream().filter(word -> !word.startsWith("-")).toList();
    boolean help = options.contains("--help");
    boolean known =
        options.stream().allMatch(word -> FLAGS.contains(word) || word.startsWith(CONTEXT_PATH));
    if (!known || (files.size() != 1 && !help)) {
      return Optional.empty();
    }
    String contextPath =
        options.stream()
            .filter(word -> word.startsWith(CONTEXT_PATH))
            .map(word -> word.substring(CONTEXT_PATH.length()).replaceFirst("/$", ""))
            .findFirst()
            .orElse("");
    if (!contextPath.matches("(/[^/\\s]+)*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Arguments(
              help,
              options.contains("--json"),
              options.contains("--settings"),
              contextPath,
              Path.of(files.isEmpty() ? "" : files.get(0))));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
