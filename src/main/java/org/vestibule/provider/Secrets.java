package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.Lookup.Found;

/** Reads secrets, as they stand: blanks, commas and backslashes are part of them. */
final class Secrets {

  private static final int LONGEST = 65536;

  private Secrets() {}

  /**
   * The secret that is set directly or in a file. The nearest place that says anything decides, for
   * both together: one provider's file goes before a secret that all share.
   */
  static Optional<Secret> read(Values values, Setting direct, Setting inFile) {
    List<Found> said =
        values.lookup().nearest(direct, inFile).stream().filter(Found::hasText).toList();
    if (said.size() > 1) {
      values.lookup().report(Mistake.BOTH_VALUE_AND_FILE, said.get(0), inFile.key());
      return Optional.empty();
    }
    if (said.isEmpty()) {
      return Optional.empty();
    }
    return said.get(0).key().endsWith(inFile.key())
        ? inFile(values, inFile)
        : secret(values, direct, said.get(0).text());
  }

  /** The content of a file, but for a byte order mark and for one line end at its end. */
  static Optional<Secret> inFile(Values values, Setting setting) {
    Optional<Path> file = values.file(setting);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(file.get())) {
      byte[] bytes = content.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        values.report(Mistake.MALFORMED, setting, "the file is too long for a secret");
        return Optional.empty();
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return secret(values, setting, text.replaceFirst("^\uFEFF", "").replaceFirst("\\R\\z", ""));
    } catch (CharacterCodingException e) {
      values.report(Mistake.MALFORMED, setting, "the file is not text in UTF-8");
    } catch (IOException e) {
      values.report(Mistake.FILE_UNREADABLE, setting, e.getClass().getSimpleName());
    }
    return Optional.empty();
  }

  private static Optional<Secret> secret(Values values, Setting setting, String text) {
    if (text.isBlank()) {
      values.report(Mistake.MISSING, setting, "the file is empty");
      return Optional.empty();
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      values.report(Mistake.MALFORMED, setting, "a secret has no line ends or control characters");
    }
    return Optional.of(Secret.of(text));
  }
}
