package org.vestibule.provider;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the file of an adapter says, in our settings. Immutable; it holds secrets and prints none.
 */
final class AdapterSettings {

  /**
   * What the file says.
   *
   * @param source the file and, where there is one, its key
   * @param isBroken whether it is an expression that cannot be resolved; {@code text} is empty then
   */
  record Value(String source, String text, boolean isBroken) {

    /** Without the text, which may be a secret. */
    @Override
    public String toString() {
      return source;
    }
  }

  private final Map<Setting, Value> values;
  private final List<ConfigurationProblem> problems;

  AdapterSettings(Map<Setting, Value> values, List<ConfigurationProblem> problems) {
    this.values = new EnumMap<>(Setting.class);
    this.values.putAll(values);
    this.problems = List.copyOf(problems);
  }

  Optional<Value> find(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  Optional<String> text(Setting setting) {
    return find(setting).map(Value::text).filter(text -> !text.isEmpty());
  }

  List<ConfigurationProblem> problems() {
    return problems;
  }
}
