package org.vestibule.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Connects whoever comes to one address with another one. A Unix domain socket is reached from
 * every network namespace, which a port of the loopback interface is not; so that two of these,
 * with such a socket between them, lead from one namespace into another.
 */
final class Pump implements AutoCloseable {

  private static final int BUFFER = 16_384;

  private final ServerSocketChannel server;
  private final SocketAddress target;

  private Pump(ServerSocketChannel server, SocketAddress target) {
    this.server = server;
    this.target = target;
  }

  /** Two pumps within a namespace: from a port to a socket, and from another socket to a port. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Pump out = start(port(arguments[0]), socket(arguments[1]));
        Pump in = start(socket(arguments[2]), port(arguments[3]))) {
      System.out.println("from " + out.target + " to " + in.target + " and back");
      Thread.currentThread().join();
    }
  }

  static Pump start(SocketAddress from, SocketAddress to) {
    try {
      ServerSocketChannel server =
          from instanceof UnixDomainSocketAddress
              ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
              : ServerSocketChannel.open();
      Pump pump = new Pump(server.bind(from, 512), to);
      Daemon.run("pump", pump::accept);
      return pump;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SocketAddress port(String number) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(number));
  }

  static SocketAddress socket(String path) {
    return UnixDomainSocketAddress.of(Path.of(path));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel caller = server.accept();
        Daemon.run("pumped", () -> serve(caller));
      } catch (IOException e) {
        // Closed, or a caller who had second thoughts.
      }
    }
  }

  private void serve(SocketChannel caller) {
    try (caller;
        SocketChannel called = SocketChannel.open(target)) {
      Thread back = new Thread(() -> copy(called, caller), "pumped back");
      back.setDaemon(true);
      back.start();
      copy(caller, called);
      back.join();
    } catch (IOException e) {
      // Nobody is there, and the caller is told so by the end of the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(SocketChannel end) {
    try {
      end.close();
    } catch (IOException e) {
      // As above.
    }
  }
}
