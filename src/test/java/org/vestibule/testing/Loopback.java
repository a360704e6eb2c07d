package org.vestibule.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** 127.0.0.1, whatever the machine thinks of {@code localhost}. */
final class Loopback {

  private Loopback() {}

  static InetSocketAddress at(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** Whether the name leads here. */
  static boolean is(String host) {
    return host.matches("(?i)(.+\\.)?localhost|127\\.0\\.0\\.1");
  }
}
