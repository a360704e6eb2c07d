package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;

/** Two nodes and Hazelcast: the shortest proof that one of them is enough. */
@Tag("cluster")
class FailoverIT {

  private static final int USERS = 20;

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(
          options -> options.interactive().client(Cluster.CLIENT_ID, Cluster.CLIENT_SECRET));

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(Engine.HAZELCAST, "failover", 2, PROVIDER, Map.of());
  }

  @AfterAll
  static void stop() {
    cluster.close();
    PROVIDER.close();
  }

  @BeforeEach
  void both_nodes_serve() {
    cluster.spread();
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
    PROVIDER.forgetRequests();

    cluster.node(0).kill();
    assertThat(users).allSatisfy(user -> assertAnswered(user, 1));
    cluster.restart(0);
    cluster.node(1).kill();
    assertThat(users).allSatisfy(user -> assertAnswered(user, 0));
    cluster.restart(1);

    assertThat(PROVIDER.requests(Endpoint.AUTHORIZATION)).isEmpty();
  }

  private static void assertAnswered(User user, int node) {
    assertThat(user.get("/page").body()).isEqualTo(user.name() + " " + cluster.node(node).port());
  }
}
