package org.vestibule.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vestibule.showcase.ServerProcess;

/**
 * Some machines and the switch between them: a network namespace each, so that a cable can be
 * pulled as in a rack, without anybody being told. What they have in common with this process leads
 * through {@link Pump}s, which no cable carries. Needs root and iproute2, and fails without.
 */
final class Network implements AutoCloseable {

  private static final String NET = "10.203.0.";
  private static final int FIRST = 10;

  private final String name = "vestibule-" + ProcessHandle.current().pid() + "-";
  private final String hub = name + "hub";
  private final Path sockets;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Thread lastResort = new Thread(this::remove);
  private final int size;

  private Network(int size, Path sockets) {
    this.size = size;
    this.sockets = sockets;
  }

  static Network of(int size) {
    try {
      Network network = new Network(size, Files.createTempDirectory("vestibule-net"));
      Runtime.getRuntime().addShutdownHook(network.lastResort);
      try {
        network.build();
      } catch (RuntimeException | Error e) {
        network.close();
        throw e;
      }
      return network;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address by which the other machines know this one. */
  String address(int machine) {
    return NET + (FIRST + machine);
  }

  /** What a command begins with that runs on this machine. */
  List<String> on(int machine) {
    return List.of("ip", "netns", "exec", name + machine);
  }

  /**
   * Lets this process reach a port of the machine, and the machine one of this process, each under
   * the same number on its own loopback interface.
   */
  void connect(int machine, int itsPort, int ourPort) {
    String in = sockets.resolve("in" + machine).toString();
    String out = sockets.resolve("out" + machine).toString();
    open.add(Pump.start(Pump.socket(out), Pump.port(Integer.toString(ourPort))));
    List<String> command = new ArrayList<>(on(machine));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes(),
            Pump.class.getName(),
            Integer.toString(ourPort),
            out,
            in,
            Integer.toString(itsPort)));
    ServerProcess there = ServerProcess.start(new ProcessBuilder(command));
    open.add(there);
    there.await("the way to machine " + machine, () -> there.hasSaid("and back"));
    open.add(Pump.start(Pump.port(Integer.toString(itsPort)), Pump.socket(in)));
  }

  /** Pulls the cable of a machine out of the switch. */
  void pull(int machine) {
    ip("-n", hub, "link", "set", "port" + machine, "down");
  }

  /** Puts it back in. */
  void plug(int machine) {
    ip("-n", hub, "link", "set", "port" + machine, "up");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(lastResort);
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    remove();
    Built.delete(sockets);
  }

  private void build() {
    ip("netns", "add", hub);
    ip("-n", hub, "link", "add", "bridge", "type", "bridge");
    ip("-n", hub, "link", "set", "bridge", "up");
    for (int i = 0; i < size; i++) {
      String machine = name + i;
      String port = "port" + i;
      ip("netns", "add", machine);
      ip("-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", machine);
      ip("-n", hub, "link", "set", port, "master", "bridge", "up");
      ip("-n", machine, "addr", "add", address(i) + "/24", "dev", "eth0");
      ip("-n", machine, "link", "set", "eth0", "up");
      ip("-n", machine, "link", "set", "lo", "up");
    }
  }

  private void remove() {
    for (int i = 0; i < size; i++) {
      run("netns", "del", name + i);
    }
    run("netns", "del", hub);
  }

  private static String classes() {
    return Path.of(Pump.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  private static void ip(String... arguments) {
    String said = run(arguments);
    if (!said.isEmpty()) {
      throw new AssertionError(
          "This test needs network namespaces: root, and from Debian iproute2. ip "
              + String.join(" ", arguments)
              + ": "
              + said);
    }
  }

  /** Returns what it says, which is nothing when it is done. */
  private static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
