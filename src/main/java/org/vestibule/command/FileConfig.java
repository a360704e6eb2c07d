package org.vestibule.command;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * The three sources that MicroProfile Config has by default, system properties, the environment and
 * a file, with their ordinals, and expressions: what settings are read with where there is no
 * server. Texts only, no profiles. Immutable but for the system properties.
 */
final class FileConfig implements Config {

  /** One expression in another, and so on; deeper is a circle. */
  private static final int DEEPEST = 16;

  private final List<ConfigSource> sources;

  FileConfig(Map<String, String> file, String path, Map<String, String> environment) {
    Map<String, String> system = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> system.put(name, System.getProperty(name, "")));
    sources =
        List.of(
            new Source("system properties", 400, system, false),
            new Source("environment", 300, environment, true),
            new Source(path, 100, file, false));
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    return sources;
  }

  @Override
  public Iterable<String> getPropertyNames() {
    return sources.stream().flatMap(source -> source.getPropertyNames().stream()).toList();
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    return sources.stream()
        .filter(source -> source.getValue(name) != null)
        .findFirst()
        .<ConfigValue>map(
            source -> {
              String raw = source.getValue(name);
              return new Found(name, resolve(raw, 0).orElse(null), raw, source);
            })
        .orElseGet(() -> new Found(name, null, null, null));
  }

  /** Empty if an expression has neither a property nor a default. */
  private Optional<String> resolve(String raw, int depth) {
    int begin = raw.indexOf("${");
    if (begin < 0 || depth > DEEPEST) {
      return begin < 0 ? Optional.of(raw) : Optional.empty();
    }
    if (begin > 0 && raw.charAt(begin - 1) == '\\') {
      return resolve(raw.substring(begin + 2), depth)
          .map(rest -> raw.substring(0, begin - 1) + "${" + rest);
    }
    int end = end(raw, begin);
    if (end < 0) {
      return Optional.empty();
    }
    String expression = raw.substring(begin + 2, end);
    return value(expression, depth + 1)
        .flatMap(
            value ->
                resolve(raw.substring(end + 1), depth)
                    .map(rest -> raw.substring(0, begin) + value + rest));
  }

  /** The brace that closes what begins there. */
  private static int end(String raw, int begin) {
    int open = 0;
    for (int i = begin; i < raw.length(); i++) {
      if (raw.startsWith("${", i)) {
        open++;
      } else if (raw.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }

  private Optional<String> value(String expression, int depth) {
    int colon = colon(expression);
    String name = colon < 0 ? expression : expression.substring(0, colon);
    Optional<String> set =
        resolve(name, depth).flatMap(this::raw).flatMap(text -> resolve(text, depth));
    return set.isPresent() || colon < 0 ? set : resolve(expression.substring(colon + 1), depth);
  }

  /** Where the default begins; -1 if there is none. */
  private static int colon(String expression) {
    int open = 0;
    for (int i = 0; i < expression.length(); i++) {
      if (expression.startsWith("${", i)) {
        open++;
      } else if (expression.charAt(i) == '}') {
        open--;
      } else if (expression.charAt(i) == ':' && open == 0) {
        return i;
      }
    }
    return -1;
  }

  private Optional<String> raw(String name) {
    return sources.stream()
        .flatMap(source -> Optional.ofNullable(source.getValue(name)).stream())
        .findFirst();
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    return Optional.ofNullable(getConfigValue(name).getValue()).map(type::cast);
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return getOptionalValue(name, type).orElseThrow();
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException("there is nothing behind it");
  }

  private record Source(
      String name, int ordinal, Map<String, String> properties, boolean isEnvironment)
      implements ConfigSource {

    @Override
    public Set<String> getPropertyNames() {
      return properties.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
      String value = properties.get(name);
      if (value != null || !isEnvironment) {
        return value;
      }
      String sameCase = name.replaceAll("[^A-Za-z0-9]", "_");
      return properties.getOrDefault(sameCase, properties.get(sameCase.toUpperCase(Locale.ROOT)));
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public int getOrdinal() {
      return ordinal;
    }

    /** Without the values, which may be secrets. */
    @Override
    public String toString() {
      return name;
    }
  }

  private static final class Found implements ConfigValue {

    private final String name;
    private final @Nullable String value;
    private final @Nullable String raw;
    private final @Nullable ConfigSource source;

    Found(
        String name, @Nullable String value, @Nullable String raw, @Nullable ConfigSource source) {
      this.name = name;
      this.value = value;
      this.raw = raw;
      this.source = source;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable String getValue() {
      return value;
    }

    @Override
    public @Nullable String getRawValue() {
      return raw;
    }

    @Override
    public @Nullable String getSourceName() {
      return source == null ? null : source.getName();
    }

    @Override
    public int getSourceOrdinal() {
      return source == null ? 0 : source.getOrdinal();
    }
  }
}
