package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.BackChannelUrl;
import org.vestibule.provider.IpNetwork;
import org.vestibule.web.ForwardedHops.Hop;

/**
 * The proxies that are believed what address a browser used. A header is looked at only if the
 * request came from one of them, and of its list only what they themselves have added: what stands
 * before it can be anybody's. Immutable.
 */
final class TrustedProxies {

  private static final Pattern HOST =
      Pattern.compile(
          "(?<name>[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::(?<port>\\d{1,5}))?");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int HIGHEST_PORT = 65_535;

  private final List<IpNetwork> networks;

  TrustedProxies(List<IpNetwork> networks) {
    this.networks = List.copyOf(networks);
  }

  boolean isNobody() {
    return networks.isEmpty();
  }

  /**
   * Scheme, host and port that a browser used, as an origin (RFC 6454 section 6.2): https, or a
   * loopback name.
   *
   * @return empty if no trusted proxy says anything about it
   * @throws LoginException {@code PUBLIC_URL_UNKNOWN}: what they say is malformed, contradictory,
   *     or neither of the two
   */
  Optional<String> origin(HttpServletRequest request) {
    if (!isTrusted(request.getRemoteAddr())) {
      return Optional.empty();
    }
    List<String> origins =
        Stream.of(
                ForwardedHops.standard(request).orElseThrow(TrustedProxies::unknown),
                ForwardedHops.older(request))
            .filter(hops -> hops.stream().anyMatch(Hop::tellsAddress))
            .map(hops -> origin(request, hops).orElseThrow(TrustedProxies::unknown))
            .distinct()
            .toList();
    // A proxy that knows one kind may pass on the other kind as a browser has sent it.
    if (origins.size() > 1) {
      throw unknown();
    }
    return origins.stream().findFirst();
  }

  private static LoginException unknown() {
    return new LoginException(
        Refusal.PUBLIC_URL_UNKNOWN,
        "what the trusted proxy forwards is malformed, contradictory or not https; set"
            + " oauth.public-url");
  }

  private boolean isTrusted(String address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /** From the nearest proxy to the first that is trusted, which knows the browser. */
  private Optional<String> origin(HttpServletRequest request, List<Hop> hops) {
    Optional<String> scheme = Optional.of(request.getScheme());
    Optional<String> host = Optional.ofNullable(request.getHeader("Host"));
    Optional<String> port = Optional.empty();
    boolean trusted = true;
    for (int i = hops.size() - 1; i >= 0 && trusted; i--) {
      Hop hop = hops.get(i);
      scheme = hop.scheme().isPresent() ? hop.scheme() : scheme;
      host = hop.host().isPresent() ? hop.host() : host;
      port = hop.port().isPresent() ? hop.port() : port;
      trusted = hop.from().filter(this::isTrusted).isPresent();
    }
    return origin(scheme.get().toLowerCase(Locale.ROOT), host.orElse(""), port);
  }

  private static Optional<String> origin(String scheme, String host, Optional<String> port) {
    Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String name = parts.group("name");
    int standard = scheme.equals("https") ? HTTPS : HTTP;
    int number = number(port.or(() -> Optional.ofNullable(parts.group("port"))), standard);
    boolean acceptable =
        scheme.equals("https") || (scheme.equals("http") && BackChannelUrl.isLoopback(name));
    return acceptable && number > 0 && number <= HIGHEST_PORT && isHost(name)
        ? Optional.of(scheme + "://" + name + (number == standard ? "" : ":" + number))
        : Optional.empty();
  }

  /** What {@link URI} takes for one, which is stricter: an underscore makes it none. */
  private static boolean isHost(String name) {
    try {
      return new URI("https://" + name).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int number(Optional<String> port, int standard) {
    if (port.isEmpty()) {
      return standard;
    }
    return port.get().matches("\\d{1,5}") ? Integer.parseInt(port.get()) : 0;
  }
}
