package org.vestibule.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cable that can be pulled: whoever connects to it is connected to a port of the loopback
 * interface. While it is cut it drops what there is and whoever comes. Safe for use by several
 * threads.
 */
final class Relay implements AutoCloseable {

  private final ServerSocket socket;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Relay(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
  }

  static Relay to(int target) {
    try {
      Relay relay = new Relay(new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1")), target);
      Daemon.run("relay", relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  void cut() {
    cut = true;
    open.forEach(Relay::drop);
  }

  void heal() {
    cut = false;
  }

  @Override
  public void close() {
    cut();
    drop(socket);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Daemon.run("relayed", () -> serve(caller));
      } catch (IOException e) {
        // Closed, or a caller who had second thoughts.
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        Socket called = new Socket(InetAddress.getByName("127.0.0.1"), target)) {
      open.add(caller);
      open.add(called);
      if (cut) {
        return;
      }
      Daemon.run("back", () -> copy(called, caller));
      copy(caller, called);
    } catch (IOException e) {
      // Nobody is there.
    } finally {
      open.remove(caller);
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut, or one of both has gone.
    } finally {
      open.remove(from);
      drop(from);
      drop(to);
    }
  }

  private static void drop(AutoCloseable end) {
    try {
      end.close();
    } catch (Exception e) {
      // It is closed already.
    }
  }
}
