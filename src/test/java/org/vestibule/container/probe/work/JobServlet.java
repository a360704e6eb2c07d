package org.vestibule.container.probe.work;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.vestibule.container.probe.Texts;

/**
 * Lets a job go on, in a thread of the server, of the platform or of its own, and tells what came
 * of it. Whoever asks for that is nobody: the request is public and comes without a session.
 */
@WebServlet("/public/job")
public class JobServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Resource private transient ManagedExecutorService executor;
  @Inject private transient Jobs jobs;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String job = request.getParameter("job");
    try {
      Texts.write(response, begin(request.getParameter("in"), () -> jobs.ask(job)).get());
    } catch (ExecutionException e) {
      throw new ServletException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServletException(e);
    }
  }

  private Future<String> begin(String where, Callable<String> work) {
    if (where.equals("server")) {
      return executor.submit(work);
    }
    FutureTask<String> task = new FutureTask<>(work);
    if (where.equals("platform")) {
      ForkJoinPool.commonPool().execute(task);
    } else {
      new Thread(task).start();
    }
    return task;
  }
}
