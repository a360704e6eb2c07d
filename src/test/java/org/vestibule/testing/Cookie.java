package org.vestibule.testing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as a browser keeps it (RFC 6265 section 5.3).
 *
 * @param host the only host it is sent to, whatever the port
 * @param domain the {@code Domain} attribute as received; recorded, never honoured
 * @param sameSite the {@code SameSite} attribute as received
 * @param expiresAt null for a session cookie
 */
public record Cookie(
    String name,
    String value,
    String host,
    String path,
    boolean secure,
    boolean httpOnly,
    @Nullable String sameSite,
    @Nullable String domain,
    @Nullable Instant expiresAt) {

  boolean isSameAs(Cookie other) {
    return name.equals(other.name) && host.equals(other.host) && path.equals(other.path);
  }

  boolean isExpired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /** RFC 6265 section 5.1.4. */
  boolean matchesPath(String requestPath) {
    return requestPath.equals(path)
        || (requestPath.startsWith(path)
            && (path.endsWith("/") || requestPath.charAt(path.length()) == '/'));
  }

  /** Whether it goes along with a request that another site caused. */
  boolean goesCrossSite(boolean safeMethod) {
    if (sameSite == null || sameSite.equalsIgnoreCase("Lax")) {
      return safeMethod;
    }
    return sameSite.equalsIgnoreCase("None");
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "cookie " + name + " of " + host + path;
  }
}
