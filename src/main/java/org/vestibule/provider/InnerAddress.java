package org.vestibule.provider;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are this machine or a neighbour of it: loopback names, and addresses that are nobody's
 * on the Internet (RFC 6890 section 2.2). A name is not looked up: what it resolves to is for the
 * certificate to decide.
 */
final class InnerAddress {

  private static final List<IpNetwork> NETWORKS =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "::/127",
              "fc00::/7",
              "fe80::/10")
          .map(IpNetwork::parse)
          .map(Optional::orElseThrow)
          .toList();

  private InnerAddress() {}

  /**
   * @param host of a URL, an IPv6 address in its brackets
   */
  static boolean is(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst("^\\[(.*?)(%.*)?]$", "$1").replaceFirst("\\.$", "");
    return BackChannelUrl.isLoopback(name)
        || NETWORKS.stream().anyMatch(network -> network.contains(name));
  }
}
