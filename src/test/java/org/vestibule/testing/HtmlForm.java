package org.vestibule.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.FormData.Field;

/**
 * A form on a page: as much of HTML as login pages need. Buttons count only when they are named in
 * the extra fields; check boxes and radio buttons only when they are checked.
 *
 * @param action where it is sent to, resolved
 * @param method {@code GET} or {@code POST}
 * @param fields what it holds already
 */
public record HtmlForm(String action, String method, FormData fields) {

  private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)(?:</form>|$)");
  private static final Pattern INPUT = Pattern.compile("(?is)<input\\b([^>]*)>");
  private static final Pattern NUMERIC = Pattern.compile("&#(x?)([0-9a-fA-F]+);");

  /** The first form of a page. */
  static Optional<HtmlForm> first(String page, String pageUrl) {
    Matcher form = FORM.matcher(page);
    if (!form.find()) {
      return Optional.empty();
    }
    String action = attribute(form.group(1), "action");
    String method = attribute(form.group(1), "method");
    return Optional.of(
        new HtmlForm(
            Urls.resolve(pageUrl, action == null ? "" : action),
            method == null ? "GET" : method.toUpperCase(Locale.ROOT),
            inputs(form.group(2))));
  }

  /** The fields with some filled in: a field of the form gets the value, others are added. */
  FormData filledWith(FormData extra) {
    List<Field> filled = new ArrayList<>();
    for (Field field : fields.fields()) {
      if (!extra.has(field.name())) {
        filled.add(field);
      }
    }
    filled.addAll(extra.fields());
    return new FormData(filled);
  }

  private static FormData inputs(String content) {
    List<Field> fields = new ArrayList<>();
    Matcher input = INPUT.matcher(content);
    while (input.find()) {
      String attributes = input.group(1);
      String name = attribute(attributes, "name");
      String value = attribute(attributes, "value");
      if (name != null && isSent(attributes)) {
        fields.add(new Field(name, value == null ? "" : value));
      }
    }
    return new FormData(fields);
  }

  private static boolean isSent(String attributes) {
    String type = attribute(attributes, "type");
    return switch (type == null ? "text" : type.toLowerCase(Locale.ROOT)) {
      case "submit", "button", "image", "reset", "file" -> false;
      case "checkbox", "radio" -> attributes.matches("(?is).*\\bchecked\\b.*");
      default -> true;
    };
  }

  private static @Nullable String attribute(String attributes, String name) {
    Matcher matcher =
        Pattern.compile("(?is)(?:^|\\s)" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))")
            .matcher(attributes);
    if (!matcher.find()) {
      return null;
    }
    for (int group = 1; group <= 3; group++) {
      if (matcher.group(group) != null) {
        return unescaped(matcher.group(group));
      }
    }
    return "";
  }

  private static String unescaped(String text) {
    return NUMERIC
        .matcher(text)
        .replaceAll(HtmlForm::character)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private static String character(MatchResult reference) {
    int radix = reference.group(1).isEmpty() ? 10 : 16;
    return Matcher.quoteReplacement(
        Character.toString(Integer.parseInt(reference.group(2), radix)));
  }
}
