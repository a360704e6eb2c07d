package org.vestibule.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads how one of several providers is taken. */
final class ChoiceSettingsReader {

  /** RFC 9110 section 5.1. */
  private static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}";

  private static final String WITH_ALL_BELOW = "*.";

  private ChoiceSettingsReader() {}

  static ApplicationSettings.Choosing read(Values values) {
    ChooseBy by = values.choice(Setting.CHOOSE_BY, ways());
    return new ApplicationSettings.Choosing(
        by,
        header(values, by),
        values.isSet(Setting.DEFAULT_PROVIDER),
        values.either(Setting.SECOND_PROVIDER, "refuse", "replace"));
  }

  private static Map<String, ChooseBy> ways() {
    Map<String, ChooseBy> ways = new LinkedHashMap<>();
    for (ChooseBy by : ChooseBy.values()) {
      ways.put(by.name().toLowerCase(Locale.ROOT).replace('_', '-'), by);
    }
    return ways;
  }

  private static Optional<String> header(Values values, ChooseBy by) {
    Optional<String> header = values.text(Setting.CHOOSE_HEADER);
    if (header.isPresent() && !header.get().matches(HEADER)) {
      values.report(Mistake.MALFORMED, Setting.CHOOSE_HEADER, "the name of a header");
    }
    if (header.isPresent() && by != ChooseBy.HEADER) {
      values.report(Mistake.CHOICE_UNUSED, Setting.CHOOSE_HEADER, "");
    } else if (header.isEmpty() && by == ChooseBy.HEADER) {
      values.report(Mistake.MISSING, Setting.CHOOSE_HEADER, "choose-by is header");
    }
    return header.filter(name -> by == ChooseBy.HEADER);
  }

  static ProviderSettings.Taken taken(Values values) {
    List<String> paths = values.list(Setting.PATHS);
    if (!paths.stream().allMatch(PathSettingsReader::isPattern)) {
      values.report(Mistake.MALFORMED, Setting.PATHS, "patterns are like /about, /assets/* and /");
    }
    return new ProviderSettings.Taken(
        paths,
        values.choices(Setting.HOSTS, ChoiceSettingsReader::name),
        values.choices(Setting.EMAIL_DOMAINS, ChoiceSettingsReader::domain),
        LogoFile.read(values));
  }

  /** As requests have it: international names in their ASCII form. */
  private static Optional<String> name(String text) {
    return Optional.of(text.toLowerCase(Locale.ROOT)).filter(EmailDomains::isName);
  }

  private static Optional<String> domain(String text) {
    boolean withAllBelow = text.startsWith(WITH_ALL_BELOW);
    String domain = withAllBelow ? text.substring(WITH_ALL_BELOW.length()) : text;
    return EmailDomains.inAscii(domain).map(name -> withAllBelow ? WITH_ALL_BELOW + name : name);
  }
}
