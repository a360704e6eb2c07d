package org.vestibule.doctor;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vestibule.provider.SettingInEffect;

/**
 * A diagnosis as a page of HTML that needs nothing from elsewhere and no script. Every text in it
 * is escaped.
 */
public final class HtmlReport {

  /** What stands in its style element, for a Content Security Policy that names its hash. */
  public static final String STYLE =
      """
      :root{color-scheme:light dark;--paper:#fff;--room:#f2f4f7;--ink:#1b1f24;--faint:#57606a;\
      --line:#d5dae0;--accent:#1d4ed8;--error:#b3261e;--warning:#8a4b00;--ok:#1a6b37}\
      @media(prefers-color-scheme:dark){:root{--paper:#1b2027;--room:#0f1318;--ink:#e9edf2;\
      --faint:#a3adb8;--line:#323a45;--accent:#9db8ff;--error:#ffb4ab;--warning:#ffcc80;\
      --ok:#8fd9a8}}\
      body{margin:0;font:1rem/1.55 system-ui,sans-serif;background:var(--room);color:var(--ink)}\
      main{box-sizing:border-box;width:min(100% - 2rem,64rem);margin:2rem auto}\
      section{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;\
      padding:clamp(1rem,4vw,1.75rem);margin-block:1rem;overflow-wrap:anywhere}\
      h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}\
      h1::before{content:"";display:block;inline-size:2.5rem;\
      border-block-start:.25rem solid var(--accent);border-radius:.125rem;margin-block-end:1rem}\
      h2{font-size:1.25rem;margin:0 0 .75rem}h3{font-size:1rem;margin:1.25rem 0 .5rem}\
      p{margin:0 0 .5rem}ol,ul{margin:0;padding:0;list-style:none}\
      li{padding-block:.75rem;border-block-start:1px solid var(--line)}\
      li:first-child{border:0;padding-block-start:0}ul li{padding-block:.15rem;border:0}\
      .kind{font-weight:700}.kind.error{color:var(--error)}.kind.warning{color:var(--warning)}\
      .kind.ok{color:var(--ok)}.kind.advice{color:var(--accent)}\
      .faint,dt,th,caption{color:var(--faint)}\
      dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.25rem 1rem;margin:0}\
      dd{margin:0}code{font:.9375em ui-monospace,monospace}\
      table{border-collapse:collapse;width:100%}caption,th,td{text-align:start}\
      caption{font-weight:700;color:var(--ink);margin:1.25rem 0 .5rem}\
      th,td{padding:.35rem .75rem .35rem 0;border-block-end:1px solid var(--line);\
      vertical-align:top;font-weight:400}\
      @media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-block-end:.5rem}\
      thead{display:none}th,td{display:block;border:0;padding-block:.1rem}\
      tr{display:block;border-block-end:1px solid var(--line);padding-block:.5rem}}\
      """;

  private final Function<Word, String> words;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(Function<Word, String> words) {
    this.words = words;
  }

  /** In English. */
  public static String of(Diagnosis diagnosis) {
    return of(diagnosis, Word::english, "en", "ltr");
  }

  /**
   * @param words in the language of the page
   * @param language a BCP 47 tag
   * @param direction {@code ltr} or {@code rtl}
   */
  public static String of(
      Diagnosis diagnosis, Function<Word, String> words, String language, String direction) {
    return new HtmlReport(words).page(diagnosis, language, direction);
  }

