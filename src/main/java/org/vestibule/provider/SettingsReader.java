package org.vestibule.provider;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * Reads the configuration from MicroProfile Config and tells everything that is wrong with it at
 * once. Nothing is asked of a network here.
 */
public final class SettingsReader {

  private final Config config;
  private final Presets presets;
  private final AdapterFiles adapterFiles;
  private final Set<ConfigurationProblem> problems = new LinkedHashSet<>();
  private final Set<SettingInEffect> inEffect = new LinkedHashSet<>();

  private SettingsReader(Config config, ClassLoader classLoader, List<AdapterFile> files) {
    this.config = config;
    this.presets = new Presets(classLoader, config);
    this.adapterFiles = new AdapterFiles(files, config, presets);
  }

  /**
   * @param classLoader where presets are found
   */
  public static Configuration read(Config config, ClassLoader classLoader) {
    return read(config, classLoader, List.of());
  }

  /**
   * @param classLoader where presets are found
   * @param files what the application has kept of another client; settings go before them
   */
  public static Configuration read(
      Config config, ClassLoader classLoader, List<AdapterFile> files) {
    return new SettingsReader(config, classLoader, files).read();
  }

  private Configuration read() {
    Values application =
        new Values(Lookup.of(config, Setting.PREFIX, List.of(Setting.PREFIX), problems));
    boolean isSingle = !application.isSet(Setting.PROVIDERS);
    List<String> ids = isSingle ? List.of(ProviderIds.SINGLE) : ProviderIds.listed(application);
    if (!isSingle) {
      adapterFiles.leaveTo(application);
    }
    ApplicationSettings settings = ApplicationSettingsReader.read(application);
    note(application, Setting.Level.APPLICATION, Optional.empty());
    Map<String, ProviderSettings> providers = new LinkedHashMap<>();
    for (String id : ids) {
      Values values = new Values(presets.complete(id, lookup(id, isSingle)));
      providers.put(id, ProviderSettingsReader.read(id, values));
      checkTogether(values, providers.get(id), settings, ids.size());
      note(values, Setting.Level.PROVIDER, Optional.of(id));
    }
    String defaultProvider = defaultProvider(application, ids);
    checkKeys(application, settings, providers);
    checkRules(settings.paths().rules(), providers, defaultProvider);
    problems.addAll(new ProviderChoices(settings.choosing().by(), providers).problems());
    checkHosts(application, settings);
    problems.addAll(new KnownKeys(ids).check(config));
    return configuration(settings, providers, defaultProvider);
  }

  private Lookup lookup(String id, boolean isSingle) {
    String own = Setting.PROVIDER_PREFIX + id + ".";
    Lookup set =
        Lookup.of(config, isSingle ? Setting.PREFIX : own, List.of(own, Setting.PREFIX), problems);
    return isSingle ? adapterFiles.complete(set) : set;
  }

  private static String defaultProvider(Values application, List<String> ids) {
    Optional<String> chosen = application.text(Setting.DEFAULT_PROVIDER);
    if (chosen.isPresent() && !ids.contains(chosen.get())) {
      application.report(Mistake.UNKNOWN_PROVIDER, Setting.DEFAULT_PROVIDER, "");
    }
    return chosen.or(() -> ids.stream().findFirst()).orElse(ProviderIds.SINGLE);
  }

  /** What is right by itself, but not together. */
  private void checkTogether(
      Values values, ProviderSettings provider, ApplicationSettings application, int howMany) {
    ProviderSettings.Endpoints endpoints = provider.endpoints();
    if (howMany > 1 && !endpoints.discovery()) {
      problems.add(
          new ConfigurationProblem(
              Mistake.SHARED_REDIRECT_URI,
              Setting.PREFIX + Setting.REDIRECT_URI.key(),
              "",
              provider.id()));
    }
    Optional<URI> atProvider =
        endpoints.authorization().or(() -> endpoints.issuer().map(URI::create));
    Optional<URI> here = application.browser().publicUrl().map(URI::create);
    if (atProvider.filter(SettingsReader::isLoopback).isPresent()
        && here.isPresent()
        && !isLoopback(here.get())) {
      values.report(
          Mistake.LOOPBACK_PROVIDER,
          endpoints.authorization().isPresent() ? Setting.AUTHORIZATION_ENDPOINT : Setting.ISSUER,
          "");
    }
  }

  private static boolean isLoopback(URI url) {
    return BackChannelUrl.isLoopback(url.getHost());
  }

  /** One address for all hosts would bring browsers back to a host without their cookie. */
  private static void checkHosts(Values values, ApplicationSettings settings) {
    if (settings.choosing().by() == ApplicationSettings.ChooseBy.HOST
        && !settings.browser().redirectUri().contains("{public-url}")) {
      values.report(
          Mistake.CHOICE_IMPOSSIBLE,
          Setting.REDIRECT_URI,
          "with choose-by=host it has to have {public-url}");
    }
  }

  private static void checkKeys(
      Values values, ApplicationSettings settings, Map<String, ProviderSettings> providers) {
    boolean allPublic =
        providers.values().stream()
            .map(ProviderSettings::client)
            .allMatch(
                client ->
                    client.authentication().equals(Optional.of(ClientAuthenticationMethod.NONE))
                        && client.credentials().clientSecret().isEmpty());
    if (settings.session().encryptionKey().isEmpty() && !providers.isEmpty() && allPublic) {
      values.report(Mistake.NO_SHARED_KEY, Setting.ENCRYPTION_KEY_FILE, "");
    }
  }

  /** Who signs users in for a rule, and whether it can be known how. */
  private void checkRules(
      List<AccessRule> rules, Map<String, ProviderSettings> providers, String defaultProvider) {
    for (AccessRule rule : rules) {
      ProviderSettings provider = providers.get(rule.provider().orElse(defaultProvider));
      if (provider == null) {
        rule.provider()
            .ifPresent(
                id -> problems.add(of(rule, AccessSetting.PROVIDER, Mistake.UNKNOWN_PROVIDER)));
      } else if (!rule.authentication().isEmpty() && !provider.request().openId()) {
        AccessSetting setting =
            rule.authentication().maxAge().isPresent()
                ? AccessSetting.MAX_AGE
                : AccessSetting.ACR_VALUES;
        problems.add(of(rule, setting, Mistake.CHECK_NEEDS_OPENID));
      }
    }
  }

  private static ConfigurationProblem of(AccessRule rule, AccessSetting setting, Mistake mistake) {
    return new ConfigurationProblem(mistake, setting.of(rule.number()), "", "");
  }

  private void note(Values values, Setting.Level level, Optional<String> provider) {
    for (Setting setting : Setting.values()) {
      if (setting.level() == level) {
        values
            .lookup()
            .find(setting)
            .map(found -> SettingInEffect.of(provider, setting, found))
            .ifPresent(inEffect::add);
      }
    }
  }

  private Configuration configuration(
      ApplicationSettings settings,
      Map<String, ProviderSettings> providers,
      String defaultProvider) {
    boolean isBroken = problems.stream().anyMatch(ConfigurationProblem::isError);
    return new Configuration(
        settings,
        isBroken ? Map.of() : providers,
        defaultProvider,
        List.copyOf(problems),
        List.copyOf(inEffect));
  }
}
