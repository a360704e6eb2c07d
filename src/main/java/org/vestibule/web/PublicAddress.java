package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.BackChannelUrl;

/**
 * The address under which browsers reach this application, as it is configured: by {@code
 * public-url}, or by a {@code redirect-uri} that is written out. A request is only asked when it
 * came to a loopback name, which cannot lead anywhere else: a host name from a request that became
 * a redirection URI would send codes to whom it names.
 */
final class PublicAddress {

  private static final String PUBLIC_URL = "{public-url}";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Optional<String> configured;
  private final String redirectUri;
  private final String contextPath;

  PublicAddress(ApplicationSettings settings, String contextPath) {
    this.redirectUri =
        settings
            .browser()
            .redirectUri()
            .replace("{context-path}", contextPath)
            .replace("{callback-path}", settings.paths().callback());
    this.configured = settings.browser().publicUrl().or(() -> origin(redirectUri));
    this.contextPath = contextPath;
  }

  /**
   * The redirection URI.
   *
   * @throws LoginException {@code PUBLIC_URL_UNKNOWN}
   */
  URI redirectUri(HttpServletRequest request) {
    return URI.create(
        redirectUri.contains(PUBLIC_URL)
            ? redirectUri.replace(PUBLIC_URL, origin(request))
            : redirectUri);
  }

  /**
   * An absolute address of a path below the context root.
   *
   * @throws LoginException {@code PUBLIC_URL_UNKNOWN}
   */
  URI absolute(HttpServletRequest request, String path) {
    return URI.create(origin(request) + contextPath + path);
  }

  /** Scheme, host and port of this application; empty if they are not known. */
  Optional<String> knownOrigin(HttpServletRequest request) {
    try {
      return Optional.of(origin(request));
    } catch (LoginException unknown) {
      return Optional.empty();
    }
  }

  /** Whether browsers speak https to us, so that cookies can be {@code Secure}. */
  boolean isSecure(HttpServletRequest request) {
    return configured.isPresent() ? isKnownSecure() : request.isSecure();
  }

  /** Whether the configuration says so, for every request there will be. */
  boolean isKnownSecure() {
    return configured.filter(origin -> origin.regionMatches(true, 0, "https:", 0, 6)).isPresent();
  }

  private String origin(HttpServletRequest request) {
    if (configured.isPresent()) {
      return configured.get();
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

  private static Optional<String> origin(String redirectUri) {
    if (redirectUri.contains(PUBLIC_URL)) {
      return Optional.empty();
    }
    return Optional.of(origin(URI.create(redirectUri)));
  }

  /** Of an absolute URL, without the rest. */
  static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
