package org.vestibule.provider;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Expressions in presets, as in MicroProfile Config: {@code ${name}} stands for the property of
 * that name, {@code ${name:default}} for the default where there is no such property or it is
 * empty. Neither name nor default has an expression in it, and what a property says is not read
 * again.
 */
final class Expressions {

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^${}:]+)(?::([^${}]*))?}");

  /** One without default, nor escaped as MicroProfile Config has it. */
  private static final Pattern WITHOUT_DEFAULT = Pattern.compile("(?<!\\\\)\\$\\{([^${}:]+)}");

  private Expressions() {}

  /**
   * Whether the configuration has all properties that a value of its own names without default.
   * Some implementations silently leave out what they do not find.
   */
  static boolean areDefined(String raw, Config config) {
    return WITHOUT_DEFAULT
        .matcher(raw)
        .results()
        .allMatch(expression -> property(expression.group(1), config).isPresent());
  }

  /**
   * @return empty if an expression is malformed, or its property is missing and it has no default
   */
  static Optional<String> resolve(String text, Config config) {
    StringBuilder resolved = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    Matcher expressions = EXPRESSION.matcher(text);
    int from = 0;
    while (expressions.find()) {
      String before = text.substring(from, expressions.start());
      Optional<String> value =
          property(expressions.group(1), config)
              .or(() -> Optional.ofNullable(expressions.group(2)));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      literal.append(before);
      resolved.append(before).append(value.get());
      from = expressions.end();
    }
    String rest = text.substring(from);
    boolean isMalformed = literal.append(rest).indexOf("${") >= 0;
    return isMalformed ? Optional.empty() : Optional.of(resolved.append(rest).toString());
  }

  private static Optional<String> property(String name, Config config) {
    try {
      return Optional.ofNullable(config.getConfigValue(name).getValue())
          .filter(value -> !value.isEmpty());
    } catch (NoSuchElementException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
