package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** What holds for every preset that comes along. */
class PresetFileTest {

  /** The checks that a preset may give up for its own provider. */
  private static final Set<Mistake> GIVEN_UP =
      EnumSet.of(Mistake.PKCE_OFF, Mistake.ID_TOKEN_IGNORED);

  static List<PresetFile> shipped() {
    return PresetFile.shipped();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void it_needs_no_more_than_it_says(PresetFile preset) {
    Configuration configuration = preset.configured();

    assertThat(configuration.isUsable()).as("%s", configuration.problems()).isTrue();
    assertThat(configuration.problems())
        .extracting(ConfigurationProblem::mistake)
        .isSubsetOf(GIVEN_UP);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void it_says_where_its_facts_come_from_and_what_to_register(PresetFile preset) {
    assertThat(preset.tagged("Source"))
        .isNotEmpty()
        .allMatch(source -> URI.create(source).getScheme().equals("https"));
    assertThat(preset.about()).isNotEmpty().endsWith(".");
    assertThat(preset.registration()).isNotEmpty().endsWith(".");
    assertThat(preset.lines()).allMatch(line -> line.length() <= 200);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void it_has_known_keys_only_and_no_secret(PresetFile preset) {
    Preset read =
        new Presets(
                PresetFileTest.class.getClassLoader(), Configurations.config(Map.of(), Map.of()))
            .find(preset.name())
            .orElseThrow();

    assertThat(read.unknownKeys()).isEmpty();
    assertThat(read.settings()).containsKey("display-name");
    assertThat(read.settings().keySet())
        .noneMatch(key -> key.startsWith("client-") && !key.equals("client-authentication"));
  }

  /** Whoever uses the same product is given nothing of somebody else's. */
  @ParameterizedTest
  @MethodSource("shipped")
  void one_without_an_address_gives_up_no_check(PresetFile preset) {
    Preset read =
        new Presets(
                PresetFileTest.class.getClassLoader(), Configurations.config(Map.of(), Map.of()))
            .find(preset.name())
            .orElseThrow();
    if (!read.hasAddress()) {
      assertThat(preset.configured().problems()).isEmpty();
      assertThat(preset.tagged("Set")).anyMatch(pair -> pair.startsWith("issuer"));
    }
  }

  @Test
  void none_but_linkedin_is_without_any_protection_of_codes() {
    assertThat(shipped())
        .filteredOn(preset -> Configurations.mistakes(preset.configured()).containsAll(GIVEN_UP))
        .extracting(PresetFile::name)
        .containsExactly("linkedin");
  }
}
