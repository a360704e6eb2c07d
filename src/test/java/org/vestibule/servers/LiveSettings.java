package org.vestibule.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Settings that change while the showcase runs: variables of Open Liberty in a file, as it finds
 * them in a directory that is mounted.
 */
final class LiveSettings {

  private final Path directory;

  LiveSettings(Path directory) {
    this.directory = directory;
    set(Map.of());
  }

  /** What makes a server look there. */
  Map<String, String> environment() {
    return Map.of("VARIABLE_SOURCE_DIRS", directory.toString(), "OAUTH_RELOAD_INTERVAL", "PT1S");
  }

  /**
   * Sets these providers and no others, all at once.
   *
   * @param providers by their ids; the last one is the default
   */
  void choose(Map<String, RealServer> providers) {
    List<String> ids = new ArrayList<>(providers.keySet());
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("oauth.providers", String.join(",", ids));
    settings.put("oauth.default-provider", ids.get(ids.size() - 1));
    providers.forEach(
        (id, server) ->
            server
                .settings()
                .forEach(
                    (name, value) -> settings.put("oauth.provider." + id + "." + name, value)));
    set(settings);
  }

  private void set(Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    try {
      Files.createDirectories(directory);
      Path next = Files.createTempFile(directory.getParent(), "next", ".properties");
      try (Writer writer = Files.newBufferedWriter(next)) {
        properties.store(writer, null);
      }
      Files.move(
          next,
          directory.resolve("oauth.properties"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
