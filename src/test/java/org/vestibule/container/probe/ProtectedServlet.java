package org.vestibule.container.probe;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Something that only those may read who are signed in. Takes every method. */
@WebServlet("/protected/*")
public class ProtectedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** What no stranger's answer may contain. */
  public static final String CANARY = "the-canary-behind-the-filter";

  @Inject private transient Hits hits;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    hits.count("protected");
    hits.count("protected " + request.getMethod());
    Texts.write(response, CANARY);
  }
}
