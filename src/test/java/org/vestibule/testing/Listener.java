package org.vestibule.testing;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The socket on 127.0.0.1 and the threads behind it. */
final class Listener implements AutoCloseable {

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int BACKLOG = 512;

  static {
    // Without it the JDK's server waits some 40 ms for an acknowledgement between head and body.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private final HttpServer http;
  private final ExecutorService threads;

  private Listener(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
  }

  /** Takes the port; port 0 is any free one. */
  static HttpServer bind(int port, @Nullable Certificate certificate) {
    try {
      if (certificate == null) {
        return HttpServer.create(Loopback.at(port), BACKLOG);
      }
      HttpsServer https = HttpsServer.create(Loopback.at(port), BACKLOG);
      https.setHttpsConfigurator(
          new HttpsConfigurator(TestCertificates.serverContext(certificate)));
      return https;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Listener start(HttpServer http, HttpHandler handler) {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "authorization-server");
              thread.setDaemon(true);
              return thread;
            });
    http.createContext("/", handler);
    http.setExecutor(threads);
    http.start();
    return new Listener(http, threads);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
