package org.vestibule.doctor;

import java.util.List;
import org.vestibule.provider.SettingInEffect;

/** A diagnosis as text for a log or a terminal. */
public final class TextReport {

  private static final int COLUMN = 26;

  private final StringBuilder text = new StringBuilder();

  private TextReport() {}

  /** The whole of it; lines end with {@code \n}. */
  public static String of(Diagnosis diagnosis) {
    return new TextReport().facts(diagnosis).findings(diagnosis).toString();
  }

  /** Without the findings, for where they are told one by one. */
  public static String factsOf(Diagnosis diagnosis) {
    return new TextReport().facts(diagnosis).toString().stripTrailing();
  }

  /** How many of each kind there are, in words. */
  public static String summary(Diagnosis diagnosis) {
    return count(diagnosis, Severity.ERROR, "error", "errors")
        + ", "
        + count(diagnosis, Severity.WARNING, "warning", "warnings")
        + ", "
        + count(diagnosis, Severity.ADVICE, "piece of advice", "pieces of advice");
  }

  private static String count(Diagnosis diagnosis, Severity severity, String one, String many) {
    int count = diagnosis.findings(severity).size();
    return count + " " + (count == 1 ? one : many);
  }

  private TextReport facts(Diagnosis diagnosis) {
    line("", "Vestibule at " + diagnosis.contextPath() + "/");
    facts("  ", diagnosis.application());
    settings("  ", diagnosis.settings());
    diagnosis.providers().forEach(provider -> provider(diagnosis, provider));
    return this;
  }

  private void provider(Diagnosis diagnosis, ProviderDiagnosis provider) {
    line("", "");
    line("", "Provider %s signs users in to %s/".formatted(provider.id(), diagnosis.contextPath()));
    facts("  ", provider.known());
    settings("  ", provider.settings());
    section("To be registered there", provider.toRegister());
    section("What it says of itself", provider.published());
    if (!provider.unused().isEmpty()) {
      line("  ", "Offered there and not used");
      provider.unused().forEach(offer -> line("    ", offer));
    }
  }

  private void section(String title, List<Fact> facts) {
    if (!facts.isEmpty()) {
      line("  ", title);
      facts("    ", facts);
    }
  }

  private void facts(String indent, List<Fact> facts) {
    for (Fact fact : facts) {
      String name = fact.name().replace('_', ' ');
      String gap = " ".repeat(Math.max(1, COLUMN - name.length()));
      line(indent, name + gap + String.join(" ", fact.values()));
    }
  }

  private void settings(String indent, List<SettingInEffect> settings) {
    settings.stream()
        .map(SettingInEffect::origin)
        .distinct()
        .forEach(
            origin -> {
              line(indent, "Set by " + Printable.line(origin));
              settings.stream()
                  .filter(setting -> setting.origin().equals(origin))
                  .map(setting -> Printable.line(setting.key() + "=" + setting.text()))
                  .forEach(setting -> line(indent + "  ", setting));
            });
  }

  private TextReport findings(Diagnosis diagnosis) {
    line("", "");
    line("", "Findings: " + summary(diagnosis));
    for (Finding finding : diagnosis.findings()) {
      line("  ", "%-8s%s".formatted(finding.severity().word(), finding));
    }
    return this;
  }

  private void line(String indent, String line) {
    text.append(line.isEmpty() ? "" : indent + line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
