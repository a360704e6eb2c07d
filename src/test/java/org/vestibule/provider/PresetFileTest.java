package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
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

  /** Whatever a preset gives up, it gives up for its own provider alone. */
  @ParameterizedTest
  @MethodSource("shipped")
  void beside_it_another_provider_is_as_strict_as_alone(PresetFile preset) {
    Map<String, String> properties = new HashMap<>();
    preset.toSet().forEach((key, value) -> properties.put("oauth.provider.known." + key, value));
    properties.remove("oauth.provider.known.client-key-file");
    properties.put("oauth.providers", "known,other");
    for (String key : List.of("issuer", "client-id", "client-secret")) {
      properties.put("oauth.provider.other." + key, Configurations.LEAST.get("oauth." + key));
    }
    Map<String, String> alone = new HashMap<>(properties);
    alone.keySet().removeIf(key -> key.startsWith("oauth.provider.known."));
    alone.put("oauth.providers", "other");
    properties.computeIfPresent("oauth.provider.known.client-team-id", (key, team) -> null);
    properties.put("oauth.provider.known.client-secret", "gX1fBat3bV");
    properties.keySet().removeIf(key -> key.contains("known.client-key"));

    Configuration together = Configurations.read(properties);

    assertThat(together.isUsable()).as("%s", together.problems()).isTrue();
    assertThat(together.providers().get("other"))
        .isEqualTo(Configurations.read(alone).providers().get("other"));
  }

  /** A product's preset has ways, and no tolerance of what the product does not do. */
  @ParameterizedTest
  @MethodSource("shipped")
  void what_it_tolerates_it_tolerates_of_addresses_that_it_names(PresetFile preset) {
    Preset read =
        new Presets(
                PresetFileTest.class.getClassLoader(), Configurations.config(Map.of(), Map.of()))
            .find(preset.name())
            .orElseThrow();

    assertThat(read.settings()).doesNotContainKeys("allowed-tenants", "audience", "clock-skew");
    if (!read.hasAddress()) {
      assertThat(read.settings())
          .doesNotContainKeys(
              "token-response-tolerance", "issuer-aliases", "pkce", "id-token", "jwks-uri");
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
