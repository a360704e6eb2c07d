package org.vestibule.container.probe;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Something that everybody may read. */
@WebServlet("/public/page")
public class PublicServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** The page. */
  public static final String TEXT = "a page for everybody";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Texts.write(response, TEXT);
  }
}
