package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.Setting;

/**
 * Shows pages: the application's own where a setting names one, else the built-in ones. An own page
 * is forwarded to, with {@link PageAttributes}; status and protective headers stay. One that fails
 * is replaced by the built-in page. Thread-safe.
 */
final class Pages {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  /** Enough that a page that fails halfway has not been sent. */
  private static final int BUFFER_SIZE = 65_536;

  private final Map<Setting, String> own;
  private final WarningLimit limit;

  /**
   * @param own paths below the context root
   */
  Pages(Map<Setting, String> own, WarningLimit limit) {
    this.own = Map.copyOf(own);
    this.limit = limit;
  }

  /**
   * Answers with a page.
   *
   * @param setting that names the application's page
   */
  void write(
      Setting setting,
      Page page,
      HttpServletRequest request,
      HttpServletResponse response,
      int status)
      throws IOException {
    String path = own.get(setting);
    boolean isWithinOne = request.getAttribute(PageAttributes.NAME) != null;
    if (path == null || isWithinOne || !isShown(setting, path, page, request, response, status)) {
      page.write(response, status);
    }
  }

  private boolean isShown(
      Setting setting,
      String path,
      Page page,
      HttpServletRequest request,
      HttpServletResponse response,
      int status)
      throws IOException {
    page.attributes().forEach(request::setAttribute);
    request.setAttribute(PageAttributes.STATUS, status);
    ResponseHeaders.protectOwnPage(response);
    response.setStatus(status);
    response.setCharacterEncoding(UTF_8.name());
    try {
      forward(path, request, response);
      return true;
    } catch (IOException | ServletException | RuntimeException e) {
      report(setting, path, e);
      if (response.isCommitted()) {
        return true;
      }
      response.resetBuffer();
      return false;
    }
  }

  private static void forward(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (response.getBufferSize() < BUFFER_SIZE) {
      response.setBufferSize(BUFFER_SIZE);
    }
    @Nullable RequestDispatcher page = request.getRequestDispatcher(path);
    if (page == null) {
      throw new FileNotFoundException(path);
    }
    page.forward(new OwnPageRequest(request), new OwnPageResponse(response));
  }

  /** One line; the stack is for those who ask for it. */
  private void report(Setting setting, String path, Exception e) {
    String detail = Setting.PREFIX + setting.key() + "=" + path + ": " + e.getClass().getName();
    LoginException failure = new LoginException(Refusal.PAGE_FAILED, detail);
    LOG.log(limit.level(failure), failure::getMessage);
    LOG.log(Level.FINE, path, e);
  }
}
