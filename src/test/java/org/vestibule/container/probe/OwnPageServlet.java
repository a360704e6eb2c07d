package org.vestibule.container.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.TreeMap;
import org.vestibule.api.PageAttributes;

/** Pages of an application that are to take the place of built-in ones, good and bad. */
@WebServlet("/own/*")
public class OwnPageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** What no answer may contain: it comes of a page that failed. */
  public static final String HALF = "half-a-page";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (String.valueOf(request.getPathInfo())) {
      case "/attributes" -> attributes(request, response);
      case "/form" -> form(request, response);
      case "/careless" -> careless(response);
      case "/redirecting" -> response.sendRedirect("https://evil.example/");
      case "/error" -> response.sendError(500, HALF);
      case "/failing" -> throw new ServletException(HALF);
      case "/halfway" -> halfway(response);
      default -> response.sendError(404);
    }
  }

  /** What it is told, line by line. */
  private static void attributes(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TreeMap<String, Object> lines = new TreeMap<>();
    for (String name : Collections.list(request.getAttributeNames())) {
      if (name.startsWith("org.vestibule.page.")) {
        lines.put(name.substring("org.vestibule.page.".length()), request.getAttribute(name));
      }
    }
    lines.put("method", request.getMethod());
    lines.put("query", String.valueOf(request.getQueryString()));
    lines.put("parameters", request.getParameterMap().size());
    lines.put(
        "forwarded", String.valueOf(request.getAttribute("jakarta.servlet.forward.query_string")));
    StringBuilder text = new StringBuilder();
    lines.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Texts.write(response, text.toString());
  }

  /** As a page that the application's designers made. */
  private static void form(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Content-Security-Policy", "default-src 'self'");
    PrintWriter page = response.getWriter();
    page.printf(
        "<!DOCTYPE html><html lang='%s'><title>%s</title><form method='post' action='%s'>"
            + "<input type='hidden' name='csrf_token' value='%s'><button>OK</button></form>",
        request.getAttribute(PageAttributes.LANGUAGE),
        request.getAttribute(PageAttributes.TITLE),
        request.getAttribute(PageAttributes.LOGOUT_URL),
        request.getAttribute(PageAttributes.CSRF_TOKEN));
    page.flush();
  }

  private static void careless(HttpServletResponse response) throws IOException {
    response.setStatus(200);
    response.setHeader("Cache-Control", "public, max-age=3600");
    response.setDateHeader("Expires", 4_102_444_800_000L);
    response.setContentType("text/plain");
    response.getWriter().print("careless");
    response.flushBuffer();
  }

  private static void halfway(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    response.getOutputStream().write(HALF.getBytes(UTF_8));
    response.getOutputStream().flush();
    throw new IllegalStateException(HALF);
  }
}
