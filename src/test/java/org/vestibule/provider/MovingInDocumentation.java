package org.vestibule.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vestibule.provider.AdapterFile.Format;
import org.vestibule.provider.AdapterKey.Fate;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** The tables about adapters' files, in a page that is written by hand otherwise. */
final class MovingInDocumentation {

  private static final String BEGIN = "<!-- Made from AdapterKey, not by hand: %s -->\n";
  private static final String END = "<!-- To here -->\n";

  private MovingInDocumentation() {}

  /** The page as it is, with the tables as they have to be. */
  static String page(Path file) {
    try {
      String page = Files.readString(file);
      for (Format format : Format.values()) {
        String begin = BEGIN.formatted(format.path());
        Matcher table =
            Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(END), Pattern.DOTALL)
                .matcher(page);
        if (!table.find()) {
          throw new AssertionError("there is no place for the table of " + format);
        }
        page = table.replaceFirst(Matcher.quoteReplacement(begin + table(format) + END));
      }
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(Format format) {
    StringBuilder table = new StringBuilder("\n| key | here |\n|---|---|\n");
    for (AdapterKey key : AdapterKey.of(format)) {
      table.append("| `").append(key.key()).append("` | ").append(words(key)).append(" |\n");
    }
    return table.append("\n").toString();
  }

  private static String words(AdapterKey key) {
    String text = key.text();
    if (key.fate() == Fate.TAKEN) {
      return text;
    }
    Mistake mistake =
        key.fate() == Fate.KEPT ? Mistake.ADAPTER_CHECK_KEPT : Mistake.ADAPTER_KEY_REFUSED;
    return String.format(Locale.ROOT, key.fate().words(), mistake.code()) + text;
  }
}
