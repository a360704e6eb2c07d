package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.BackChannelUrl;

/**
 * The address under which browsers reach this application, as it is configured. A request is only
 * asked when it came to a loopback name, which cannot lead anywhere else: a host name from a
 * request that became a redirection URI would send codes to whom it names.
 */
final class PublicAddress {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final ApplicationSettings.Browser settings;
  private final String contextPath;
  private final String callbackPath;

  PublicAddress(ApplicationSettings settings, String contextPath) {
    this.settings = settings.browser();
    this.contextPath = contextPath;
    this.callbackPath = settings.paths().callback();
  }

  /**
   * The redirection URI.
   *
   * @throws LoginException {@code PUBLIC_URL_UNKNOWN}
   */
  URI redirectUri(HttpServletRequest request) {
    String template = settings.redirectUri();
    if (template.contains("{public-url}")) {
      template = template.replace("{public-url}", origin(request));
    }
    return URI.create(
        template.replace("{context-path}", contextPath).replace("{callback-path}", callbackPath));
  }

  /**
   * An absolute address of a path below the context root.
   *
   * @throws LoginException {@code PUBLIC_URL_UNKNOWN}
   */
  URI absolute(HttpServletRequest request, String path) {
    return URI.create(origin(request) + contextPath + path);
  }

  /** Whether browsers speak https to us, so that cookies can be {@code Secure}. */
  boolean isSecure(HttpServletRequest request) {
    Optional<String> origin = settings.publicUrl();
    return origin.isPresent() ? origin.get().startsWith("https:") : request.isSecure();
  }

  private String origin(HttpServletRequest request) {
    if (settings.publicUrl().isPresent()) {
      return settings.publicUrl().get();
    }
    String host = request.getServerName();
    if (!BackChannelUrl.isLoopback(host)) {
      throw new LoginException(
          Refusal.PUBLIC_URL_UNKNOWN, "set oauth.public-url=https://<name of this server>");
    }
    int port = request.getServerPort();
    boolean standard = port == (request.isSecure() ? HTTPS : HTTP);
    String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return request.getScheme() + "://" + name + (standard ? "" : ":" + port);
  }
}
