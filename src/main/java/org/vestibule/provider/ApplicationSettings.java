package org.vestibule.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Secret;

/**
 * All that is set about the application itself; each component is described by the {@link Setting}
 * of its name. Immutable.
 */
public record ApplicationSettings(Paths paths, Browser browser, Session session) {

  /** Patterns and exact paths below the context root, each beginning with a slash. */
  public record Paths(
      List<String> protectedPaths,
      List<String> publicPaths,
      String callback,
      String login,
      String logout,
      String session) {

    /** The page after a logout, whose path is not set. */
    public static final String LOGGED_OUT = "/oauth/logged-out";
  }

  /**
   * @param publicUrl without a slash at its end
   * @param redirectUri a template with {@code {public-url}}, {@code {context-path}} and {@code
   *     {callback-path}}
   */
  public record Browser(
      Optional<String> publicUrl,
      String redirectUri,
      Duration loginTimeout,
      int maximumPendingLogins,
      String cookiePrefix,
      Optional<String> loggedOutPage) {}

  /**
   * @param encryptionKey 32 bytes in Base64
   * @param previousEncryptionKey likewise
   */
  public record Session(
      Duration maximum,
      Optional<Duration> idle,
      Optional<Secret> encryptionKey,
      Optional<Secret> previousEncryptionKey) {}
}
