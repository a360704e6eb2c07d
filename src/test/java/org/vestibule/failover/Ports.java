package org.vestibule.failover;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports for members of a cluster, which need the next ones as well: Infinispan's has a second one
 * of the application in the same process, and each of both a socket by which its death is noticed.
 */
final class Ports {

  /** Below those that the machine gives to whoever connects. */
  private static final int LEAST = 20_000;

  private static final int MOST = 32_000;
  private static final int ROW = 4;

  private Ports() {}

  /** The first ones of so many rows, none of which anybody listens on. */
  static List<Integer> inRows(int count) {
    List<Integer> first = new ArrayList<>();
    while (first.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(LEAST / ROW, MOST / ROW) * ROW;
      if (!first.contains(port) && IntStream.range(port, port + ROW).allMatch(Ports::isFree)) {
        first.add(port);
      }
    }
    return first;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
