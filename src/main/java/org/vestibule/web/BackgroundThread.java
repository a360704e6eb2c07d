package org.vestibule.web;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A thread of ours for work that no request waits for: not one of Jakarta Concurrency, which not
 * every server has. It sees the classes of the application that it was made in, and does not keep
 * the server from stopping.
 */
final class BackgroundThread {

  private BackgroundThread() {}

  /**
   * @param name of the work
   */
  static ScheduledThreadPoolExecutor named(String name, String contextPath) {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "vestibule-" + name + contextPath);
          thread.setDaemon(true);
          thread.setContextClassLoader(application);
          return thread;
        });
  }
}
