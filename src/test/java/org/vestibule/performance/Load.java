package org.vestibule.performance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same request over and over, on a few connections that stay open: bounded in time, to loopback
 * only, and cheap for the machine that has to run the server as well.
 */
final class Load {

  private static final int CONNECTIONS = 2;

  private final URI url;
  private final byte[] request;
  private final String expected;

  /**
   * @param cookie the session's
   * @param expected the body that every answer has to have
   */
  Load(URI url, String cookie, String expected) {
    this.url = url;
    this.expected = expected;
    this.request =
        ("GET "
                + url.getRawPath()
                + " HTTP/1.1\r\nHost: "
                + url.getRawAuthority()
                + "\r\nCookie: "
                + cookie
                + "\r\nAccept: text/html\r\n\r\n")
            .getBytes(US_ASCII);
  }

  /** How many answers there were. */
  long run(Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        tasks.add(() -> requestsUntil(end));
      }
      long total = 0;
      for (Future<Long> count : threads.invokeAll(tasks)) {
        total += count.get();
      }
      return total;
    } finally {
      threads.shutdownNow();
    }
  }

  private long requestsUntil(long end) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      long count = 0;
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request);
        String body = body(in);
        if (!body.equals(expected)) {
          throw new IllegalStateException("not the expected answer: " + body);
        }
        count++;
      }
      return count;
    }
  }

  private static String body(InputStream in) throws IOException {
    int length = 0;
    String line = line(in);
    if (!line.startsWith("HTTP/1.1 200")) {
      throw new IllegalStateException(line);
    }
    while (!line.isEmpty()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      line = line(in);
    }
    return new String(in.readNBytes(length), US_ASCII);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
