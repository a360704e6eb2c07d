package org.vestibule.container.probe.work;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.api.Caller;
import org.vestibule.container.probe.Texts;

/** Begins a job for the caller. */
@WebServlet("/begin")
public class BeginServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;
  @Inject private transient Jobs jobs;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    jobs.begin(request.getParameter("job"), caller.accessTokenSource());
    Texts.write(response, "begun");
  }
}
