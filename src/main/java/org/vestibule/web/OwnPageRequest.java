package org.vestibule.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request as a page of the application sees it that is shown in place of ours: a plain GET. The
 * parameters of the answer of a provider, a code among them, are none of its business, and what a
 * browser remembers of other pages must not make "not modified" or a part out of it.
 */
final class OwnPageRequest extends HttpServletRequestWrapper {

  private static final Set<String> HIDDEN_ATTRIBUTES =
      Set.of(RequestDispatcher.FORWARD_QUERY_STRING, RequestDispatcher.INCLUDE_QUERY_STRING);

  OwnPageRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public @Nullable String getParameter(String name) {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Map.of();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.emptyEnumeration();
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return null;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return HIDDEN_ATTRIBUTES.contains(name) ? null : super.getAttribute(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public long getDateHeader(String name) {
    return isHidden(name) ? -1 : super.getDateHeader(name);
  }

  /** Conditions and ranges (RFC 9110 sections 13 and 14). */
  private static boolean isHidden(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("if-") || name.equals("range");
  }
}
