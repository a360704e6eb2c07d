package org.vestibule.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A server's configuration with the settings that a web module has in a file of its own, {@code
 * META-INF/microprofile-config.properties}, behind all others. Payara has one configuration for all
 * modules of an enterprise archive, which has the files of none of them. Immutable.
 */
public final class ModuleConfig implements Config {

  private static final String FILE = "META-INF/microprofile-config.properties";
  private static final String ORDINAL = "config_ordinal";

  private final Config server;
  private final File file;

  private ModuleConfig(Config server, File file) {
    this.server = server;
    this.file = file;
  }

  /**
   * The server's configuration itself, if that has what the file says or there is no such file.
   *
   * @param classLoader of the web module
   */
  public static Config of(Config server, ClassLoader classLoader) {
    Map<String, String> settings = read(classLoader);
    boolean ours = settings.keySet().stream().anyMatch(key -> key.startsWith(Setting.PREFIX));
    return ours && !isKnown(settings, server)
        ? new ModuleConfig(server, new File(settings))
        : server;
  }

  private static Map<String, String> read(ClassLoader classLoader) {
    Properties properties = new Properties();
    try {
      // The module's own comes last and wins.
      for (URL url : Collections.list(classLoader.getResources(FILE))) {
        try (InputStream stream = url.openStream()) {
          properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty));
  }

  private static boolean isKnown(Map<String, String> settings, Config server) {
    return sources(server).anyMatch(source -> hasAll(source, settings));
  }

  private static boolean hasAll(ConfigSource source, Map<String, String> settings) {
    try {
      return settings.entrySet().stream()
          .filter(setting -> setting.getKey().startsWith(Setting.PREFIX))
          .allMatch(setting -> setting.getValue().equals(source.getValue(setting.getKey())));
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  private static Stream<ConfigSource> sources(Config config) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false);
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    ConfigValue value = server.getConfigValue(name);
    String own = value.getRawValue() == null && value.getValue() == null ? file.of(name) : null;
    return own == null ? value : new Value(name, own, Expressions.resolve(own, this), file);
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return server.getValue(name, type);
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    return server.getOptionalValue(name, type);
  }

  @Override
  public Iterable<String> getPropertyNames() {
    Set<String> names = new LinkedHashSet<>(file.getPropertyNames());
    server.getPropertyNames().forEach(names::add);
    return names;
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    return Stream.concat(sources(server), Stream.of(file)).toList();
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return server.getConverter(type);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return server.unwrap(type);
  }

  private record File(Map<String, String> settings) implements ConfigSource {

    @Nullable String of(String name) {
      return settings.get(name);
    }

    @Override
    public Set<String> getPropertyNames() {
      return settings.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
      return of(name);
    }

    @Override
    public String getName() {
      return FILE + " of the web module";
    }

    @Override
    public int getOrdinal() {
      try {
        return Integer.parseInt(settings.getOrDefault(ORDINAL, "" + DEFAULT_ORDINAL));
      } catch (NumberFormatException e) {
        return DEFAULT_ORDINAL;
      }
    }
  }

  private record Value(String name, String raw, Optional<String> text, File file)
      implements ConfigValue {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable String getValue() {
      return text.orElse(null);
    }

    @Override
    public String getRawValue() {
      return raw;
    }

    @Override
    public String getSourceName() {
      return file.getName();
    }

    @Override
    public int getSourceOrdinal() {
      return file.getOrdinal();
    }
  }
}
