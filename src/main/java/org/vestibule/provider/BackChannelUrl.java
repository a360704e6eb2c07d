package org.vestibule.provider;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which addresses of a provider may be spoken to. */
public final class BackChannelUrl {

  private BackChannelUrl() {}

  /**
   * Absolute, https (RFC 6749 section 3.1.2.1 and 3.2), no fragment, no user information. Plain
   * http is for a provider on the same machine, where nobody is on the way.
   */
  public static boolean isAcceptable(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean wellFormed =
        url.getHost() != null && url.getRawFragment() == null && url.getRawUserInfo() == null;
    return wellFormed
        && (scheme.equals("https") || (scheme.equals("http") && isLoopback(url.getHost())));
  }

  /** Whether a host is this machine by its name or address, without asking a name server. */
  public static boolean isLoopback(@Nullable String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.toLowerCase(Locale.ROOT).endsWith(".localhost")
            || host.matches("127(\\.\\d{1,3}){3}")
            || host.equals("[::1]")
            || host.equals("::1"));
  }
}
