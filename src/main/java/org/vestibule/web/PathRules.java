package org.vestibule.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.ApplicationSettings;

/**
 * Which paths need a login. Everything does that is not named: a page that somebody adds tomorrow
 * is closed until it is opened. Patterns are exact paths, or folders with everything below; case
 * counts. Immutable.
 */
final class PathRules {

  static final String LOGGED_OUT = ApplicationSettings.Paths.LOGGED_OUT;
  static final String SIGNED_IN = ApplicationSettings.Paths.SIGNED_IN;

  private final Set<String> own;
  private final Set<String> publicPaths;
  private final List<String> publicFolders;
  private final boolean everythingProtected;
  private final Set<String> protectedPaths;
  private final List<String> protectedFolders;

  PathRules(ApplicationSettings.Paths settings) {
    this.own = settings.own();
    this.publicPaths = exact(settings.publicPaths());
    this.publicFolders = folders(settings.publicPaths());
    List<String> closed =
        Stream.concat(
                settings.protectedPaths().stream(),
                settings.rules().stream().map(AccessRule::pattern))
            .toList();
    this.everythingProtected = closed.contains("/*");
    this.protectedPaths = withSlash(exact(closed));
    this.protectedFolders = folders(closed);
  }

  /** Whether the path is one of the library's own endpoints. */
  boolean isOwn(String path) {
    return own.contains(path);
  }

  /** Whether the path is one of them that a user cannot be sent back to. */
  boolean isNoPlaceToReturn(String path) {
    return isOwn(path) && !path.equals(SIGNED_IN) && !path.equals(ApplicationSettings.Paths.DOCTOR);
  }

  /** Whether the path can be seen by anybody. */
  boolean isPublic(String path) {
    return publicPaths.contains(path)
        || isBelow(publicFolders, path)
        || !(everythingProtected
            || protectedPaths.contains(path)
            || isBelow(protectedFolders, path));
  }

  private static boolean isBelow(List<String> folders, String path) {
    for (String folder : folders) {
      if (isBelow(folder, path)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a path is below a folder, or is the folder without its slash.
   *
   * @param folder with its slash at the end
   */
  static boolean isBelow(String folder, String path) {
    return path.startsWith(folder)
        || (path.length() == folder.length() - 1 && folder.startsWith(path));
  }

  /** Servers answer both with the same page. What is public is so exactly as it is written. */
  private static Set<String> withSlash(Set<String> paths) {
    return paths.stream()
        .flatMap(path -> path.endsWith("/") ? Stream.of(path) : Stream.of(path, path + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> exact(List<String> patterns) {
    return patterns.stream()
        .filter(pattern -> !pattern.endsWith("/*"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Each with its slash at the end. */
  private static List<String> folders(List<String> patterns) {
    return patterns.stream()
        .filter(pattern -> pattern.endsWith("/*"))
        .map(pattern -> pattern.substring(0, pattern.length() - 1))
        .toList();
  }
}
