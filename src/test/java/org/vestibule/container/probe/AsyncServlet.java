package org.vestibule.container.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Who the request is from once it has left its thread; {@code ?dispatch} comes back to another. */
@WebServlet(urlPatterns = "/async", asyncSupported = true)
public class AsyncServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    if (request.getParameter("dispatch") != null) {
      async.dispatch("/whoami");
    } else {
      async.start(() -> answer(async));
    }
  }

  private static void answer(AsyncContext async) {
    try {
      Texts.write(async.getResponse(), Who.asks((HttpServletRequest) async.getRequest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      async.complete();
    }
  }
}
