package org.vestibule.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vestibule.provider.SettingInEffect;

/**
 * Everything that is known of an application, of its providers and of what is wrong with them.
 * Nothing in it is secret. Immutable.
 *
 * @param examined whether the providers were asked; else it says what the settings say
 * @param application facts about it
 * @param settings of the application that are not at their defaults
 * @param providers in the configured order; empty if the configuration has errors
 * @param findings the worst first
 */
public record Diagnosis(
    String contextPath,
    Instant at,
    boolean examined,
    List<Fact> application,
    List<SettingInEffect> settings,
    List<ProviderDiagnosis> providers,
    List<Finding> findings) {

  public Diagnosis {
    application = List.copyOf(application);
    settings = List.copyOf(settings);
    providers = List.copyOf(providers);
    findings =
        findings.stream()
            .sorted((one, other) -> other.severity().compareTo(one.severity()))
            .toList();
  }

  /** How bad it is, all in all. */
  public Severity worst() {
    return findings.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.OK);
  }

  public List<Finding> findings(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }

  public Optional<ProviderDiagnosis> provider(String id) {
    return providers.stream().filter(provider -> provider.id().equals(id)).findFirst();
  }
}
