package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, whose console is read along. It ends when it is closed, and at
 * the latest with this virtual machine.
 */
public final class ServerProcess implements AutoCloseable {

  /** Much more than it takes, for machines that are busy with other things. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration FAREWELL = Duration.ofSeconds(30);

  /** How often a condition is looked at that no line on the console announces. */
  private static final long GLANCE_MILLIS = 100;

  /** How many lines of the console a failure quotes. */
  private static final int TAIL = 60;

  private final Process process;
  private final @Nullable Path log;
  private final List<String> console = new ArrayList<>();
  private final Thread lastResort = new Thread(this::end);

  private ServerProcess(Process process, @Nullable Path log) {
    this.process = process;
    this.log = log;
  }

  /** A port that nobody listens on, at the moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it with the Java that runs the tests. */
  public static ServerProcess start(ProcessBuilder builder) {
    return start(builder, null);
  }

  /**
   * Starts it with the Java that runs the tests.
   *
   * @param log a file that gets whatever it prints
   */
  public static ServerProcess start(ProcessBuilder builder, @Nullable Path log) {
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      ServerProcess started = new ServerProcess(builder.redirectErrorStream(true).start(), log);
      Runtime.getRuntime().addShutdownHook(started.lastResort);
      Thread reader = new Thread(started::read, "console of " + builder.command().get(0));
      reader.setDaemon(true);
      reader.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has printed so far. */
  public List<String> console() {
    synchronized (console) {
      return List.copyOf(console);
    }
  }

  /** Whether a line with that text has been printed. */
  public boolean hasSaid(String text) {
    return console().stream().anyMatch(line -> line.contains(text));
  }

  /**
   * Waits until it is so.
   *
   * @param what for the message of the failure
   * @throws AssertionError if the server ends before, or does not get there
   */
  public void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(
            "not reached: " + what + ". The end of the console:\n" + lastLines());
      }
      waitForLine();
    }
  }

  /** Ends it and whatever it has started. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(lastResort);
    end();
  }

  /** Itself and whatever it has started. */
  public List<ProcessHandle> family() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  /** The processor time that all of them have used. */
  public Duration processorTime() {
    return family().stream()
        .flatMap(member -> member.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Ends it and whatever it has started in the middle of whatever they do. */
  public void kill() {
    Runtime.getRuntime().removeShutdownHook(lastResort);
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> member.onExit().join());
  }

  private String lastLines() {
    List<String> lines = console();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  private void waitForLine() {
    synchronized (console) {
      try {
        console.wait(GLANCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8);
        PrintWriter copy = new PrintWriter(copy(), true, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.println(line);
        synchronized (console) {
          console.add(line);
          console.notifyAll();
        }
      }
    } catch (IOException e) {
      // The process has ended in the middle of a line.
    }
  }

  private OutputStream copy() throws IOException {
    if (log == null) {
      return OutputStream.nullOutputStream();
    }
    Files.createDirectories(log.getParent());
    return Files.newOutputStream(log);
  }

  private void end() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroy);
    try {
      for (ProcessHandle member : family) {
        member.onExit().get(FAREWELL.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      family.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
