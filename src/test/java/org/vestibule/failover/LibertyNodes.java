package org.vestibule.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Open Liberty, as {@code liberty/cluster} sets it up. */
final class LibertyNodes implements Installation {

  private final Path directory;
  private final Engine engine;

  private LibertyNodes(Path directory, Engine engine) {
    this.directory = directory;
    this.engine = engine;
  }

  /** Puts there what the nodes share. */
  static LibertyNodes in(Path directory, Engine engine) throws IOException {
    LibertyNodes nodes = new LibertyNodes(directory, engine);
    Path shared = Files.createDirectories(directory.resolve("shared"));
    Path config = Files.createDirectories(shared.resolve("config"));
    String name = engine.directory();
    copyIfThere(nodes.setUp("jvm.options"), shared.resolve("jvm.options"));
    copyIfThere(nodes.setUp(name + ".xml"), config.resolve(name + ".xml"));
    Files.createDirectories(shared.resolve("resources"));
    Files.createSymbolicLink(
        shared.resolve("resources").resolve(name), Built.path("cluster.home").resolve(name));
    return nodes;
  }

  @Override
  public Launch add(int number, int port, Members members, String compiler) throws IOException {
    Path defaults = Files.createDirectories(server(number).resolve("configDropins/defaults"));
    Files.copy(Built.setUp().resolve("node.xml"), server(number).resolve("server.xml"));
    Files.copy(setUp("sessions.xml"), defaults.resolve("sessions.xml"));
    Files.createDirectories(server(number).resolve("apps"));
    Built.application(war(number));
    return new Launch(
        List.of(Built.wlp("server"), "run", name(number)),
        List.of(Built.wlp("server"), "stop", name(number)),
        Map.of(
            "WLP_USER_DIR",
            directory.toString(),
            "HTTP_PORT",
            Integer.toString(port),
            "JVM_ARGS",
            arguments(number, members, compiler)),
        List.of("CWWKZ0012I", "CWWKZ0002E"));
  }

  @Override
  public Path war(int number) {
    return server(number).resolve("apps/vestibule.war");
  }

  private String arguments(int number, Members members, String compiler) {
    return String.join(
        " ",
        "-Xmx640m -XX:+UseSerialGC",
        compiler,
        "-Dcluster.name=vestibule",
        "-Dcluster.address=" + members.addresses().get(number),
        "-Dcluster.port=" + members.ports().get(number),
        "-Dcluster.members=" + members.all(engine),
        "-Dcluster.protected=" + (members.size() > 2),
        "-Dcluster.majority=" + Math.max(2, members.size() / 2 + 1));
  }

  private Path setUp(String file) {
    return Built.setUp().resolve(engine.directory()).resolve(file);
  }

  private Path server(int number) {
    return directory.resolve("servers").resolve(name(number));
  }

  private static String name(int number) {
    return "node" + (number + 1);
  }

  private static void copyIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
