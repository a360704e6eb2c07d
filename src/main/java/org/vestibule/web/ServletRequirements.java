package org.vestibule.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.RequiresAcr;
import org.vestibule.protocol.AuthenticationRequirement;

/**
 * What the application's servlets ask for by {@link RequiresAcr}. Which of them a request goes to
 * is the container's own answer, so that there are no patterns to be read in two ways. Asking costs
 * nothing where no servlet asks for anything. Immutable.
 */
final class ServletRequirements {

  /** Of an application without any. */
  static final ServletRequirements NONE = new ServletRequirements(Map.of());

  private final Map<String, AuthenticationRequirement> byServlet;

  private ServletRequirements(Map<String, AuthenticationRequirement> byServlet) {
    this.byServlet = Map.copyOf(byServlet);
  }

  /**
   * Of all servlets that are registered by now.
   *
   * @throws IllegalArgumentException an annotation cannot be understood
   */
  static ServletRequirements in(ServletContext context) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Map<String, AuthenticationRequirement> found = new HashMap<>();
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      RequiresAcr annotation = annotation(servlet.getClassName(), loader);
      if (annotation != null) {
        found.put(
            servlet.getName(), RequiredAcr.of(annotation, "servlet " + servlet.getClassName()));
      }
    }
    return new ServletRequirements(found);
  }

  /** What the servlet asks for that the request goes to. */
  AuthenticationRequirement of(HttpServletRequest request) {
    return byServlet.isEmpty()
        ? AuthenticationRequirement.NONE
        : byServlet.getOrDefault(
            request.getHttpServletMapping().getServletName(), AuthenticationRequirement.NONE);
  }

  /**
   * Null also for a page, which has no class yet, and for a class that the container cannot find.
   */
  private static @Nullable RequiresAcr annotation(@Nullable String className, ClassLoader loader) {
    if (className == null) {
      return null;
    }
    try {
      return Class.forName(className, false, loader).getAnnotation(RequiresAcr.class);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
