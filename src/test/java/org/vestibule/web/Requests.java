package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import org.springframework.mock.web.MockHttpServletRequest;

/** Requests as a container makes them of what a browser sent. */
final class Requests {

  private Requests() {}

  /** A navigation below {@link Houses#CONTEXT_PATH}. */
  static MockHttpServletRequest get(String pathAndQuery) {
    return navigation("GET", pathAndQuery);
  }

  static MockHttpServletRequest navigation(String method, String pathAndQuery) {
    MockHttpServletRequest request = request(method, pathAndQuery);
    request.addHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    request.addHeader("Sec-Fetch-Mode", "navigate");
    request.addHeader("Sec-Fetch-Dest", "document");
    return request;
  }

  /** What a page's script asks for. */
  static MockHttpServletRequest fetch(String pathAndQuery) {
    MockHttpServletRequest request = request("GET", pathAndQuery);
    request.addHeader("Accept", "*/*");
    request.addHeader("Sec-Fetch-Mode", "cors");
    request.addHeader("Sec-Fetch-Dest", "empty");
    return request;
  }

  /** Without any header. */
  static MockHttpServletRequest request(String method, String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    MockHttpServletRequest request = raw(method, Houses.CONTEXT_PATH + path, decoded(path));
    if (mark >= 0) {
      query(request, pathAndQuery.substring(mark + 1));
    }
    return request;
  }

  /**
   * @param uri as on the request line
   * @param servletPath what the container made of it
   */
  static MockHttpServletRequest raw(String method, String uri, String servletPath) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, uri);
    request.setContextPath(Houses.CONTEXT_PATH);
    request.setServletPath(servletPath);
    return request;
  }

  private static void query(MockHttpServletRequest request, String query) {
    request.setQueryString(query);
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        request.addParameter(lenient(parts[0]), parts.length == 2 ? lenient(parts[1]) : "");
      }
    }
  }

  /** A broken escape stays as it is, as in the more patient ones among the containers. */
  private static String lenient(String encoded) {
    try {
      return URLDecoder.decode(encoded, UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }
}
