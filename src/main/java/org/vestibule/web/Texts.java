package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;

/**
 * The texts of the pages, in the first of the browser's languages that there is a translation for,
 * else in English. Immutable.
 */
final class Texts {

  private static final String BUNDLE = "org.vestibule.web.pages";
  private static final Control NO_FALLBACK =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  /** Only languages that exist are looked for: what is looked for is cached. */
  private static final Set<Locale> EXISTING = Set.of(Locale.getAvailableLocales());

  private static final int MOST_PREFERENCES = 10;
  private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "iw", "ur");

  private final ResourceBundle bundle;

  private Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  static Texts of(HttpServletRequest request) {
    return Collections.list(request.getLocales()).stream()
        .limit(MOST_PREFERENCES)
        .map(Texts::existing)
        .filter(locale -> in(locale).locale().getLanguage().equals(locale.getLanguage()))
        .findFirst()
        .map(Texts::in)
        .orElseGet(() -> in(Locale.ROOT));
  }

  private static Locale existing(Locale wanted) {
    if (EXISTING.contains(wanted)) {
      return wanted;
    }
    Locale language = Locale.forLanguageTag(wanted.getLanguage());
    return EXISTING.contains(language) ? language : Locale.ROOT;
  }

  private static Texts in(Locale locale) {
    try {
      return new Texts(
          ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader(), NO_FALLBACK));
    } catch (MissingResourceException e) {
      throw new IllegalStateException("the pages' texts are part of the library", e);
    }
  }

  /** The texts of no language in particular are English. */
  private Locale locale() {
    return bundle.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : bundle.getLocale();
  }

  String get(String key) {
    return bundle.getString(key);
  }

  /** For the attribute {@code lang}: a BCP 47 tag. */
  String language() {
    return locale().toLanguageTag();
  }

  /** For the attribute {@code dir}. */
  String direction() {
    return RIGHT_TO_LEFT.contains(locale().getLanguage()) ? "rtl" : "ltr";
  }
}
