package org.vestibule.provider;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads which paths need a login, and which are ours. */
final class PathSettingsReader {

  private static final String EVERYTHING = "/*";
  private static final String ROOT_PAGE = "/";

  private PathSettingsReader() {}

  static ApplicationSettings.Paths read(Values values) {
    List<String> protectedPaths = protectedPaths(values);
    List<AccessRule> rules = AccessRulesReader.read(values.lookup());
    List<String> closed =
        Stream.concat(protectedPaths.stream(), rules.stream().map(AccessRule::pattern)).toList();
    ApplicationSettings.Paths paths =
        new ApplicationSettings.Paths(
            protectedPaths,
            publicPaths(values, closed),
            path(values, Setting.CALLBACK_PATH),
            path(values, Setting.LOGIN_PATH),
            path(values, Setting.LOGOUT_PATH),
            path(values, Setting.SESSION_PATH),
            rules);
    checkOwn(values, paths);
    return paths;
  }

  /** Everything, where a pattern is not understood: what it was to protect is not known then. */
  private static List<String> protectedPaths(Values values) {
    List<String> patterns = values.list(Setting.PROTECTED_PATHS);
    if (patterns.equals(List.of(ROOT_PAGE))) {
      values.report(
          Mistake.MALFORMED, Setting.PROTECTED_PATHS, "/ is the root page alone, /* is everything");
    } else if (!patterns.stream().allMatch(PathSettingsReader::isPattern)) {
      values.report(
          Mistake.MALFORMED, Setting.PROTECTED_PATHS, "patterns are like /about, /assets/* and /");
    } else {
      return patterns;
    }
    return List.of(EVERYTHING);
  }

  private static List<String> publicPaths(Values values, List<String> protectedPaths) {
    List<String> patterns = values.list(Setting.PUBLIC_PATHS);
    if (!patterns.stream().allMatch(PathSettingsReader::isPattern)) {
      values.report(
          Mistake.MALFORMED, Setting.PUBLIC_PATHS, "patterns are like /about, /assets/* and /");
    }
    for (String pattern : patterns) {
      protectedPaths.stream()
          .filter(path -> covers(pattern, path))
          .findFirst()
          .ifPresent(
              path ->
                  values.report(
                      Mistake.EVERYTHING_PUBLIC,
                      Setting.PUBLIC_PATHS,
                      pattern + " covers " + path));
    }
    return patterns.stream()
        .filter(PathSettingsReader::isPattern)
        .filter(pattern -> protectedPaths.stream().noneMatch(path -> covers(pattern, path)))
        .toList();
  }

  /** Whether every path that {@code inner} stands for is one that {@code outer} stands for. */
  static boolean covers(String outer, String inner) {
    if (!outer.endsWith(EVERYTHING)) {
      return outer.equals(inner);
    }
    String folder = outer.substring(0, outer.length() - 1);
    String innerFolder =
        inner.endsWith(EVERYTHING) ? inner.substring(0, inner.length() - 1) : inner + "/";
    return innerFolder.startsWith(folder);
  }

  /** Exact paths and folders; anything cleverer has been somebody's bypass. */
  static boolean isPattern(String pattern) {
    return pattern.endsWith(EVERYTHING)
        ? isPlain(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(ROOT_PAGE) || isPage(pattern);
  }

  /** A path of one page: no folder, and nothing that could be read in two ways. */
  static boolean isPage(String path) {
    return isPlain(path) && !path.endsWith("/");
  }

  private static boolean isPlain(String path) {
    return path.matches("(/[A-Za-z0-9._~@!$&'()+=-]*)+")
        && !path.contains("//")
        && !path.matches(".*/\\.{1,2}(/.*)?");
  }

  private static String path(Values values, Setting setting) {
    String path = values.text(setting).orElse("");
    if (isPage(path)) {
      return path;
    }
    values.report(Mistake.MALFORMED, setting, "a path such as " + setting.defaultValue());
    return setting.defaultValue();
  }

  private static void checkOwn(Values values, ApplicationSettings.Paths paths) {
    Map<Setting, String> own = new EnumMap<>(Setting.class);
    own.put(Setting.CALLBACK_PATH, paths.callback());
    own.put(Setting.LOGIN_PATH, paths.login());
    own.put(Setting.LOGOUT_PATH, paths.logout());
    own.put(Setting.SESSION_PATH, paths.session());
    own.forEach(
        (setting, path) -> {
          boolean isTaken =
              ApplicationSettings.Paths.FIXED.contains(path)
                  || Collections.frequency(own.values(), path) > 1;
          if (isTaken && values.isSet(setting)) {
            values.report(Mistake.PATHS_COLLIDE, setting, "");
          }
        });
  }
}
