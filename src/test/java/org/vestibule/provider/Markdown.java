package org.vestibule.provider;

import java.util.Locale;

/** Prose in pages of the manual. */
final class Markdown {

  private Markdown() {}

  /** Text as it stands, whatever it looks like in Markdown. */
  static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("|", "\\|")
        .replace("<", "&lt;");
  }

  /** With a capital letter at its beginning and a full stop at its end. */
  static String sentence(String text) {
    String escaped = escape(text);
    String capital = escaped.substring(0, 1).toUpperCase(Locale.ROOT);
    return capital + escaped.substring(1) + (escaped.endsWith(".") ? "" : ".");
  }
}
