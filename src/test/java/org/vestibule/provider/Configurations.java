package org.vestibule.provider;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Configurations as a server would have them, with the ordinals that the specification gives. */
final class Configurations {

  /** The least that works, with the names of RFC 6749. */
  static final Map<String, String> LEAST =
      Map.of(
          "oauth.issuer", "https://server.example.com",
          "oauth.client-id", "s6BhdRkqt3",
          "oauth.client-secret", "gX1fBat3bV");

  private Configurations() {}

  /** Pairs of key and value. */
  static Map<String, String> properties(String... keysAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return properties;
  }

  /** {@link #LEAST} and more. */
  static Map<String, String> least(String... keysAndValues) {
    Map<String, String> properties = new HashMap<>(LEAST);
    properties.putAll(properties(keysAndValues));
    return properties;
  }

  static Map<String, String> without(Map<String, String> properties, String... keys) {
    Map<String, String> fewer = new HashMap<>(properties);
    fewer.keySet().removeAll(List.of(keys));
    return fewer;
  }

  static Config config(Map<String, String> properties, Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(properties, "microprofile-config.properties", 100),
            new EnvConfigSource(environment, 300))
        .build();
  }

  static Configuration read(Map<String, String> properties) {
    return read(properties, Map.of());
  }

  static Configuration read(Map<String, String> properties, Map<String, String> environment) {
    return SettingsReader.read(
        config(properties, environment), Configurations.class.getClassLoader());
  }

  /** The one provider of a configuration that must be usable. */
  static ProviderSettings provider(Map<String, String> properties) {
    return provider(read(properties));
  }

  static ProviderSettings provider(Configuration configuration) {
    return configuration
        .provider(configuration.defaultProvider())
        .orElseThrow(() -> new AssertionError(configuration.problems()));
  }

  static List<Mistake> mistakes(Configuration configuration) {
    return configuration.problems().stream().map(ConfigurationProblem::mistake).toList();
  }
}
