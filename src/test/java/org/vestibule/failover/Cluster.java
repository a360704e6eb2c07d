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
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

  /** What Open Liberty prints when it has put an application in the place of another one. */
  private static final String UPDATED = "CWWKZ0003I";

  private final Balancer balancer = Balancer.start();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  private final Engine engine;
  private final AuthorizationServer provider;
  private final @Nullable Network network;
  private @Nullable Installation installation;

  private Cluster(Engine engine, AuthorizationServer provider, @Nullable Network network) {
    this.engine = engine;
    this.provider = provider;
    this.network = network;
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
    return start(engine, name, size, provider, more, null);
  }

  /**
   * Starts it with a machine for each node.
   *
   * @param network closed with it; null for one machine
   */
  static Cluster start(
      Engine engine,
      String name,
      int size,
      AuthorizationServer provider,
      Map<String, String> more,
      @Nullable Network network) {
    Path directory = Built.path("cluster.home").resolve("it").resolve(name);
    Cluster cluster = new Cluster(engine, provider, network);
    cluster.environment.put("OAUTH_ISSUER", provider.issuer());
    cluster.environment.put("OAUTH_CLIENT_ID", CLIENT_ID);
    cluster.environment.put("OAUTH_CLIENT_SECRET", CLIENT_SECRET);
    cluster.environment.put("OAUTH_PUBLIC_URL", cluster.origin());
    cluster.environment.putAll(more);
    try {
      cluster.install(directory, size);
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

  /** Puts the next version of the application in the place of the one that the node serves. */
  void update(int number) {
    Node node = node(number);
    long before = node.count(UPDATED);
    Path war = Objects.requireNonNull(installation).war(number);
    Path next = war.resolveSibling("next.war.tmp");
    Built.nextApplication(next);
    try {
      Files.move(next, war, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    node.await("the application is updated", () -> node.count(UPDATED) > before);
  }

  /** What nodes that start from now on find in their environment. */
  void set(String key, String value) {
    environment.put(key, value);
  }

  @Override
  public void close() {
    nodes.stream().filter(Node::isRunning).forEach(Node::kill);
    balancer.close();
    if (network != null) {
      network.close();
    }
  }

  private String origin() {
    return "http://localhost:" + balancer.port();
  }

  private void install(Path directory, int size) {
    Built.delete(directory);
    Members members =
        new Members(IntStream.range(0, size).mapToObj(this::address).toList(), Ports.inRows(size));
    // With little time spent on compiling: the servers of these tests do not live long.
    String compiler = environment.getOrDefault("COMPILER", "-XX:TieredStopAtLevel=1");
    try {
      Installation disk = Installation.of(engine, directory);
      for (int i = 0; i < size; i++) {
        int port = ServerProcess.freePort();
        if (network != null) {
          network.connect(i, port, provider.port());
        }
        String name = "node" + (i + 1);
        Launch launch = disk.add(i, port, members, compiler);
        nodes.add(new Node(name, port, directory.resolve(name + ".log"), on(i), launch));
      }
      installation = disk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String address(int number) {
    return network == null ? "127.0.0.1" : network.address(number);
  }

  private List<String> on(int number) {
    return network == null ? List.of() : network.on(number);
  }
}
