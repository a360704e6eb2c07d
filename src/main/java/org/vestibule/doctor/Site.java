package org.vestibule.doctor;

import java.net.URI;
import java.util.Optional;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ProviderSettings;

/**
 * Where the application is, beside what its settings say.
 *
 * @param contextPath empty for the root
 * @param origin scheme, host and port that browsers use, if they are known although {@code
 *     public-url} is not set
 * @param isRunning whether it can be expected to answer
 * @param remembersPaths whether it is in an Open Liberty that remembers which servlet is behind a
 *     path, and forgets what stood behind a semicolon
 */
public record Site(
    String contextPath, Optional<String> origin, boolean isRunning, boolean remembersPaths) {

  /** An application that need not run. */
  public static Site at(String contextPath) {
    return new Site(contextPath, Optional.empty(), false, false);
  }

  /** The same while it serves requests, from browsers that use this address, if it is known. */
  public Site running(Optional<String> knownOrigin) {
    return new Site(contextPath, knownOrigin, true, remembersPaths);
  }

  /** Scheme, host and port; empty if they are not known. */
  Optional<String> origin(ApplicationSettings settings) {
    return settings.browser().publicUrl().or(() -> origin);
  }

  /** The same as the users of one provider have it, where hosts choose. */
  Optional<String> origin(ApplicationSettings settings, ProviderSettings provider) {
    Optional<String> host =
        provider.taken().hosts().stream()
            .filter(any -> settings.choosing().by() == ApplicationSettings.ChooseBy.HOST)
            .findFirst();
    return host.isEmpty()
        ? origin(settings)
        : Optional.of(withHost(origin(settings).orElse("https://" + host.get()), host.get()));
  }

  private static String withHost(String origin, String host) {
    URI url = URI.create(origin);
    return url.getScheme() + "://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** The address of a path, with {@code {public-url}} where its beginning is not known. */
  String address(ApplicationSettings settings, String path) {
    return origin(settings).orElse("{public-url}") + contextPath + path;
  }

  /** Likewise, for the users of one provider. */
  String address(ApplicationSettings settings, ProviderSettings provider, String path) {
    return origin(settings, provider).orElse("{public-url}") + contextPath + path;
  }

  /** Likewise. */
  String redirectUri(ApplicationSettings settings) {
    return redirectUri(settings, origin(settings));
  }

  /** Likewise, for the users of one provider. */
  String redirectUri(ApplicationSettings settings, ProviderSettings provider) {
    return redirectUri(settings, origin(settings, provider));
  }

  private String redirectUri(ApplicationSettings settings, Optional<String> known) {
    return settings
        .browser()
        .redirectUri()
        .replace("{public-url}", known.orElse("{public-url}"))
        .replace("{context-path}", contextPath)
        .replace("{callback-path}", settings.paths().callback());
  }
}
