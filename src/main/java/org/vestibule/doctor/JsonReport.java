package org.vestibule.doctor;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vestibule.provider.Json;
import org.vestibule.provider.SettingInEffect;

/**
 * A diagnosis as JSON: {@code severity}, {@code at}, {@code examined}, {@code context_path}, {@code
 * application}, {@code settings}, {@code providers} and {@code findings}. A fact is a member with a
 * list of texts. Needs an implementation of Jakarta JSON Processing.
 */
public final class JsonReport {

  private JsonReport() {}

  public static String of(Diagnosis diagnosis) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("severity", diagnosis.worst().word());
    report.put("at", diagnosis.at().truncatedTo(ChronoUnit.SECONDS).toString());
    report.put("examined", diagnosis.examined());
    report.put("context_path", diagnosis.contextPath());
    report.put("application", facts(diagnosis.application()));
    report.put("settings", settings(diagnosis.settings()));
    report.put("providers", diagnosis.providers().stream().map(JsonReport::provider).toList());
    report.put("findings", diagnosis.findings().stream().map(JsonReport::finding).toList());
    return Json.write(report);
  }

  private static Map<String, Object> provider(ProviderDiagnosis provider) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", provider.id());
    json.put("name", provider.name());
    json.put("known", facts(provider.known()));
    json.put("settings", settings(provider.settings()));
    json.put("to_register", facts(provider.toRegister()));
    json.put("published", facts(provider.published()));
    json.put("unused", provider.unused());
    return json;
  }

  private static Map<String, Object> facts(List<Fact> facts) {
    Map<String, Object> json = new LinkedHashMap<>();
    facts.forEach(fact -> json.put(fact.name(), fact.values()));
    return json;
  }

  private static List<Map<String, Object>> settings(List<SettingInEffect> settings) {
    return settings.stream().map(JsonReport::setting).toList();
  }

  private static Map<String, Object> setting(SettingInEffect setting) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", setting.key());
    json.put("value", Printable.line(setting.text()));
    json.put("source", setting.source());
    setting.ordinal().ifPresent(ordinal -> json.put("ordinal", (long) ordinal));
    return json;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", finding.code());
    json.put("severity", finding.severity().word());
    finding.provider().ifPresent(provider -> json.put("provider", provider));
    json.put("cause", finding.cause());
    json.put("detail", finding.detail());
    json.put("remedy", finding.remedy());
    return json;
  }
}
