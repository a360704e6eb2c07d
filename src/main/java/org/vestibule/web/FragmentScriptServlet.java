package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The script of {@link KeptFragment}: adds the fragment of the page's address to that of the login,
 * and follows the link if it is to be followed at once. It is the same for everybody and named with
 * a hash of what is in it, so browsers keep it.
 */
public final class FragmentScriptServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  static final String SCRIPT =
      """
      "use strict";
      for (const link of document.querySelectorAll("a[data-return]")) {
        const login = new URL(link.href);
        const page = login.searchParams.get("return");
        if (!page.includes("#")) {
          login.searchParams.set("return", page + location.hash);
          link.href = login.href;
        }
        if (link.dataset.return === "now") {
          location.replace(login.href);
        }
      }
      """;

  /** For the container. */
  public FragmentScriptServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseHeaders.protect(response);
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.setContentType("text/javascript;charset=UTF-8");
    response.getOutputStream().write(SCRIPT.getBytes(UTF_8));
  }
}
