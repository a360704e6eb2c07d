package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * The well-known providers, each a properties file {@code
 * META-INF/vestibule/presets/<name>.properties} whose keys are settings without prefix. An
 * application can bring its own.
 */
final class Presets {

  private static final String FOLDER = "META-INF/vestibule/presets/";

  private final ClassLoader classLoader;
  private final Config config;

  /**
   * @param config what the presets' expressions are about
   */
  Presets(ClassLoader classLoader, Config config) {
    this.classLoader = classLoader;
    this.config = config;
  }

  /**
   * What is looked up for a provider: what is set and, where nothing is, what its preset says. A
   * preset that has addresses speaks of one provider: where the issuer is set to another than the
   * preset's, none of its endpoints, secrets and ways may be mixed with those of somebody else. One
   * that has no address speaks of a product, and of whichever installation of it is set.
   */
  Lookup complete(String id, Lookup set) {
    Values values = new Values(set);
    Optional<String> name = values.text(Setting.PRESET);
    Optional<Preset> preset = find(name.orElse(id));
    if (preset.isEmpty()) {
      name.ifPresent(unknown -> set.report(Mistake.UNKNOWN_PRESET, Setting.PRESET, ""));
      return set;
    }
    preset.get().unknownKeys().forEach(key -> set.report(unknown(key, preset.get())));
    Optional<Setting> another = another(values, preset.get());
    if (another.isPresent()) {
      set.report(Mistake.PRESET_OVERRULED, another.get(), preset.get().source());
      return set;
    }
    return set.with(preset.get());
  }

  /**
   * By what it is seen that the settings are about another provider than the preset: an issuer that
   * is not the preset's; or, in place of the preset's issuer, endpoints of one that has none.
   */
  private Optional<Setting> another(Values values, Preset preset) {
    if (!preset.hasAddress()) {
      return Optional.empty();
    }
    Optional<String> issuer = values.text(Setting.ISSUER);
    Optional<String> presetIssuer =
        preset.text(Setting.ISSUER).flatMap(text -> Expressions.resolve(text, config));
    if (issuer.isPresent()) {
      return issuer.equals(presetIssuer) ? Optional.empty() : Optional.of(Setting.ISSUER);
    }
    boolean hasEndpoints =
        values.isSet(Setting.AUTHORIZATION_ENDPOINT) && values.isSet(Setting.TOKEN_ENDPOINT);
    return presetIssuer.isPresent() && hasEndpoints
        ? Optional.of(Setting.AUTHORIZATION_ENDPOINT)
        : Optional.empty();
  }

  private static ConfigurationProblem unknown(String key, Preset preset) {
    return new ConfigurationProblem(Mistake.UNKNOWN_KEY, key, preset.source(), "");
  }

  /**
   * @param name an id or whatever was set
   * @return empty if there is no such preset, or its file is broken
   */
  Optional<Preset> find(String name) {
    if (!ProviderIds.isId(name)) {
      return Optional.empty();
    }
    try (InputStream file = classLoader.getResourceAsStream(FOLDER + name + ".properties")) {
      if (file == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(file, UTF_8));
      Map<String, String> settings = new HashMap<>();
      properties.forEach((key, value) -> settings.put((String) key, (String) value));
      return Optional.of(new Preset(name, settings));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
