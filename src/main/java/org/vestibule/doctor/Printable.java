package org.vestibule.doctor;

/** Texts that come from a provider or from settings, as something that can be shown. */
final class Printable {

  private static final int LONGEST = 400;

  private Printable() {}

  /** One line of bounded length. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
