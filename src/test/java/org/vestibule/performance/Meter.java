package org.vestibule.performance;

import com.sun.management.OperatingSystemMXBean;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Tells what the server's process has used: processor nanoseconds, or live heap bytes. */
@WebServlet("/meter")
public class Meter extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print("heap".equals(request.getQueryString()) ? liveHeap() : processor());
  }

  private static long processor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** What survives collections, until one more frees next to nothing. */
  private static long liveHeap() {
    long before = Long.MAX_VALUE;
    long now = used();
    for (int i = 0; i < 10 && before - now > 4096; i++) {
      before = now;
      System.gc();
      now = used();
    }
    return now;
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
