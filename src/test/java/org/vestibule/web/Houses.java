package org.vestibule.web;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.provider.SettingsReader;
import org.vestibule.shared.SharedState;

/** Vestibules by their settings, without the prefix {@code oauth.}, with the names of RFC 6749. */
final class Houses {

  static final String CLIENT_ID = "s6BhdRkqt3";
  static final String CLIENT_SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";
  static final String ISSUER = "https://server.example.com";
  static final String CONTEXT_PATH = "/app";

  private static final Map<String, String> USUAL =
      Map.of("issuer", ISSUER, "client-id", CLIENT_ID, "client-secret", CLIENT_SECRET);

  private Houses() {}

  /** One provider that is not asked for anything, at the context path {@code /app}. */
  static Vestibule usual(String... keysAndValues) {
    return with(Clock.systemUTC(), usualSettings(keysAndValues));
  }

  static Vestibule with(Clock clock, Map<String, String> settings) {
    return at(CONTEXT_PATH, clock, settings);
  }

  static Vestibule at(String contextPath, Clock clock, Map<String, String> settings) {
    return at(contextPath, clock, settings, SharedState.ALONE);
  }

  /**
   * @param nodes what it has in common with others
   */
  static Vestibule at(
      String contextPath, Clock clock, Map<String, String> settings, SharedState nodes) {
    return Vestibule.build(
        read(settings),
        Lasting.of(
            contextPath,
            clock,
            new SecureRandom(),
            CredentialsSource.NONE,
            nodes,
            Duration.ofDays(1)));
  }

  static Map<String, String> usualSettings(String... keysAndValues) {
    Map<String, String> settings = new HashMap<>(USUAL);
    settings.putAll(settings(keysAndValues));
    return settings;
  }

  static Map<String, String> settings(String... keysAndValues) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }

  static Configuration read(Map<String, String> settings) {
    return SettingsReader.read(config(settings), Houses.class.getClassLoader());
  }

  static Config config(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((key, value) -> properties.put("oauth." + key, value));
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build();
  }
}
