package org.vestibule.failover;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Payara Micro with its data grid, as {@code liberty/cluster/run payara} starts it. */
final class PayaraNodes implements Installation {

  private static final String LOOPBACK_ONLY =
      "set configs.config.server-config.network-config.network-listeners.network-listener"
          + ".http-listener.address=127.0.0.1\n";

  private final Path directory;

  private PayaraNodes(Path directory) {
    this.directory = directory;
  }

  /** Puts there what the nodes share. */
  static PayaraNodes in(Path directory) throws IOException {
    PayaraNodes nodes = new PayaraNodes(directory);
    Files.createDirectories(directory);
    Files.writeString(nodes.preboot(), LOOPBACK_ONLY);
    Files.writeString(nodes.logging(), talkative());
    return nodes;
  }

  @Override
  public Launch add(int number, int port, Members members, String compiler) throws IOException {
    Path temporary = Files.createDirectories(node(number).resolve("tmp"));
    Built.application(war(number));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx640m",
            "-XX:+UseSerialGC",
            compiler,
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            micro().toString(),
            "--disablephonehome",
            "--prebootcommandfile",
            preboot().toString(),
            "--logproperties",
            logging().toString(),
            "--port",
            Integer.toString(port),
            "--name",
            "node" + (number + 1),
            "--clustername",
            "vestibule",
            "--startport",
            Integer.toString(members.ports().get(number)),
            "--interfaces",
            members.addresses().get(number),
            "--clustermode",
            "tcpip:" + members.all(Engine.PAYARA),
            "--nohostaware",
            "--contextroot",
            "vestibule",
            "--deploy",
            war(number).toString());
    return new Launch(
        command,
        List.of(),
        Map.of("OAUTH_CLUSTER_CACHE", "payara/CacheManager"),
        List.of("Exception while loading the app", "Failed to deploy"));
  }

  @Override
  public Path war(int number) {
    return node(number).resolve("vestibule.war");
  }

  /** It says nothing of its data grid otherwise, and so not when a node has its share of it. */
  private static String talkative() throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(micro())) {
      return Files.readString(jar.getPath("MICRO-INF/domain/logging.properties"), ISO_8859_1)
          + "\ncom.hazelcast.level=INFO\n";
    }
  }

  private static Path micro() {
    return Built.path("cluster.home").resolve("payara/payara-micro.jar");
  }

  private Path preboot() {
    return directory.resolve("preboot");
  }

  private Path logging() {
    return directory.resolve("logging.properties");
  }

  private Path node(int number) {
    return directory.resolve("node" + (number + 1));
  }
}
