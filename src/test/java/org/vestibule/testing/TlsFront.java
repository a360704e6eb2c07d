package org.vestibule.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;

/**
 * https in front of a server on this machine that only speaks http, as a proxy does that looks at
 * nothing: what it decrypts it passes on as it is.
 */
public final class TlsFront implements AutoCloseable {

  private static final int BACKLOG = 64;

  private final ServerSocket socket;
  private final int target;
  private final ExecutorService threads;

  private TlsFront(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "tls-front");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts before the server on that port, which need not be there yet.
   *
   * @param protocols the versions it speaks, as {@code TLSv1.3}; none are those of the JDK
   */
  public static TlsFront before(int port, String... protocols) {
    try {
      ServerSocket socket =
          TestCertificates.serverContext(Certificate.TRUSTED)
              .getServerSocketFactory()
              .createServerSocket(0, BACKLOG, Loopback.at(0).getAddress());
      if (protocols.length > 0 && socket instanceof SSLServerSocket secured) {
        secured.setEnabledProtocols(protocols);
      }
      TlsFront front = new TlsFront(socket, port);
      front.threads.execute(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket browser = socket.accept();
        Socket server = new Socket(Loopback.at(target).getAddress(), target);
        threads.execute(() -> copy(browser, server));
        threads.execute(() -> copy(server, browser));
      } catch (IOException e) {
        // It was closed, or the server is not there: the browser notices.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One of the two has hung up, so both do.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
