package org.vestibule.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.vestibule.provider.AdapterFile;

/** The file that is examined. Immutable; it holds secrets and prints none. */
final class SettingsFile {

  private final Path path;
  private final Map<String, String> properties;
  private final List<AdapterFile> adapterFiles;

  private SettingsFile(Path path, Map<String, String> properties, List<AdapterFile> adapterFiles) {
    this.path = path;
    this.properties = properties;
    this.adapterFiles = adapterFiles;
  }

  /**
   * @throws IllegalArgumentException it is no file of properties
   */
  static SettingsFile read(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    byte[] content = Files.readAllBytes(path);
    List<AdapterFile> adapterFiles =
        AdapterFile.in(
            wanted -> wanted.endsWith("/" + name) ? new ByteArrayInputStream(content) : null);
    return new SettingsFile(
        path,
        adapterFiles.isEmpty()
            ? properties(new String(content, UTF_8).replaceFirst("^\uFEFF", ""))
            : Map.of(),
        adapterFiles);
  }

  private static Map<String, String> properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> map = new HashMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }

  /** Empty if it is the file of another client. */
  Map<String, String> properties() {
    return properties;
  }

  /** That file alone. */
  List<AdapterFile> adapterFiles() {
    return adapterFiles;
  }

  /** Its path. */
  @Override
  public String toString() {
    return path.toString();
  }
}
