package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The well-known providers, each a properties file {@code
 * META-INF/vestibule/presets/<name>.properties} whose keys are settings without prefix. An
 * application can bring its own.
 */
final class Presets {

  private static final String FOLDER = "META-INF/vestibule/presets/";

  private final ClassLoader classLoader;

  Presets(ClassLoader classLoader) {
    this.classLoader = classLoader;
  }

  /**
   * @param name a provider's id or a preset's name, checked to be one
   * @return the settings by key; empty if there is no such preset
   */
  Optional<Map<String, String>> find(String name) {
    try (InputStream file = classLoader.getResourceAsStream(FOLDER + name + ".properties")) {
      if (file == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(file, UTF_8));
      Map<String, String> settings = new TreeMap<>();
      properties
          .stringPropertyNames()
          .forEach(key -> settings.put(key, properties.getProperty(key)));
      return Optional.of(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
