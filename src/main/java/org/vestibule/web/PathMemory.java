package org.vestibule.web;

import java.util.function.UnaryOperator;

/**
 * Whether the server keeps in mind which servlet is behind a path. Open Liberty does so for the
 * first 500, by their text up to a semicolon: what a stranger's {@code /a;/../b} led to is what
 * everybody gets at {@code /a}. Nothing within an application can change that, but its doctor can
 * say so.
 */
final class PathMemory {

  /** A system property of each Open Liberty and WebSphere Liberty. */
  private static final String LIBERTY = "wlp.install.dir";

  /** How many paths are remembered: not in its documentation, read by its web container. */
  private static final String SIZE = "invocationCacheSize";

  private PathMemory() {}

  /**
   * @param properties of the system; null for one that is not set
   */
  static boolean isKept(UnaryOperator<String> properties) {
    return properties.apply(LIBERTY) != null && !"0".equals(properties.apply(SIZE));
  }
}
