package org.vestibule.failover;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawBrowser;

/** One server of a {@link Cluster}. It keeps its name and its ports when it is started again. */
final class Node {

  private static final int OK = 200;

  private final String name;
  private final int port;
  private final Path log;
  private final List<String> machine;
  private final Launch launch;
  private @Nullable ServerProcess process;

  /**
   * @param log gets what it prints
   * @param machine what a command begins with that runs there; nothing for this one
   */
  Node(String name, int port, Path log, List<String> machine, Launch launch) {
    this.machine = List.copyOf(machine);
    this.name = name;
    this.port = port;
    this.log = log;
    this.launch = launch;
  }

  int port() {
    return port;
  }

  /** Starts it; see {@link #awaitService}. */
  void start(Map<String, String> environment) {
    List<String> words = new ArrayList<>(machine);
    words.addAll(launch.command());
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().keySet().removeIf(key -> key.matches("(OAUTH|DATABASE|WLP|LOG)_.*"));
    command.environment().putAll(environment);
    command.environment().putAll(launch.environment());
    process = ServerProcess.start(command, log);
  }

  /** Returns when it serves the application. */
  void awaitService() {
    running().await(name + " serves the application", () -> isRefused() || serves());
    if (isRefused()) {
      throw new AssertionError(name + " did not start the application: see its log");
    }
  }

  /** {@code kill -9}. */
  void kill() {
    running().kill();
    process = null;
  }

  /** As an administrator stops it: applications end before what they need. */
  void stop() {
    if (!launch.stop().isEmpty()) {
      ProcessBuilder command = new ProcessBuilder(launch.stop());
      command.environment().putAll(launch.environment());
      command.environment().remove("JVM_ARGS");
      try (ServerProcess stop = ServerProcess.start(command)) {
        stop.await(name + " is stopped", () -> stop.hasSaid("Server " + name + " stopped"));
      }
    }
    running().close();
    process = null;
  }

  boolean isRunning() {
    return process != null;
  }

  /** The processor time that it has used. */
  Duration processorTime() {
    return running().processorTime();
  }

  /** The bytes of the heap that are in use after a collection. */
  long liveHeap() {
    return running().family().stream()
        .filter(member -> member.info().command().orElse("").endsWith("java"))
        .mapToLong(member -> LiveHeap.of(member.pid()))
        .sum();
  }

  /** How many lines with that text it has printed. */
  long count(String text) {
    return running().console().stream().filter(line -> line.contains(text)).count();
  }

  /** Waits until it is so. */
  void await(String what, BooleanSupplier condition) {
    running().await(what, condition);
  }

  private boolean isRefused() {
    return launch.refusals().stream().anyMatch(text -> count(text) > 0);
  }

  private boolean serves() {
    try {
      String url = "http://localhost:" + port + Cluster.CONTEXT + "/oauth/session";
      return new RawBrowser().get(url).status() == OK;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return process;
  }
}
