package org.vestibule.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.AuthorizationServer;

/**
 * Some servers with the same application, what they keep sessions in, and a balancer in front of
 * them; their directory below {@code target/cluster} is left behind for whoever wonders.
 */
final class Cluster implements AutoCloseable {

  static final String CONTEXT = "/vestibule";
  static final String CLIENT_ID = "s6BhdRkqt3";
  static final String CLIENT_SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";

  private final Balancer balancer = Balancer.start();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  private final Engine engine;
  private final List<Relay> cables = new ArrayList<>();

  private Cluster(Engine engine) {
    this.engine = engine;
  }

  /**
   * Starts it and waits until all serve.
   *
   * @param more settings in the environment of every node
   */
  static Cluster start(
      Engine engine,
      String name,
      int size,
      AuthorizationServer provider,
      Map<String, String> more) {
    Path directory = Built.path("cluster.home").resolve("it").resolve(name);
    Cluster cluster = new Cluster(engine);
    cluster.environment.put("OAUTH_ISSUER", provider.issuer());
    cluster.environment.put("OAUTH_CLIENT_ID", CLIENT_ID);
    cluster.environment.put("OAUTH_CLIENT_SECRET", CLIENT_SECRET);
    cluster.environment.put("OAUTH_PUBLIC_URL", cluster.origin());
    cluster.environment.putAll(more);
    cluster.install(directory, size);
    try {
      cluster.nodes.forEach(node -> node.start(cluster.environment));
      cluster.nodes.forEach(Node::awaitService);
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    cluster.spread();
    return cluster;
  }

  /** The URL of a path of the application, by way of the balancer. */
  String url(String path) {
    return origin() + CONTEXT + path;
  }

  Balancer balancer() {
    return balancer;
  }

  Node node(int number) {
    return nodes.get(number);
  }

  /** From now on requests go to this node only. */
  void only(int number) {
    balancer.use(List.of(node(number).port()));
  }

  /** From now on requests go to all nodes in turn. */
  void spread() {
    balancer.use(nodes.stream().map(Node::port).toList());
  }

  /** Starts a node again and waits until it serves and has its share of the sessions. */
  void restart(int number) {
    String settled = engine.settled();
    List<Node> others = nodes.stream().filter(Node::isRunning).toList();
    long before = others.stream().mapToLong(other -> other.count(settled)).sum();
    node(number).start(environment);
    node(number).awaitService();
    if (!settled.isEmpty() && !others.isEmpty()) {
      node(number)
          .await(
              "the node has its share",
              () -> others.stream().mapToLong(other -> other.count(settled)).sum() > before);
    }
  }

  /** What nodes that start from now on find in their environment. */
  void set(String key, String value) {
    environment.put(key, value);
  }

  /** From now on no member reaches another one. */
  void part() {
    cables.forEach(Relay::cut);
  }

  /** From now on members reach each other again. */
  void heal() {
    cables.forEach(Relay::heal);
  }

  @Override
  public void close() {
    nodes.stream().filter(Node::isRunning).forEach(Node::kill);
    cables.forEach(Relay::close);
    balancer.close();
  }

  private String origin() {
    return "http://localhost:" + balancer.port();
  }

  private void install(Path directory, int size) {
    Built.delete(directory);
    List<Integer> ports =
        IntStream.range(0, size).map(i -> ServerProcess.freePort()).boxed().toList();
    try {
      Path shared = Files.createDirectories(directory.resolve("shared"));
      Path setUp = Built.setUp().resolve(engine.directory());
      Path config = Files.createDirectories(shared.resolve("config"));
      copyIfThere(setUp.resolve("jvm.options"), shared.resolve("jvm.options"));
      copyIfThere(
          setUp.resolve(engine.directory() + ".xml"), config.resolve(engine.directory() + ".xml"));
      List<Integer> reached = engine == Engine.HAZELCAST ? cabled(config, ports) : ports;
      Files.createDirectories(shared.resolve("resources"));
      Files.createSymbolicLink(
          shared.resolve("resources").resolve(engine.directory()),
          Built.path("cluster.home").resolve(engine.directory()));
      for (int i = 0; i < size; i++) {
        String name = "node" + (i + 1);
        installNode(directory.resolve("servers").resolve(name), setUp);
        nodes.add(
            new Node(name, ServerProcess.freePort(), directory, arguments(ports, reached, i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void installNode(Path server, Path setUp) throws IOException {
    Path defaults = Files.createDirectories(server.resolve("configDropins/defaults"));
    Files.copy(Built.setUp().resolve("node.xml"), server.resolve("server.xml"));
    Files.copy(setUp.resolve("sessions.xml"), defaults.resolve("sessions.xml"));
    Built.application(Files.createDirectories(server.resolve("apps")).resolve("vestibule.war"));
  }

  /** By way of cables that can be pulled: each member is known by the port of its cable. */
  private List<Integer> cabled(Path config, List<Integer> ports) throws IOException {
    ports.forEach(port -> cables.add(Relay.to(port)));
    Path file = config.resolve("hazelcast.xml");
    String known = "<network><public-address>127.0.0.1:${cluster.public}</public-address>";
    Files.writeString(file, Files.readString(file).replace("<network>", known));
    return cables.stream().map(Relay::port).toList();
  }

  /** With little time spent on compiling: the servers of these tests do not live long. */
  private String arguments(List<Integer> ports, List<Integer> reached, int number) {
    String compiler = environment.getOrDefault("COMPILER", "-XX:TieredStopAtLevel=1");
    return String.join(
        " ",
        "-Xmx384m -XX:+UseSerialGC",
        compiler,
        "-Dcluster.name=vestibule -Dcluster.address=127.0.0.1",
        "-Dcluster.port=" + ports.get(number),
        "-Dcluster.public=" + reached.get(number),
        "-Dcluster.members=" + engine.members(reached));
  }

  private static void copyIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