  private String page(Diagnosis diagnosis, String language, String direction) {
    html.append("<!DOCTYPE html><html lang=\"%s\" dir=\"%s\">".formatted(esc(language), direction))
        .append("<head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
        .append(word(Word.TITLE))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><main><h1>")
        .append(word(Word.TITLE))
        .append(" <code dir=\"ltr\">")
        .append(esc(diagnosis.contextPath() + "/"))
        .append("</code></h1>")
        .append(paragraph(word(Word.TEXT)))
        .append("<p class=\"faint\"><time dir=\"ltr\">")
        .append(esc(diagnosis.at().truncatedTo(ChronoUnit.SECONDS).toString()))
        .append("</time></p>");
    findings(diagnosis.findings());
    html.append("<section>").append(heading(2, Word.APPLICATION));
    facts(diagnosis.application());
    settings(diagnosis.settings());
    html.append("</section>");
    diagnosis.providers().forEach(this::provider);
    return html.append("</main></body></html>").toString();
  }

  private void findings(List<Finding> findings) {
    html.append("<section>").append(heading(2, Word.FINDINGS));
    if (findings.isEmpty()) {
      html.append(paragraph(word(Word.NOTHING)));
    } else {
      html.append("<ol>");
      findings.forEach(this::finding);
      html.append("</ol>");
    }
    html.append("</section>");
  }

  private void finding(Finding finding) {
    html.append(
            "<li id=\"%s\"><p><span class=\"kind %s\">%s</span> <code dir=\"ltr\">%s</code>"
                .formatted(
                    finding.code() + finding.provider().map(id -> "-" + esc(id)).orElse(""),
                    finding.severity().word(),
                    word(Word.of(finding.severity())),
                    esc(finding.code())))
        .append(
            finding
                .provider()
                .map(id -> " <span class=\"faint\">" + word(Word.PROVIDER) + " " + code(id))
                .map(text -> text + "</span>")
                .orElse(""))
        .append("</p><p lang=\"en\" dir=\"ltr\">")
        .append(esc(sentence(finding.cause())))
        .append("</p>");
    if (!finding.detail().isEmpty()) {
      html.append("<p>").append(code(finding.detail())).append("</p>");
    }
    if (finding.severity() != Severity.OK) {
      html.append("<p class=\"faint\">")
          .append(word(Word.REMEDY))
          .append(": <span lang=\"en\" dir=\"ltr\">")
          .append(esc(finding.remedy()))
          .append("</span></p>");
    }
    html.append("</li>");
  }

  private void provider(ProviderDiagnosis provider) {
    html.append("<section><h2>")
        .append(word(Word.PROVIDER))
        .append(" <bdi>")
        .append(esc(provider.name()))
        .append("</bdi>")
        .append(provider.name().equals(provider.id()) ? "" : " " + code(provider.id()))
        .append("</h2>");
    facts(provider.known());
    part(Word.REGISTER, provider.toRegister());
    settings(provider.settings());
    part(Word.PUBLISHED, provider.published());
    if (!provider.unused().isEmpty()) {
      html.append(heading(3, Word.UNUSED)).append("<ul lang=\"en\" dir=\"ltr\">");
      provider.unused().forEach(offer -> html.append("<li>").append(esc(offer)).append("</li>"));
      html.append("</ul>");
    }
    html.append("</section>");
  }

  private void part(Word title, List<Fact> facts) {
    if (!facts.isEmpty()) {
      html.append(heading(3, title));
      facts(facts);
    }
  }

  private void facts(List<Fact> facts) {
    html.append("<dl>");
    for (Fact fact : facts) {
      html.append("<dt lang=\"en\" dir=\"ltr\">")
          .append(esc(fact.name().replace('_', ' ')))
          .append("</dt><dd>")
          .append(fact.values().stream().map(HtmlReport::code).collect(Collectors.joining(" ")))
          .append("</dd>");
    }
    html.append("</dl>");
  }

  private void settings(List<SettingInEffect> settings) {
    if (settings.isEmpty()) {
      return;
    }
    html.append("<table><caption>").append(word(Word.SETTINGS)).append("</caption><thead><tr>");
    List.of(Word.SETTING, Word.VALUE, Word.SOURCE)
        .forEach(title -> html.append("<th scope=\"col\">").append(word(title)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (SettingInEffect setting : settings) {
      html.append("<tr><th scope=\"row\">")
          .append(code(setting.key()))
          .append("</th><td>")
          .append(code(Printable.line(setting.text())))
          .append("</td><td class=\"faint\" dir=\"ltr\">")
          .append(esc(Printable.line(setting.origin())))
          .append("</td></tr>");
    }
    html.append("</tbody></table>");
  }

  private String word(Word word) {
    return esc(words.apply(word));
  }

  private String heading(int level, Word word) {
    return "<h%d>%s</h%d>".formatted(level, word(word), level);
  }

  private static String paragraph(String html) {
    return "<p>" + html + "</p>";
  }

  private static String code(String text) {
    return "<code dir=\"ltr\">" + esc(text) + "</code>";
  }

  private static String sentence(String cause) {
    int first = cause.offsetByCodePoints(0, cause.isEmpty() ? 0 : 1);
    return cause.substring(0, first).toUpperCase(Locale.ROOT) + cause.substring(first) + ".";
  }

  private static String esc(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
