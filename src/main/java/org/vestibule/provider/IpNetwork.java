package org.vestibule.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address or a network of IPv4 or IPv6, in CIDR notation (RFC 4632 section 3.1, RFC 4291 section
 * 2.3): {@code 10.0.0.0/8}, {@code fd00::/8}, {@code 192.0.2.1}. No name is ever looked up.
 * Immutable.
 */
public final class IpNetwork {

  private static final String IPV4 = "\\d{1,3}(\\.\\d{1,3}){3}";
  private static final String IPV6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*";

  private final byte[] network;
  private final int prefix;

  private IpNetwork(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** Empty for anything else, such as a network whose address has bits below its prefix. */
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bits = address.get().length * Byte.SIZE;
    String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
    if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
      return Optional.empty();
    }
    IpNetwork network = new IpNetwork(address.get(), Integer.parseInt(length));
    return network.hasBitsBelow() ? Optional.empty() : Optional.of(network);
  }

  /** Whether an address is in it; anything that is no address is not. */
  public boolean contains(String text) {
    Optional<byte[]> address = address(text);
    return address.isPresent()
        && address.get().length == network.length
        && isSameUpTo(prefix, address.get());
  }

  /** How many bits an address has in common with all others of it, and how many it has. */
  public int prefix() {
    return prefix;
  }

  private boolean isSameUpTo(int bits, byte[] address) {
    for (int bit = 0; bit < bits; bit++) {
      if (bit(address, bit) != bit(network, bit)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasBitsBelow() {
    for (int bit = prefix; bit < network.length * Byte.SIZE; bit++) {
      if (bit(network, bit) != 0) {
        return true;
      }
    }
    return false;
  }

  private static int bit(byte[] bytes, int number) {
    return bytes[number / Byte.SIZE] >> (Byte.SIZE - 1 - number % Byte.SIZE) & 1;
  }

  /** An IPv4 address that is written as one of IPv6 is one of IPv4. */
  private static Optional<byte[]> address(String text) {
    if (!text.matches(IPV4) && !text.matches(IPV6)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpNetwork that
        && prefix == that.prefix
        && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
