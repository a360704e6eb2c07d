package org.vestibule.container.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import fish.payara.micro.PayaraMicro;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** The server process. It ends with this one, since its input does. */
final class MicroProcess implements AutoCloseable {

  private static final String CRASHED = "the server has ended; see its log";

  private final Process process;
  private final BufferedReader answers;

  private MicroProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
  }

  /** Returns as soon as the server can be deployed to. */
  static MicroProcess start(MicroConfiguration configuration) throws LifecycleException {
    try {
      Path folder = Files.createDirectories(Path.of(configuration.folder()));
      MicroProcess started =
          new MicroProcess(
              new ProcessBuilder(command(configuration, folder))
                  .directory(folder.toFile())
                  .redirectError(folder.resolve("server.log").toFile())
                  .start());
      String answer = started.answer();
      if (!answer.equals(MicroHost.DONE)) {
        throw new LifecycleException(answer);
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(MicroConfiguration configuration, Path folder)
      throws IOException {
    File server = fileOf(PayaraMicro.class);
    // In a jar of its own: applications would see whatever else is on the class path of the server.
    File host = folder.resolve("host.jar").toFile();
    ShrinkWrap.create(JavaArchive.class)
        .addClass(MicroHost.class)
        .as(ZipExporter.class)
        .exportTo(host, true);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(configuration.jvmOptions());
    command.addAll(openings(server));
    command.addAll(List.of("-cp", server + File.pathSeparator + host, MicroHost.class.getName()));
    command.addAll(List.of("--port", Integer.toString(configuration.httpPort())));
    command.addAll(List.of("--prebootcommandfile", configuration.commandFile()));
    command.addAll(List.of("--rootdir", folder.resolve("root").toString()));
    command.addAll(List.of("--nocluster", "--disablephonehome"));
    return command;
  }

  /** What the manifest opens to {@code java -jar}, as options. */
  private static List<String> openings(File server) throws IOException {
    try (JarFile jar = new JarFile(server)) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      return Stream.of("Add-Exports", "Add-Opens")
          .flatMap(
              name ->
                  Arrays.stream(manifest.getValue(name).split(" "))
                      .map(place -> "--%s=%s=ALL-UNNAMED".formatted(option(name), place)))
          .toList();
    }
  }

  private static String option(String attribute) {
    return attribute.equals("Add-Opens") ? "add-opens" : "add-exports";
  }

  private static File fileOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives an order, and says what the answer is. */
  synchronized String order(String line) {
    try {
      process.outputWriter(UTF_8).append(line).append('\n').flush();
      return answer();
    } catch (IOException e) {
      return CRASHED;
    }
  }

  private String answer() throws IOException {
    String answer = answers.readLine();
    return answer == null ? CRASHED : answer;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
