package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.Sha256;

/**
 * A plain page in the user's language: a heading, a sentence, something to do next. No picture,
 * nothing from elsewhere, nothing that needs a script; every text is escaped. Immutable.
 *
 * @param key of the page's title and text, and its name
 * @param attributes what a page of the application in its place is told, by the names of {@link
 *     PageAttributes}
 * @param actions HTML for what can be done next, made by the methods {@code with…}
 * @param note HTML of the small print
 * @param script HTML of the head for a script of ours, and for browsers without; empty for none
 * @param formTargets origins beside our own that a form's answer may redirect to, for {@code
 *     form-action}
 */
record Page(
    Texts texts,
    String key,
    Map<String, Object> attributes,
    String actions,
    String note,
    String script,
    String formTargets) {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--paper:#fff;--room:#f2f4f7;--ink:#1b1f24;--faint:#57606a;\
      --line:#d5dae0;--accent:#1d4ed8;--on-accent:#fff}\
      @media(prefers-color-scheme:dark){:root{--paper:#1b2027;--room:#0f1318;--ink:#e9edf2;\
      --faint:#a3adb8;--line:#323a45;--accent:#9db8ff;--on-accent:#0b1220}}\
      body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;\
      font:1.0625rem/1.6 system-ui,sans-serif;background:var(--room);color:var(--ink)}\
      main{box-sizing:border-box;width:min(100% - 2rem,32rem);margin:1rem;\
      padding:clamp(1.25rem,6vw,2rem);\
      background:var(--paper);border:1px solid var(--line);border-radius:.75rem;\
      overflow-wrap:anywhere}\
      h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem;text-wrap:balance}\
      h1::before{content:"";display:block;inline-size:2.5rem;border-block-start:.25rem solid var(--accent);\
      border-radius:.125rem;margin-block-end:1.25rem}\
      p,form,ul{margin:0 0 1.25rem}\
      ul{padding:0;list-style:none;display:grid;gap:.75rem}\
      main>:last-child{margin-block-end:0}\
      a{color:var(--accent)}\
      .button{display:inline-block;font:inherit;font-weight:600;line-height:1.5;padding:.6rem 1.25rem;\
      border:1px solid transparent;border-radius:.5rem;background:var(--accent);\
      color:var(--on-accent);text-decoration:none;cursor:pointer}\
      li .button{display:flex;align-items:center;gap:.75rem;text-align:start;background:none;\
      border-color:currentColor;color:var(--accent)}\
      .sign{flex:none;inline-size:2rem;block-size:2rem;border-radius:.375rem;object-fit:contain}\
      span.sign{display:grid;place-items:center;font-size:.8125rem;background:var(--accent);\
      color:var(--on-accent)}\
      label{display:block;font-weight:600;margin-block-end:.375rem}\
      input[type=email]{box-sizing:border-box;inline-size:100%;font:inherit;padding:.55rem .75rem;\
      margin-block-end:1rem;border:1px solid var(--faint);border-radius:.5rem;\
      background:var(--paper);color:var(--ink)}\
      .button:hover{text-decoration:underline}\
      :focus-visible{outline:3px solid var(--accent);outline-offset:3px}\
      .note{font-size:.9375rem;color:var(--faint);border-block-start:1px solid var(--line);\
      padding-block-start:1rem;margin-block-start:1.75rem}\
      code{font:1em ui-monospace,monospace;color:var(--ink);user-select:all}\
      """;

  private static final String STYLE_HASH = hash(STYLE);

  Page {
    attributes = Map.copyOf(attributes);
  }

  /** A page with nothing to do yet. */
  static Page of(String key, HttpServletRequest request) {
    Texts texts = Texts.of(request);
    Map<String, Object> attributes =
        Map.of(
            PageAttributes.NAME, key,
            PageAttributes.TITLE, texts.get(key + ".title"),
            PageAttributes.TEXT, texts.get(key + ".text"),
            PageAttributes.LANGUAGE, texts.language(),
            PageAttributes.DIRECTION, texts.direction());
    return new Page(texts, key, attributes, "", "", "", "");
  }

  /** With something more that a page of the application in its place is told. */
  Page withAttribute(String name, Object value) {
    Map<String, Object> more = new HashMap<>(attributes);
    more.put(name, value);
    return new Page(texts, key, more, actions, note, script, formTargets);
  }

  /** With a link that looks like a button. */
  Page withButton(String textKey, String location) {
    return with(
        "<p><a class=\"button\" href=\"%s\">%s</a></p>".formatted(escape(location), html(textKey)));
  }

  /**
   * With a link that looks like a button, to a login, for the script of {@link KeptFragment}.
   *
   * @param when the script is to follow it: {@code now}, or empty for never
   */
  Page withReturnButton(String textKey, String location, String when) {
    return with(
        "<p><a class=\"button\" data-return=\"%s\" href=\"%s\">%s</a></p>"
            .formatted(escape(when), escape(location), html(textKey)));
  }

  /** With a link that looks like a button and leaves this page where it is. */
  Page withButtonInNewTab(String textKey, String location) {
    return with(
        "<p><a class=\"button\" target=\"_blank\" rel=\"noopener\" href=\"%s\">%s</a></p>"
            .formatted(escape(location), html(textKey)));
  }

  /** With a link for those who do not want what the button does. */
  Page withLink(String textKey, String location) {
    return with("<p><a href=\"%s\">%s</a></p>".formatted(escape(location), html(textKey)));
  }

  /**
   * Something to choose.
   *
   * @param name shown as it is
   * @param picture its {@code data:} URL; without one there are initials
   */
  record Choice(String location, String name, Optional<String> picture) {

    private String html() {
      String sign =
          picture
              .map(url -> "<img class=\"sign\" alt=\"\" src=\"%s\">".formatted(escape(url)))
              .orElse(
                  "<span class=\"sign\" aria-hidden=\"true\">" + escape(initials()) + "</span>");
      return "<li><a class=\"button\" href=\"%s\">%s<bdi>%s</bdi></a></li>"
          .formatted(escape(location), sign, escape(name));
    }

    /** Of the first words that begin with a letter or a digit, at most two. */
    private String initials() {
      return Arrays.stream(name.split("[^\\p{L}\\p{N}]+"))
          .filter(Predicate.not(String::isEmpty))
          .limit(2)
          .map(word -> Character.toString(word.codePointAt(0)))
          .collect(Collectors.joining())
          .toUpperCase(Locale.ROOT);
    }
  }

  /** With a list of links that look like buttons. */
  Page withChoices(List<Choice> choices) {
    return with(
        "<ul>" + choices.stream().map(Choice::html).collect(Collectors.joining()) + "</ul>");
  }

  /** With a form for an e-mail address. */
  Page withEmailForm(String location, String field) {
    return with(
        "<form method=\"post\" action=\"%s\"><label for=\"%s\">%s</label>"
                .formatted(escape(location), escape(field), html("label.email"))
            + "<input id=\"%s\" name=\"%s\" type=\"email\" dir=\"ltr\" maxlength=\"254\" required"
                .formatted(escape(field), escape(field))
            + " autocomplete=\"username\" autofocus><button class=\"button\">%s</button></form>"
                .formatted(html("action.continue")));
  }

  /** With a form of one hidden field and a button. */
  Page withForm(String textKey, String location, String field, String value) {
    return with(
        "<form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"%s\" value=\"%s\">"
                .formatted(escape(location), escape(field), escape(value))
            + "<button class=\"button\">%s</button></form>".formatted(html(textKey)));
  }

  private Page with(String action) {
    return new Page(texts, key, attributes, actions + action, note, script, formTargets);
  }

  /** With a text as small print, in which a value takes the place of <code>{0}</code>. */
  Page withNote(String textKey, String value) {
    String html = html(textKey).replace("{0}", "<code dir=\"ltr\">" + escape(value) + "</code>");
    String small = "<p class=\"note\">" + html + "</p>";
    return new Page(texts, key, attributes, actions, small, script, formTargets);
  }

  /**
   * With a script of ours that is loaded by its address.
   *
   * @param withoutScript where a browser goes by itself that runs none; empty for nowhere
   */
  Page withScript(String address, String withoutScript) {
    String refresh =
        withoutScript.isEmpty()
            ? ""
            : "<noscript><meta http-equiv=\"refresh\" content=\"0;url=%s\"></noscript>"
                .formatted(escape(withoutScript));
    String head = "<script defer src=\"%s\"></script>".formatted(escape(address)) + refresh;
    return new Page(texts, key, attributes, actions, note, head, formTargets);
  }

  Page withFormTargets(String origins) {
    return new Page(texts, key, attributes, actions, note, script, origins);
  }

  /** A text, marked as English where it is not translated. */
  private String html(String textKey) {
    String html = escape(texts.get(textKey));
    return texts.isTranslated(textKey) ? html : "<span lang=\"en\" dir=\"ltr\">" + html + "</span>";
  }

  /** Without what is in it: a form has the session's token. */
  @Override
  public String toString() {
    return "Page[" + key + "]";
  }

  /** Writes the page with its headers. */
  void write(HttpServletResponse response, int status) throws IOException {
    write(response, status, "no-referrer");
  }

  /**
   * Likewise.
   *
   * @param referrerPolicy what its links and forms tell of where they are
   */
  void write(HttpServletResponse response, int status, String referrerPolicy) throws IOException {
    ResponseHeaders.protect(response);
    response.setHeader("Referrer-Policy", referrerPolicy);
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Content-Language", texts.language());
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'sha256-"
            + STYLE_HASH
            + (script.isEmpty() ? "'" : "'; script-src 'self'")
            + "; img-src data:; form-action 'self'"
            + (formTargets.isEmpty() ? "" : " " + formTargets)
            + "; base-uri 'none'; frame-ancestors 'none'");
    response.getOutputStream().write(html().getBytes(UTF_8));
  }

  private String html() {
    return "<!DOCTYPE html><html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"
            .formatted(escape(texts.language()), texts.direction())
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        + "<title>"
        + escape(texts.get(key + ".title"))
        + "</title><style>"
        + STYLE
        + "</style>"
        + script
        + "</head><body><main><h1>"
        + html(key + ".title")
        + "</h1><p>"
        + html(key + ".text")
        + "</p>"
        + actions
        + note
        + "</main></body></html>";
  }

  static String escape(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return html.toString();
  }

  /** As a Content Security Policy has it. */
  static String hash(String style) {
    return Sha256.base64(style);
  }
}
