package org.vestibule.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which addresses may be configured, published or spoken to. */
public final class BackChannelUrl {

  private static final int HIGHEST_PORT = 65535;

  private BackChannelUrl() {}

  /** An absolute http or https URL without fragment and user information. */
  static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text)).filter(BackChannelUrl::isWellFormed);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Absolute, https (RFC 6749 section 3.1.2.1 and 3.2), no fragment, no user information. Plain
   * http is for a provider on the same machine, where nobody is on the way.
   */
  public static boolean isAcceptable(URI url) {
    return isWellFormed(url) && (scheme(url).equals("https") || isLoopback(url.getHost()));
  }

  private static boolean isWellFormed(URI url) {
    return (scheme(url).equals("https") || scheme(url).equals("http"))
        && url.getHost() != null
        && url.getPort() != 0
        && url.getPort() <= HIGHEST_PORT
        && url.getRawFragment() == null
        && url.getRawUserInfo() == null;
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  /** Whether a host is this machine by its name or address, without asking a name server. */
  public static boolean isLoopback(@Nullable String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.toLowerCase(Locale.ROOT).endsWith(".localhost")
            || host.matches("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}")
            || host.matches("\\[?(::1|(0{1,4}:){7}0{0,3}1)]?"));
  }
}
