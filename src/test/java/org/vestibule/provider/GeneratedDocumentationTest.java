package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vestibule.catalogue.CatalogueDocumentation;

/**
 * Holds that what is documented is what is coded. After a change of a setting or a message, write
 * the files again with
 *
 * <pre>mvn test -Dtest=GeneratedDocumentationTest -Dvestibule.write-documentation=true</pre>
 */
class GeneratedDocumentationTest {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final Path MESSAGES = PROJECT.resolve("src/site/markdown/messages");
  private static final boolean WRITE = Boolean.getBoolean("vestibule.write-documentation");

  private enum Document {
    ANNOTATED_PROPERTIES("src/main/resources/META-INF/microprofile-config.properties") {
      @Override
      String text() {
        return SettingsDocumentation.properties();
      }
    },
    SETTINGS("src/site/markdown/settings.md") {
      @Override
      String text() {
        return SettingsDocumentation.page();
      }
    },
    MESSAGES("src/site/markdown/messages.md") {
      @Override
      String text() {
        return MessagesDocumentation.page();
      }
    },
    PROVIDERS("src/site/markdown/providers.md") {
      @Override
      String text() {
        return ProvidersDocumentation.page();
      }
    },
    ADVERSARY("src/site/markdown/adversary.md") {
      @Override
      String text() {
        return CatalogueDocumentation.page();
      }
    },
    MOVING_IN("src/site/markdown/moving-in.md") {
      @Override
      String text() {
        return MovingInDocumentation.page(PROJECT.resolve("src/site/markdown/moving-in.md"));
      }
    };

    private final Path file;

    Document(String file) {
      this.file = PROJECT.resolve(file);
    }

    abstract String text();
  }

  @ParameterizedTest
  @EnumSource(Document.class)
  void a_document_is_what_the_code_says(Document document) throws IOException {
    if (WRITE) {
      Files.createDirectories(document.file.getParent());
      Files.writeString(document.file, document.text());
    }
    assertThat(document.file).content().isEqualTo(document.text());
  }

  @ParameterizedTest
  @EnumSource(MessagesDocumentation.Group.class)
  void every_message_has_a_page_of_its_own(MessagesDocumentation.Group group) throws IOException {
    Files.createDirectories(MESSAGES);
    for (MessagesDocumentation.Message message : group.messages()) {
      Path file = MESSAGES.resolve(message.code() + ".md");
      if (WRITE) {
        Files.writeString(file, message.page(group));
      }
      assertThat(file).content().isEqualTo(message.page(group));
    }
  }

  @Test
  void no_page_is_about_a_message_that_there_is_not() throws IOException {
    try (Stream<Path> pages = Files.list(MESSAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .isSubsetOf(
              MessagesDocumentation.all().stream()
                  .map(MessagesDocumentation.Message::code)
                  .toList());
    }
  }

  @Test
  void the_annotated_properties_set_nothing() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(SettingsDocumentation.properties()));

    assertThat(properties).isEmpty();
    assertThat(SettingsDocumentation.properties().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void every_setting_is_in_the_annotated_properties_and_its_default_is_what_it_does()
      throws IOException {
    Properties uncommented = new Properties();
    uncommented.load(
        new StringReader(
            SettingsDocumentation.properties()
                .lines()
                .filter(line -> line.startsWith("#" + Setting.PREFIX) && line.contains("="))
                .map(line -> line.substring(1))
                .collect(Collectors.joining("\n"))));
    Map<String, String> defaults = new HashMap<>();
    uncommented.forEach((key, value) -> defaults.put((String) key, (String) value));
    assertThat(defaults.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(s -> Setting.PREFIX + s.key()).toList());

    Map<String, String> spelledOut = new HashMap<>(defaults);
    spelledOut.putAll(Configurations.LEAST);
    Configuration configuration = Configurations.read(spelledOut);

    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.providers())
        .isEqualTo(Configurations.read(Configurations.LEAST).providers());
    assertThat(configuration.application())
        .isEqualTo(Configurations.read(Configurations.LEAST).application());
  }

  /** What a word in the tables is, that is none of our settings. */
  private static final Set<String> VALUES_AND_NAMES =
      Set.of(
          "access-token",
          "accesstoken",
          "any",
          "auth-server-url",
          "basic",
          "code",
          "entra",
          "facebook",
          "github",
          "google",
          "idtoken",
          "iss",
          "none",
          "okta",
          "openid",
          "post",
          "post-jwt",
          "query",
          "resource",
          "sid",
          "sub",
          "web-app");

  @Test
  void who_moves_in_is_told_of_settings_that_there_are() throws IOException {
    List<String> settings =
        Pattern.compile("^\\|.+\\|(.+)\\|$", Pattern.MULTILINE)
            .matcher(Files.readString(Document.MOVING_IN.file))
            .results()
            .flatMap(row -> Pattern.compile("`([a-z][a-z-]+)[=`]").matcher(row.group(1)).results())
            .map(word -> word.group(1))
            .filter(word -> !VALUES_AND_NAMES.contains(word))
            .distinct()
            .toList();

    assertThat(settings).hasSizeGreaterThan(40);
    assertThat(settings).allMatch(key -> Setting.of(key).isPresent());
  }

  @Test
  void the_numbers_of_messages_are_unique_and_ascend() {
    List<String> codes =
        MessagesDocumentation.all().stream().map(MessagesDocumentation.Message::code).toList();

    assertThat(codes)
        .doesNotHaveDuplicates()
        .isSorted()
        .allMatch(code -> code.matches("VEST\\d{4}"));
    assertThat(MessagesDocumentation.violations()).allMatch(m -> m.code().startsWith("VEST1"));
    assertThat(MessagesDocumentation.troubles()).allMatch(m -> m.code().startsWith("VEST2"));
    assertThat(MessagesDocumentation.mistakes()).allMatch(m -> m.code().startsWith("VEST3"));
    assertThat(MessagesDocumentation.refusals()).allMatch(m -> m.code().startsWith("VEST4"));
    assertThat(MessagesDocumentation.symptoms()).allMatch(m -> m.code().startsWith("VEST5"));
  }

  @Test
  void every_message_has_a_cause_and_a_remedy() {
    assertThat(MessagesDocumentation.all())
        .allMatch(message -> message.cause().matches("[a-z].*[^.]"))
        .allMatch(message -> message.remedy().matches("[A-Z].*"));
  }
}
