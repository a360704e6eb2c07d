package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.BackChannelUrl;

/**
 * The address under which browsers reach this application, as it is configured: by {@code
 * public-url}, or by a {@code redirect-uri} that is written out; without them as a trusted proxy
 * says. A request itself is only asked when it came to a loopback name, which cannot lead anywhere
 * else: a host name from a request that became a redirection URI would send codes to whom it names.
 */
final class PublicAddress {

  private static final String PUBLIC_URL = "{public-url}";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int MOST_HOSTS = 16;
  private static final String HOST = "[A-Za-z0-9._:\\[\\]-]{1,255}";
  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private final Optional<String> configured;
  private final TrustedProxies proxies;
  private final String redirectUri;
  private final String contextPath;
  private final Set<String> hosts;
  private final Set<String> otherHosts = ConcurrentHashMap.newKeySet();

  PublicAddress(ApplicationSettings settings, String contextPath) {
    this(settings, contextPath, Set.of());
  }

  /**
   * @param hosts further ones that are this application, in lower case
   */
  PublicAddress(ApplicationSettings settings, String contextPath, Set<String> hosts) {
    this.redirectUri =
        settings
            .browser()
            .redirectUri()
            .replace("{context-path}", contextPath)
            .replace("{callback-path}", settings.paths().callback());
    this.configured = settings.browser().publicUrl().or(() -> origin(redirectUri));
    this.proxies = new TrustedProxies(settings.browser().trustedProxies());
    this.contextPath = contextPath;
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * The redirection URI.
   *
   * @throws LoginException {@code PUBLIC_URL_UNKNOWN}
   */
  URI redirectUri(HttpServletRequest request) {
    URI uri =
        URI.create(
            redirectUri.contains(PUBLIC_URL)
                ? redirectUri.replace(PUBLIC_URL, origin(request))
                : redirectUri);
    warnOfAnotherHost(request, uri);
    return uri;
  }

  /**
   * The cookie of the login stays with the host that the browser uses now; from another one it
   * comes back without. Said once for each host, of a bounded number.
   */
  private void warnOfAnotherHost(HttpServletRequest request, URI uri) {
    Optional<String> forwarded = forwarded(request);
    String host = host(request);
    if (host.matches(HOST)
        && !host.equalsIgnoreCase(uri.getHost())
        && otherHosts.size() < MOST_HOSTS
        && otherHosts.add(host)) {
      String used = forwarded.orElse(request.getScheme() + "://" + host);
      LOG.warning(
          new LoginException(
                  Refusal.ADDRESS_DIFFERS, "the request is for " + used + ", not for " + uri)
              .getMessage());
    }
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
    return configured.isPresent()
        ? isKnownSecure()
        : forwarded(request).map(PublicAddress::isHttps).orElseGet(request::isSecure);
  }

  /**
   * Whether the configuration says so, for every request there will be: by an address, or by
   * proxies, which are only believed that it is https.
   */
  boolean isKnownSecure() {
    return configured.map(PublicAddress::isHttps).orElse(!proxies.isNobody());
  }

  /** Whether browsers are on this machine, as far as the settings say. */
  boolean isOnThisMachine() {
    return proxies.isNobody()
        && configured.map(url -> BackChannelUrl.isLoopback(URI.create(url).getHost())).orElse(true);
  }

  private static boolean isHttps(String origin) {
    return origin.regionMatches(true, 0, "https:", 0, 6);
  }

  private Optional<String> forwarded(HttpServletRequest request) {
    try {
      return proxies.origin(request);
    } catch (LoginException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The host that the browser used, in lower case and without the dot that may end a name; whoever
   * sent the request can have made it up.
   */
  String host(HttpServletRequest request) {
    return name(
        forwarded(request)
            .map(origin -> URI.create(origin).getHost())
            .orElseGet(request::getServerName));
  }

  /** Likewise, as the application is told it. */
  static String serverName(HttpServletRequest request) {
    return name(request.getServerName());
  }

  private static String name(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  /** The public URL with the host that is asked for, where that is one of ours by the settings. */
  private String configured(String publicUrl, HttpServletRequest request) {
    String host = hosts.isEmpty() ? "" : host(request);
    return hosts.contains(host) ? withHost(publicUrl, host) : publicUrl;
  }

  private static String withHost(String origin, String host) {
    URI url = URI.create(origin);
    return url.getScheme() + "://" + host + (url.getPort() == -1 ? "" : ":" + url.getPort());
  }

  /** Where the settings name hosts, what a proxy forwards has to be one of them. */
  private void requireListed(String origin) {
    String host = name(URI.create(origin).getHost());
    if (!hosts.isEmpty() && !hosts.contains(host) && !BackChannelUrl.isLoopback(host)) {
      throw new LoginException(
          Refusal.PUBLIC_URL_UNKNOWN,
          "the forwarded host is no provider's; list it with the hosts of one, or set"
              + " oauth.public-url");
    }
  }

  private String origin(HttpServletRequest request) {
    if (configured.isPresent()) {
      return configured(configured.get(), request);
    }
    Optional<String> forwarded = proxies.origin(request);
    if (forwarded.isPresent()) {
      requireListed(forwarded.get());
      return forwarded.get();
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
