package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.provider.AccessRule;

/**
 * Finds the rule for a path: the one with the most specific pattern, as for the patterns of
 * servlets, and no other. An exact path is more specific than a folder, a longer folder more than a
 * shorter one. Asking costs nothing where there are no rules. Immutable.
 */
final class AccessRules {

  /** A rule for all below a folder. */
  private record Folder(String prefix, AccessRule rule) {

    static Folder of(AccessRule rule) {
      return new Folder(rule.pattern().substring(0, rule.pattern().length() - 1), rule);
    }
  }

  private final boolean empty;
  private final Map<String, AccessRule> exact;
  private final Folder[] folders;

  /**
   * @param rules each pattern once
   */
  AccessRules(List<AccessRule> rules) {
    this.empty = rules.isEmpty();
    this.exact =
        rules.stream()
            .filter(rule -> !isFolder(rule))
            .collect(Collectors.toUnmodifiableMap(AccessRule::pattern, Function.identity()));
    this.folders =
        rules.stream()
            .filter(AccessRules::isFolder)
            .map(Folder::of)
            .sorted(Comparator.comparingInt(folder -> -folder.prefix().length()))
            .toArray(Folder[]::new);
  }

  private static boolean isFolder(AccessRule rule) {
    return rule.pattern().endsWith("/*");
  }

  /**
   * Whether a path is for nobody because it still has an escape after the container's decoding, or
   * a path parameter: an application that decodes once more, or takes parameters off, would find
   * another path, with another rule.
   */
  boolean cannotJudge(String path) {
    return !empty && (path.contains("%") || path.contains(";"));
  }

  /**
   * Whether a request with tricks in its line is for nobody because the container has cut its path
   * short, as Payara does at the first path parameter: an application that reads the line itself,
   * as many frameworks do, would find another path, with another rule.
   *
   * @param plain whether the line is without tricks
   * @param path the container's
   */
  boolean cannotJudge(boolean plain, HttpServletRequest request, String path) {
    return !plain && !empty && RequestPath.isCutShort(request.getRequestURI(), path);
  }

  /** The rule for a path; null if there is none. */
  @Nullable AccessRule of(String path) {
    return empty ? null : find(path);
  }

  /** The rule for a path where the application asks for more than the settings say. */
  @Nullable AccessRule of(String path, AuthenticationRequirement more) {
    AccessRule rule = of(path);
    if (more.isEmpty()) {
      return rule;
    }
    return rule == null
        ? new AccessRule(0, path, Set.of(), Scope.NONE, more, Optional.empty(), false)
        : rule.and(more);
  }

  /** Whether nobody can meet both what the settings and what the application ask for. */
  boolean contradict(String path, AuthenticationRequirement more) {
    AccessRule rule = more.isEmpty() ? null : of(path);
    return rule != null && rule.authentication().contradicts(more);
  }

  private @Nullable AccessRule find(String path) {
    AccessRule rule = exact.get(path);
    if (rule == null && path.endsWith("/")) {
      rule = exact.get(path.substring(0, path.length() - 1));
    }
    for (int i = 0; rule == null && i < folders.length; i++) {
      if (PathRules.isBelow(folders[i].prefix(), path)) {
        rule = folders[i].rule();
      }
    }
    return rule;
  }
}
