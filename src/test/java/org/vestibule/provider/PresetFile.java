package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.testing.ClientKeys;

/**
 * A preset's file as it is written, its comments included: they say whose it is, what is still to
 * be set ({@code Set:}, {@code Without:}), what to register there ({@code Register:}) and where the
 * facts come from ({@code Source:}).
 */
record PresetFile(String name, List<String> lines) {

  static final String FOLDER = "META-INF/vestibule/presets/";

  /** Those that come along, in the order of their names. */
  static List<PresetFile> shipped() {
    try {
      Path folder = Path.of(PresetFile.class.getClassLoader().getResource(FOLDER).toURI());
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .map(file -> file.getFileName().toString().replace(".properties", ""))
            .sorted()
            .map(PresetFile::read)
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PresetFile read(String name) {
    try (InputStream file =
        PresetFile.class.getClassLoader().getResourceAsStream(FOLDER + name + ".properties")) {
      return new PresetFile(name, new String(file.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sentences at the top. */
  String about() {
    return lines.stream()
        .takeWhile(line -> !line.equals("#"))
        .map(line -> line.substring(2))
        .collect(Collectors.joining(" "));
  }

  List<String> tagged(String tag) {
    return lines.stream()
        .filter(line -> line.startsWith("# " + tag + ": "))
        .map(line -> line.substring(tag.length() + 4))
        .toList();
  }

  /** What to register at the provider. */
  String registration() {
    return lines.stream()
        .dropWhile(line -> !line.startsWith("# Register: "))
        .takeWhile(line -> !line.equals("#"))
        .map(line -> line.replaceFirst("^# (Register: )?", ""))
        .collect(Collectors.joining(" "));
  }

  /** What has to be set, with examples, without prefix. */
  Map<String, String> toSet() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("preset", name);
    for (String pair : tagged("Set")) {
      int equals = pair.indexOf('=');
      settings.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    settings.put("client-id", "s6BhdRkqt3");
    settings.put("client-secret", "gX1fBat3bV");
    tagged("Without").forEach(settings::remove);
    return settings;
  }

  /** With these settings and nothing else. */
  Configuration configured() {
    Map<String, String> properties = new LinkedHashMap<>();
    toSet().forEach((key, value) -> properties.put(Setting.PREFIX + key, value));
    properties.computeIfPresent(
        Setting.PREFIX + Setting.CLIENT_KEY_FILE.key(),
        (key, example) -> ClientKeys.file(ClientKeys.pem(ClientKeys.ec("secp256r1"))).toString());
    return Configurations.read(properties);
  }

  /** For the name of the test. */
  @Override
  public String toString() {
    return name;
  }
}
