package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * A plain page in the user's language: a heading, a sentence, something to do next. No script, no
 * picture, nothing from elsewhere; every text is escaped. Immutable.
 *
 * @param key of the texts in the resource bundle {@code org.vestibule.web.pages}
 * @param action HTML for what can be done next, made by {@link #link} or {@link #form}
 * @param formTargets origins beside our own that a form's answer may redirect to, for {@code
 *     form-action}
 */
record Page(String key, Locale locale, String note, String action, String formTargets) {

  private static final String BUNDLE = "org.vestibule.web.pages";

  private static final String STYLE =
      """
      :root{color-scheme:light dark}\
      body{margin:0;min-height:100vh;display:grid;place-items:center;\
      font:1.05rem/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}\
      main{box-sizing:border-box;width:100%;max-width:34rem;padding:2rem}\
      h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem}\
      p{margin:0 0 1.25rem}\
      a.action,button{display:inline-block;font:inherit;font-weight:600;padding:.6rem 1.2rem;\
      border:0;border-radius:.5rem;background:#1d4ed8;color:#fff;text-decoration:none;cursor:pointer}\
      a.action:focus-visible,button:focus-visible{outline:3px solid #f59e0b;outline-offset:3px}\
      small{display:block;margin-block-start:2rem;opacity:.75}\
      """;

  private static final String STYLE_HASH = hash(STYLE);

  /** A page without note and form. */
  static Page of(String key, Locale locale) {
    return new Page(key, locale, "", "", "");
  }

  Page withAction(String html) {
    return new Page(key, locale, note, html, formTargets);
  }

  Page withNote(String text) {
    return new Page(key, locale, text, action, formTargets);
  }

  Page withFormTargets(String origins) {
    return new Page(key, locale, note, action, origins);
  }

  /** Writes the page with its headers. */
  void write(HttpServletResponse response, int status) throws IOException {
    ResponseHeaders.protect(response);
    response.setStatus(status);
    response.setContentType("text/html");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'sha256-"
            + STYLE_HASH
            + "'; form-action 'self'"
            + (formTargets.isEmpty() ? "" : " " + formTargets)
            + "; base-uri 'none'; frame-ancestors 'none'");
    response.getOutputStream().write(html().getBytes(UTF_8));
  }

  /** A link that looks like a button. */
  String link(String textKey, String location) {
    return "<p><a class=\"action\" href=\""
        + escape(location)
        + "\">"
        + escape(text(textKey))
        + "</a></p>";
  }

  /** A form with a button and one hidden field. */
  String form(String textKey, String location, String field, String value) {
    return "<form method=\"post\" action=\""
        + escape(location)
        + "\"><input type=\"hidden\" name=\""
        + escape(field)
        + "\" value=\""
        + escape(value)
        + "\"><button>"
        + escape(text(textKey))
        + "</button></form>";
  }

  private String html() {
    boolean rightToLeft =
        Set.of("ar", "fa", "he", "iw", "ur").contains(bundle().getLocale().getLanguage());
    String language = bundle().getLocale().getLanguage();
    return "<!DOCTYPE html><html lang=\""
        + (language.isEmpty() ? "en" : escape(language))
        + "\" dir=\""
        + (rightToLeft ? "rtl" : "ltr")
        + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width,initial-scale=1\"><title>"
        + escape(text(key + ".title"))
        + "</title><style>"
        + STYLE
        + "</style></head><body><main><h1>"
        + escape(text(key + ".title"))
        + "</h1><p>"
        + escape(text(key + ".text"))
        + "</p>"
        + action
        + (note.isEmpty() ? "" : "<small>" + escape(note) + "</small>")
        + "</main></body></html>";
  }

  /** A text of the bundle. */
  String text(String textKey) {
    return bundle().getString(textKey);
  }

  private ResourceBundle bundle() {
    ResourceBundle.Control noFallback =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    try {
      return ResourceBundle.getBundle(BUNDLE, locale, Page.class.getClassLoader(), noFallback);
    } catch (MissingResourceException e) {
      throw new IllegalStateException("the pages' texts are part of the library", e);
    }
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

  private static String hash(String style) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
