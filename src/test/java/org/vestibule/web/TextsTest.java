package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

  /** Those there are: a new one is tested without being named here. */
  static Stream<String> translations() {
    return Stream.of(Locale.getISOLanguages())
        .filter(tag -> TextsTest.class.getResource("pages_" + tag + ".properties") != null);
  }

  @Test
  void there_are_some_translations() {
    assertThat(translations()).contains("de", "es", "fr", "ja");
  }

  private static Texts preferring(String... languageTags) {
    return Texts.of(request(Stream.of(languageTags).map(Locale::forLanguageTag).toList()));
  }

  private static MockHttpServletRequest request(List<Locale> locales) {
    return new MockHttpServletRequest() {
      @Override
      public Enumeration<Locale> getLocales() {
        return Collections.enumeration(locales);
      }
    };
  }

  private static TreeMap<String, String> file(String suffix) {
    Properties properties = new Properties();
    try (InputStream stream =
        TextsTest.class.getResourceAsStream("pages" + suffix + ".properties")) {
      properties.load(new InputStreamReader(stream, UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    TreeMap<String, String> texts = new TreeMap<>();
    properties.forEach((key, value) -> texts.put(key.toString(), value.toString()));
    return texts;
  }

  private static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_has_all_texts_and_no_others(String language) {
    assertThat(file("_" + language).keySet()).isEqualTo(file("").keySet());
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_has_the_same_placeholders(String language) {
    TreeMap<String, String> translation = file("_" + language);

    file("")
        .forEach(
            (key, english) ->
                assertThat(placeholders(translation.getOrDefault(key, "")))
                    .as(key)
                    .isEqualTo(placeholders(english)));
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_translates(String language) {
    TreeMap<String, String> english = file("");

    file("_" + language)
        .forEach((key, text) -> assertThat(text).as(key).isNotEqualTo(english.get(key)));
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_was_read_in_its_own_encoding(String language) {
    assertThat(file("_" + language).values())
        .allSatisfy(
            text ->
                assertThat(text).isNotBlank().doesNotContain("\ufffd", "\u00c3", "\u00e3\u0083"));
    assertThat(preferring(language).get("silent.title"))
        .isEqualTo(file("_" + language).get("silent.title"));
  }

  @Test
  void only_the_correlation_has_a_placeholder() {
    assertThat(file(""))
        .allSatisfy(
            (key, text) ->
                assertThat(placeholders(text))
                    .as(key)
                    .isEqualTo(key.equals("note.correlation") ? List.of("{0}") : List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "de,             de",
    "de-AT,          de",
    "de-DE-1996,     de",
    "fr-CA,          fr",
    "es-419,         es",
    "ja-JP,          ja",
    "ja-JP-u-ca-japanese, ja",
    "en,             en",
    "en-GB,          en",
    "pt,             en",
    "zh-Hant-TW,     en",
    "xx,             en",
    "und,            en",
    "i-klingon,      en",
  })
  void a_browser_is_answered_in_its_language(String wanted, String language) {
    assertThat(preferring(wanted).language()).isEqualTo(language);
  }

  @Test
  void the_first_language_that_there_is_counts() {
    assertThat(preferring("pt-BR", "de", "en").language()).isEqualTo("de");
    assertThat(preferring("pt-BR", "en", "de").language()).isEqualTo("en");
    assertThat(preferring("en-US", "de").language()).isEqualTo("en");
    assertThat(preferring("xx", "yy", "zz").language()).isEqualTo("en");
    assertThat(preferring().language()).isEqualTo("en");
  }

  @Test
  void a_language_that_does_not_exist_is_not_looked_for() {
    assertThat(TextsTest.class.getResource("pages_xx.properties")).isNotNull();
    assertThat(preferring("xx").language()).isEqualTo("en");
  }

  @Test
  void not_everything_that_a_browser_asks_for_is_looked_for() {
    List<Locale> invented =
        IntStream.range(0, 1_000).mapToObj(i -> Locale.forLanguageTag("xx-x-v" + i)).toList();

    assertThat(Texts.of(request(invented)).language()).isEqualTo("en");
    assertThat(
            preferring("pt", "it", "nl", "sv", "da", "fi", "nb", "pl", "cs", "hu", "de").language())
        .isEqualTo("en");
  }

  @Test
  void a_language_of_the_server_is_none_of_the_browsers() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.JAPAN);
      assertThat(preferring("pt").language()).isEqualTo("en");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void these_are_written_from_left_to_right() {
    assertThat(Stream.of("en", "de", "es", "fr", "ja").map(tag -> preferring(tag).direction()))
        .containsOnly("ltr");
  }

  @Test
  void every_page_has_a_title_and_a_text() {
    Set<String> keys = file("").keySet();

    assertThat(keys.stream().filter(key -> key.endsWith(".title")))
        .allSatisfy(title -> assertThat(keys).contains(title.replace(".title", ".text")));
  }

  @Test
  void a_text_that_does_not_exist_is_a_mistake() {
    Texts texts = preferring("en");

    assertThatThrownBy(() -> texts.get("no.such")).isInstanceOf(MissingResourceException.class);
  }

  // What an application brings: META-INF/vestibule/pages*.properties among these tests' resources

  @Test
  void an_application_adds_a_language() {
    assertThat(preferring("he-IL", "en").language()).isEqualTo("he");
    assertThat(preferring("he").get("loggedout.title")).isEqualTo("יצאת מהמערכת");
    assertThat(preferring("he").isTranslated("loggedout.title")).isTrue();
  }

  @Test
  void what_it_does_not_translate_is_English() {
    assertThat(preferring("he").get("note.correlation"))
        .isEqualTo(preferring("en").get("note.correlation"));
    assertThat(preferring("he").isTranslated("note.correlation")).isFalse();
    assertThat(preferring("de").isTranslated("note.correlation")).isTrue();
    assertThat(preferring("en-GB").isTranslated("note.correlation")).isTrue();
  }

  @Test
  void an_application_replaces_single_texts() {
    assertThat(preferring("fr-CA").get("action.home")).isEqualTo("Retour au portail");
    assertThat(preferring("fr").get("action.retry")).isEqualTo("Réessayer");
    assertThat(preferring("en").get("action.home")).isEqualTo("Back to the portal");
    assertThat(preferring("en-GB").get("action.home")).isEqualTo("Back to the portal");
  }

  @Test
  void a_text_that_was_replaced_in_another_language_does_not_push_out_the_right_one() {
    assertThat(preferring("de").get("action.home")).isEqualTo("Zur Startseite");
  }

  @Test
  void a_file_that_cannot_be_read_is_none() {
    try (Logs logs = new Logs()) {
      assertThat(preferring("ko").language()).isEqualTo("en");
      assertThat(logs.at(Level.WARNING)).singleElement().asString().contains("pages_ko");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"he", "iw", "ar-EG", "fa", "ur", "ps", "ckb", "yi", "uz-Arab", "ku-Hebr"})
  void these_languages_are_written_from_right_to_left(String language) {
    assertThat(Texts.isRightToLeft(Locale.forLanguageTag(language))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ja", "uz", "az-Latn", "pa-Guru", "ur-Latn", "und"})
  void these_are_not(String language) {
    assertThat(Texts.isRightToLeft(Locale.forLanguageTag(language))).isFalse();
  }

  @Test
  void a_page_says_in_which_direction_it_is_written() {
    assertThat(preferring("he").direction()).isEqualTo("rtl");
  }
}
