package org.vestibule.showcase;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/**
 * Somebody with a browser at the pages of the demo authorization server. The consent page is made
 * by a script; what that script does, this class does.
 */
final class DemoVisitor {

  /** Liberty's own data on the page: see {@code consent.js}. */
  private static final Pattern REQUEST = Pattern.compile("(?s)oauthFormData\\s*=\\s*(\\{.*?});");

  private final ShowcaseServer server;
  private final RawBrowser browser = new RawBrowser();

  DemoVisitor(ShowcaseServer server) {
    this.server = server;
  }

  RawBrowser browser() {
    return browser;
  }

  /** Types in the URL of a path of the showcase and ends on some page. */
  RawResponse open(String path) {
    return browser.followAll(browser.get(server.url(path)));
  }

  /** Fetches JSON as the scripts of the pages do. */
  RawResponse fetch(String path) {
    return browser.request("GET", server.url(path)).from(server.url("/")).asFetch().send();
  }

  /** Fills in the login form. */
  RawResponse signIn(RawResponse loginPage, String user, String password) {
    return browser.followAll(browser.submit(loginPage, "j_username", user, "j_password", password));
  }

  /** Presses Allow on the consent page. */
  RawResponse allow(RawResponse consentPage) {
    return browser.followAll(answer(consentPage));
  }

  /** Presses Allow; the answer is the redirection to the client. */
  RawResponse answer(RawResponse consentPage) {
    JsonObject request = request(consentPage);
    List<String> fields = new ArrayList<>();
    request
        .getJsonObject("extendedProperties")
        .forEach((name, value) -> add(fields, name, value, "username", "prompt"));
    request.forEach((name, value) -> add(fields, name, value, "extendedProperties", "scope"));
    fields.addAll(List.of("scope", scope(request), "prompt", "consent"));
    String[] namesAndValues = fields.toArray(String[]::new);
    String action = consentPage.url().replaceFirst("\\?.*", "");
    return browser
        .request("POST", action)
        .from(consentPage.url())
        .form(FormData.of(namesAndValues))
        .send();
  }

  /** Presses Refuse on the consent page. */
  RawResponse refuse(RawResponse consentPage) {
    JsonObject request = request(consentPage);
    String answer =
        request.getString("redirect_uri")
            + "?"
            + FormData.of("error", "access_denied", "state", request.getString("state")).encoded();
    return browser.followAll(browser.click(consentPage, answer));
  }

  /** The whole way from a protected path back to it. */
  RawResponse arriveAt(String path, String user) {
    return allow(signIn(open(path), user, user));
  }

  private static JsonObject request(RawResponse consentPage) {
    Matcher data = REQUEST.matcher(consentPage.body());
    if (!data.find()) {
      throw new AssertionError("not the consent page: " + consentPage);
    }
    try (JsonReader reader = Json.createReader(new StringReader(data.group(1)))) {
      return reader.readObject();
    }
  }

  private static String scope(JsonObject request) {
    return String.join(" ", request.getJsonArray("scope").getValuesAs(JsonString::getString));
  }

  private static void add(List<String> fields, String name, JsonValue value, String... except) {
    if (value instanceof JsonString text && !List.of(except).contains(name)) {
      fields.addAll(List.of(name, text.getString()));
    }
  }
}
