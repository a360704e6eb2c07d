package org.vestibule.failover;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in front of the nodes: gives each connection to the next node in turn, and those that
 * nobody listens to for to the one after. The browsers of these tests send one request by each
 * connection, so two requests of one session rarely meet the same node twice.
 *
 * <p>A connection that a node drops is dropped: what a person does then is to ask again. Safe for
 * use by several threads.
 */
final class Balancer implements AutoCloseable {

  /** The cookie by which visitors stay with a node while the balancer is sticky. */
  static final String STICKY = "visitor";

  private static final Pattern VISITOR =
      Pattern.compile("(?i)\r\nCookie:.*\\b" + STICKY + "=(\\d+)");
  private static final int LONGEST_HEAD = 65_536;

  private final ServerSocket socket;
  private final List<Integer> nodes = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile boolean sticky;

  private Balancer(ServerSocket socket) {
    this.socket = socket;
  }

  static Balancer start() {
    try {
      Balancer balancer =
          new Balancer(new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1")));
      Daemon.run("balancer", balancer::accept);
      return balancer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** From now on all requests go to these nodes, given by their ports. */
  void use(List<Integer> ports) {
    nodes.clear();
    nodes.addAll(ports);
  }

  void add(int node) {
    nodes.add(node);
  }

  void remove(int node) {
    nodes.remove(Integer.valueOf(node));
  }

  /** Whether a visitor stays with a node as long as there is no change among them. */
  void sticky(boolean on) {
    sticky = on;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket visitor = socket.accept();
        Daemon.run("balanced", () -> serve(visitor));
      } catch (IOException e) {
        // Closed, or a visitor who had second thoughts.
      }
    }
  }

  private void serve(Socket visitor) {
    try (visitor) {
      byte[] head = head(visitor.getInputStream());
      try (Socket node = connect(first(new String(head, ISO_8859_1)))) {
        node.getOutputStream().write(head);
        node.getOutputStream().flush();
        Daemon.run("request", () -> copy(visitor, node));
        node.getInputStream().transferTo(visitor.getOutputStream());
      }
    } catch (IOException e) {
      // One of both has gone, and the other one is told so by the end of the connection.
    }
  }

  private int first(String head) {
    Matcher visitor = VISITOR.matcher(head);
    return sticky && visitor.find()
        ? Integer.parseInt(visitor.group(1))
        : turn.getAndIncrement() & Integer.MAX_VALUE;
  }

  private Socket connect(int first) throws IOException {
    List<Integer> candidates = List.copyOf(nodes);
    for (int i = 0; i < candidates.size(); i++) {
      int port = candidates.get((first % candidates.size() + i) % candidates.size());
      try {
        return new Socket(InetAddress.getByName("127.0.0.1"), port);
      } catch (IOException nobodyListens) {
        continue;
      }
    }
    throw new IOException("no node");
  }

  /** Up to the empty line, and whatever has come with it. */
  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (head.size() < LONGEST_HEAD) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("no request");
      }
      head.write(buffer, 0, count);
      if (head.toString(ISO_8859_1).contains("\r\n\r\n")) {
        return head.toByteArray();
      }
    }
    throw new IOException("no request");
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // As above.
    }
  }
}
