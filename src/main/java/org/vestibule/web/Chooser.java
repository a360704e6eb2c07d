package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vestibule.api.PageAttributes;
import org.vestibule.provider.Provider;
import org.vestibule.provider.Setting;

/**
 * The page on which a user chooses a provider: links to {@link LoginServlet}, in the order of the
 * setting {@code providers}. Immutable.
 */
final class Chooser {

  private static final int OK = 200;

  private final boolean enabled;
  private final Map<String, String> names;
  private final String loginUrl;
  private final Pages pages;

  /**
   * @param enabled whether the setting {@code choose-by} says so
   */
  Chooser(boolean enabled, Map<String, Provider> providers, String loginUrl, Pages pages) {
    this.enabled = enabled && providers.size() > 1;
    this.names = new LinkedHashMap<>();
    providers.forEach((id, provider) -> names.put(id, provider.settings().displayName()));
    this.loginUrl = loginUrl;
    this.pages = pages;
  }

  /** Whether somebody who has not named a provider is asked to. */
  boolean isAsking() {
    return enabled;
  }

  /**
   * Where the page is.
   *
   * @param returnTo within this application
   */
  String url(String returnTo) {
    return loginUrl + "?return=" + URLEncoder.encode(returnTo, UTF_8);
  }

  /** Answers with the page. */
  void write(HttpServletRequest request, HttpServletResponse response, String returnTo)
      throws IOException {
    Map<String, String> links = new LinkedHashMap<>();
    names.forEach((id, name) -> links.put(url(id, returnTo), name));
    Page page =
        Page.of("chooser", request)
            .withChoices(links)
            .withAttribute(PageAttributes.PROVIDERS, attribute(returnTo));
    pages.write(Setting.CHOOSER_PAGE, page, request, response, OK);
  }

  private String url(String id, String returnTo) {
    return loginUrl + "?provider=" + id + "&return=" + URLEncoder.encode(returnTo, UTF_8);
  }

  private List<Map<String, String>> attribute(String returnTo) {
    return names.entrySet().stream()
        .map(
            entry ->
                Map.of(
                    "id", entry.getKey(),
                    "name", entry.getValue(),
                    "login_url", url(entry.getKey(), returnTo)))
        .toList();
  }
}
