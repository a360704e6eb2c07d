package org.vestibule.doctor;

import java.util.Optional;
import org.vestibule.provider.ApplicationSettings;

/**
 * Where the application is, beside what its settings say.
 *
 * @param contextPath empty for the root
 * @param origin scheme, host and port that browsers use, if they are known although {@code
 *     public-url} is not set
 * @param isRunning whether it can be expected to answer
 */
public record Site(String contextPath, Optional<String> origin, boolean isRunning) {

  /** An application that need not run. */
  public static Site at(String contextPath) {
    return new Site(contextPath, Optional.empty(), false);
  }

  /** Scheme, host and port; empty if they are not known. */
  Optional<String> origin(ApplicationSettings settings) {
    return settings.browser().publicUrl().or(() -> origin);
  }

  /** The address of a path, with {@code {public-url}} where its beginning is not known. */
  String address(ApplicationSettings settings, String path) {
    return origin(settings).orElse("{public-url}") + contextPath + path;
  }

  /** Likewise. */
  String redirectUri(ApplicationSettings settings) {
    return settings
        .browser()
        .redirectUri()
        .replace("{public-url}", origin(settings).orElse("{public-url}"))
        .replace("{context-path}", contextPath)
        .replace("{callback-path}", settings.paths().callback());
  }
}
