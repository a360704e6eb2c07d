package org.vestibule.provider;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * The files of adapters that an application has kept. They speak of one provider, that of an
 * application with one provider, and only as long as no setting speaks of another: nothing of one
 * may be mixed with what is somebody else's.
 */
final class AdapterFiles {

  private final List<AdapterFile> files;
  private final Config config;
  private final Presets presets;

  /**
   * @param files the first counts
   */
  AdapterFiles(List<AdapterFile> files, Config config, Presets presets) {
    this.files = List.copyOf(files);
    this.config = config;
    this.presets = presets;
  }

  /** Tells that the settings list providers, and that the files are not among them. */
  void leaveTo(Values application) {
    files.forEach(file -> unused(application.lookup(), Setting.PROVIDERS, file));
  }

  /**
   * What is looked up for the only provider: what is set and, where nothing is, what a file says.
   */
  Lookup complete(Lookup set) {
    if (files.isEmpty()) {
      return set;
    }
    AdapterFile file = files.get(0);
    files.stream()
        .skip(1)
        .forEach(
            other ->
                set.report(
                    new ConfigurationProblem(
                        Mistake.ADAPTER_FILE_UNUSED, "*", other.toString(), "there is " + file)));
    AdapterSettings said = AdapterSettingsReader.read(file, config);
    Optional<Setting> another = another(new Values(set), said);
    if (another.isPresent()) {
      unused(set, another.get(), file);
      return set;
    }
    said.problems().forEach(set::report);
    return set.with(said);
  }

  private static void unused(Lookup set, Setting because, AdapterFile file) {
    set.report(Mistake.ADAPTER_FILE_UNUSED, because, file.toString());
  }

  /** By what it is seen that the settings are about another provider or client than the file. */
  private Optional<Setting> another(Values set, AdapterSettings said) {
    Optional<String> client = set.text(Setting.CLIENT_ID);
    if (client.isPresent()
        && said.text(Setting.CLIENT_ID).filter(text -> !text.equals(client.get())).isPresent()) {
      return Optional.of(Setting.CLIENT_ID);
    }
    Optional<String> issuer = set.text(Setting.ISSUER);
    if (issuer.isPresent()) {
      return issuer.equals(said.text(Setting.ISSUER))
          ? Optional.empty()
          : Optional.of(Setting.ISSUER);
    }
    if (set.isSet(Setting.AUTHORIZATION_ENDPOINT) && set.isSet(Setting.TOKEN_ENDPOINT)) {
      return Optional.of(Setting.AUTHORIZATION_ENDPOINT);
    }
    return set.text(Setting.PRESET)
        .flatMap(presets::find)
        .filter(Preset::hasAddress)
        .map(preset -> Setting.PRESET);
  }
}
