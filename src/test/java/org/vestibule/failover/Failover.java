package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;

/** Two nodes: the shortest proof that one of them is enough. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Failover {

  private static final int USERS = 20;

  private final AuthorizationServer provider =
      AuthorizationServer.start(
          options -> options.interactive().client(Cluster.CLIENT_ID, Cluster.CLIENT_SECRET));
  private final Cluster cluster;

  /**
   * @param name of a directory for what the nodes leave behind
   */
  Failover(Engine engine, String name) {
    this.cluster = Cluster.start(engine, name, 2, provider, Map.of());
  }

  Cluster cluster() {
    return cluster;
  }

  AuthorizationServer provider() {
    return provider;
  }

  @AfterAll
  void stop() {
    cluster.close();
    provider.close();
  }

  @BeforeEach
  void both_nodes_serve() {
    cluster.spread();
    provider.forgetRequests();
  }

  @Test
  void a_login_that_was_begun_on_one_node_is_finished_on_the_other() {
    User alice = new User(cluster, "alice");
    cluster.only(0);
    RawResponse form = alice.challenge();

    cluster.only(1);
    RawResponse page = alice.browser().followAll(alice.consent(form));

    assertThat(page.body()).isEqualTo("alice " + cluster.node(1).port());
  }

  @Test
  void a_session_that_was_made_on_one_node_is_used_on_the_other() {
    User alice = new User(cluster, "alice");
    cluster.only(0);
    assertThat(alice.signIn().body()).isEqualTo("alice " + cluster.node(0).port());

    cluster.only(1);

    assertThat(alice.get("/page").body()).isEqualTo("alice " + cluster.node(1).port());
  }

  @Test
  void nobody_signs_in_again_when_a_node_is_killed_and_another_one_later() {
    List<User> users =
        IntStream.range(0, USERS).mapToObj(i -> new User(cluster, "user" + i)).toList();
    users.forEach(user -> assertThat(user.signIn().body()).startsWith(user.name() + " "));
    provider.forgetRequests();

    cluster.node(0).kill();
    assertThat(users).allSatisfy(user -> assertAnswered(user, 1));
    cluster.restart(0);
    cluster.node(1).kill();
    assertThat(users).allSatisfy(user -> assertAnswered(user, 0));
    cluster.restart(1);

    assertThat(provider.requests(Endpoint.AUTHORIZATION)).isEmpty();
  }

  private void assertAnswered(User user, int node) {
    assertThat(user.get("/page").body()).isEqualTo(user.name() + " " + cluster.node(node).port());
  }
}
