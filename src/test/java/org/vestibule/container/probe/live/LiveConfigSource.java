package org.vestibule.container.probe.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** What stands in a properties file, read whenever it is asked for. */
public class LiveConfigSource implements ConfigSource {

  /** The resource of the application that names the file. */
  public static final String PLACE = "live-settings";

  private static final int ORDINAL = 300;

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public Set<String> getPropertyNames() {
    return read().stringPropertyNames();
  }

  @Override
  public @Nullable String getValue(String name) {
    return read().getProperty(name);
  }

  @Override
  public String getName() {
    return "live settings";
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream place = LiveConfigSource.class.getClassLoader().getResourceAsStream(PLACE)) {
      if (place != null) {
        Path file = Path.of(new String(place.readAllBytes(), StandardCharsets.UTF_8));
        try (Reader reader = Files.newBufferedReader(file)) {
          properties.load(reader);
        }
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
