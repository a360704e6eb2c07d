package org.vestibule.failover;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where the nodes meet, by their numbers: the addresses and ports of what sessions are kept in. */
record Members(List<String> addresses, List<Integer> ports) {

  int size() {
    return ports.size();
  }

  /** All of them, as the engine's configuration has them. */
  String all(Engine engine) {
    return IntStream.range(0, size())
        .mapToObj(i -> engine.member(addresses.get(i), ports.get(i)))
        .collect(Collectors.joining(","));
  }
}
