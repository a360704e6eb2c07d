package org.vestibule.container.probe;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Function;
import org.vestibule.api.Caller;

/**
 * What somebody sees from inside who prints whatever is there, as debuggers and careless log lines
 * do: everything in the session, the request and the application, and the names of all threads.
 */
@WebServlet("/inside")
public class InsideServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StringBuilder text = new StringBuilder();
    HttpSession session = request.getSession(false);
    if (session != null) {
      print(text, "session", session.getAttributeNames(), session::getAttribute);
    }
    print(text, "request", request.getAttributeNames(), request::getAttribute);
    print(
        text,
        "application",
        getServletContext().getAttributeNames(),
        getServletContext()::getAttribute);
    text.append("caller ").append(caller).append('\n');
    text.append("principal ").append(request.getUserPrincipal()).append('\n');
    text.append("request ").append(request).append(' ').append(request.getClass()).append('\n');
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      text.append("thread ").append(thread.getName()).append('\n');
    }
    Texts.write(response, text.toString());
  }

  private static void print(
      StringBuilder text,
      String where,
      Enumeration<String> names,
      Function<String, Object> attribute) {
    for (String name : Collections.list(names)) {
      // What was logged is looked at elsewhere, and is long.
      if (!name.equals(LogRecorder.ATTRIBUTE)) {
        text.append(where)
            .append(' ')
            .append(name)
            .append(' ')
            .append(attribute.apply(name))
            .append('\n');
      }
    }
  }
}
