package org.vestibule.container.probe;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;

/** Tells the tests what went on in here. */
@WebServlet({
  "/public/report/hits",
  "/public/report/events",
  "/public/report/log",
  "/public/report/threads"
})
public class ReportServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Hits hits;
  @Inject private transient Events events;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Texts.write(
        response,
        switch (request.getServletPath()) {
          case "/public/report/hits" -> hits.report() + "sessions=" + sessions() + "\n";
          case "/public/report/events" -> events.report();
          case "/public/report/threads" -> threads();
          default -> log();
        });
  }

  private static String threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName() + "\n")
        .collect(Collectors.joining());
  }

  private Object sessions() {
    Object made = getServletContext().getAttribute(SessionCounter.ATTRIBUTE);
    return made == null ? 0 : made;
  }

  private String log() {
    return getServletContext().getAttribute(LogRecorder.ATTRIBUTE) instanceof LogRecorder recorder
        ? recorder.report()
        : "";
  }
}
