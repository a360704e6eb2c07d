package org.vestibule.container.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Tells what a form brought: {@code /form/parameters}, {@code /form/parts}, {@code /form/body}. */
@WebServlet("/form/*")
@MultipartConfig
public class FormServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Hits hits;

  /** The page that the form is on, or was. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Texts.write(response, "the page of the form");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    hits.count("form");
    if ("/forwarded".equals(request.getPathInfo())) {
      request.getRequestDispatcher("/form/parameters?more=1").forward(request, response);
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append("remoteUser=").append(request.getRemoteUser()).append('\n');
    text.append("query=").append(request.getQueryString()).append('\n');
    text.append("contentType=").append(request.getContentType()).append('\n');
    text.append("contentLength=").append(request.getContentLength()).append('\n');
    text.append("origin=").append(request.getHeader("Origin")).append('\n');
    switch (String.valueOf(request.getPathInfo())) {
      case "/parameters" -> parameters(request, text);
      case "/parts" -> parts(request, text);
      default -> text.append(new String(request.getInputStream().readAllBytes(), UTF_8));
    }
    Texts.write(response, text.toString());
  }

  private static void parameters(HttpServletRequest request, StringBuilder text) {
    for (Map.Entry<String, String[]> entry : new TreeMap<>(request.getParameterMap()).entrySet()) {
      text.append("parameter ").append(entry.getKey()).append('=');
      text.append(Arrays.toString(entry.getValue())).append('\n');
    }
  }

  private static void parts(HttpServletRequest request, StringBuilder text)
      throws IOException, ServletException {
    for (Part part : request.getParts()) {
      text.append("part ").append(part.getName()).append('=');
      text.append(part.getSubmittedFileName()).append(',').append(part.getContentType());
      text.append(',').append(new String(part.getInputStream().readAllBytes(), UTF_8));
      text.append('\n');
    }
    parameters(request, text);
  }
}
