package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the pages, in the first of the browser's languages that there is a translation for,
 * else in English. An application adds languages, and replaces single texts, by {@code
 * META-INF/vestibule/pages_<language>.properties} on its class path; {@code pages.properties} there
 * is English. The language counts first: a text that the application has in another language only
 * does not push out ours in the right one. Immutable.
 */
final class Texts {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final String OURS = "org.vestibule.web.pages";
  private static final String OF_THE_APPLICATION = "META-INF.vestibule.pages";

  /** Only languages that exist are looked for: what is looked for is cached. */
  private static final Set<Locale> EXISTING = Set.of(Locale.getAvailableLocales());

  private static final int MOST_PREFERENCES = 10;

  /** Those whose usual script is; {@code iw} and {@code ji} are old names of Hebrew and Yiddish. */
  private static final Set<String> RIGHT_TO_LEFT =
      Set.of(
          "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug",
          "ur", "yi");

  private static final Set<String> RIGHT_TO_LEFT_SCRIPTS =
      Set.of("Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa");

  private static final Control STANDARD = Control.getControl(Control.FORMAT_PROPERTIES);
  private static final Control EXACT = new OneFile();

  private final Locale locale;
  private final List<Layer> layers;

  /** A file with texts, of one language. */
  private record Layer(Locale locale, ResourceBundle texts) {}

  private Texts(Locale locale, List<Layer> layers) {
    this.locale = locale;
    this.layers = List.copyOf(layers);
  }

  static Texts of(HttpServletRequest request) {
    ClassLoader application = request.getServletContext().getClassLoader();
    return Collections.list(request.getLocales()).stream()
        .limit(MOST_PREFERENCES)
        .map(Texts::existing)
        .map(locale -> in(locale, application))
        .filter(texts -> !texts.locale.equals(Locale.ROOT))
        .findFirst()
        .orElseGet(() -> in(Locale.ENGLISH, application));
  }

  private static Locale existing(Locale wanted) {
    if (EXISTING.contains(wanted)) {
      return wanted;
    }
    Locale language = Locale.forLanguageTag(wanted.getLanguage());
    return EXISTING.contains(language) ? language : Locale.ROOT;
  }

  /** Without a locale if there is no translation. */
  private static Texts in(Locale wanted, ClassLoader application) {
    List<Layer> layers = new ArrayList<>();
    for (Locale candidate : STANDARD.getCandidateLocales(OURS, wanted)) {
      add(layers, OF_THE_APPLICATION, candidate, application);
      add(layers, OURS, candidate, Texts.class.getClassLoader());
    }
    Locale locale = layers.isEmpty() ? Locale.ROOT : layers.get(0).locale();
    boolean isUnmarked = isEnglish(wanted) && locale.equals(Locale.ROOT);
    return new Texts(isUnmarked ? Locale.ENGLISH : locale, layers);
  }

  private static void add(List<Layer> layers, String name, Locale locale, ClassLoader loader) {
    ResourceBundle texts = ResourceBundle.getBundle(name, locale, loader, EXACT);
    if (!texts.keySet().isEmpty()) {
      layers.add(new Layer(locale, texts));
    }
  }

  /**
   * @throws MissingResourceException there is no such text
   */
  String get(String key) {
    return layer(key).texts().getString(key);
  }

  /** Whether a text is in the language of the page; else it is English. */
  boolean isTranslated(String key) {
    return isEnglish(locale) || !layer(key).locale().equals(Locale.ROOT);
  }

  private static boolean isEnglish(Locale locale) {
    return locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
  }

  private Layer layer(String key) {
    return layers.stream()
        .filter(layer -> layer.texts().containsKey(key))
        .findFirst()
        .orElseThrow(
            () -> new MissingResourceException("a text of the pages is missing", OURS, key));
  }

  /** For the attribute {@code lang}: a BCP 47 tag. */
  String language() {
    return locale.toLanguageTag();
  }

  /** For the attribute {@code dir}. */
  String direction() {
    return isRightToLeft(locale) ? "rtl" : "ltr";
  }

  static boolean isRightToLeft(Locale locale) {
    return locale.getScript().isEmpty()
        ? RIGHT_TO_LEFT.contains(locale.getLanguage())
        : RIGHT_TO_LEFT_SCRIPTS.contains(locale.getScript());
  }

  /** Looks for the file of one locale and for no other in its place; an absent one is empty. */
  private static final class OneFile extends Control {

    @Override
    public List<String> getFormats(String baseName) {
      return FORMAT_PROPERTIES;
    }

    @Override
    public List<Locale> getCandidateLocales(String baseName, Locale locale) {
      return List.of(locale);
    }

    @Override
    public @Nullable Locale getFallbackLocale(String baseName, Locale locale) {
      return null;
    }

    @Override
    public ResourceBundle newBundle(
        String baseName, Locale locale, String format, ClassLoader loader, boolean reload)
        throws IllegalAccessException, InstantiationException, IOException {
      try {
        @Nullable ResourceBundle file = super.newBundle(baseName, locale, format, loader, reload);
        return file == null ? new Nothing() : file;
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(
            Level.WARNING,
            e,
            () -> "The texts in " + toBundleName(baseName, locale) + " cannot be read.");
        return new Nothing();
      }
    }
  }

  /** What stands for a file that is not there. */
  private static final class Nothing extends ResourceBundle {

    @Override
    protected @Nullable Object handleGetObject(String key) {
      return null;
    }

    @Override
    public Enumeration<String> getKeys() {
      return Collections.emptyEnumeration();
    }
  }
}
