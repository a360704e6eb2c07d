package org.vestibule.doctor;

import java.util.List;
import java.util.Optional;

/**
 * Something that is known. Immutable.
 *
 * @param name in lower case with underscores, as the specifications name it if they do
 * @param values at least one, each on one line
 */
public record Fact(String name, List<String> values) {

  private static final int MOST = 60;

  public Fact {
    values = values.stream().limit(MOST).map(Printable::line).toList();
  }

  static Fact of(String name, Object value) {
    return new Fact(name, List.of(value.toString()));
  }

  static Optional<Fact> of(String name, Optional<?> value) {
    return value.map(known -> of(name, known));
  }

  static Optional<Fact> of(String name, List<String> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(new Fact(name, values));
  }
}
