package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * Reads a provider's logo. It becomes a picture with a {@code data:} URL, not a part of the page:
 * in a picture no browser runs scripts or loads anything from elsewhere, whatever the file has.
 */
final class LogoFile {

  private static final int LARGEST = 32 * 1024;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final String SVG = "(?s)\\A\uFEFF?\\s*<(svg\\b|\\?xml\\b|!--|!DOCTYPE svg\\b).*";

  private LogoFile() {}

  static Optional<String> read(Values values) {
    Optional<Path> file = values.file(Setting.LOGO_FILE);
    Optional<String> logo = file.flatMap(LogoFile::dataUrl);
    if (file.isPresent() && logo.isEmpty()) {
      values.report(Mistake.LOGO_UNUSABLE, Setting.LOGO_FILE, "");
    }
    return logo;
  }

  private static Optional<String> dataUrl(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST
          ? Optional.empty()
          : type(bytes).map(type -> "data:" + type + ";base64," + base64(bytes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> type(byte[] bytes) {
    if (Arrays.equals(PNG, Arrays.copyOf(bytes, PNG.length))) {
      return Optional.of("image/png");
    }
    String text = new String(bytes, UTF_8);
    return text.matches(SVG) && text.contains("<svg")
        ? Optional.of("image/svg+xml")
        : Optional.empty();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
