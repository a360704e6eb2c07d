package org.vestibule.failover;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each node on a machine of its own, and the network between them. */
class HazelcastPartitionIT extends UnderLoad {

  private static final String BOTH = "Members {size:2,";
  private static final String ALONE = "Members {size:1,";
  private static final Duration PARTED = Duration.ofSeconds(30);

  HazelcastPartitionIT() {
    super(Engine.HAZELCAST, "parted-hazelcast", 2, null, Network.of(2));
  }

  /** Nobody can say then which of two tokens is the newer one, so visitors stay with a node. */
  @Test
  void the_nodes_lose_each_other_and_find_each_other_again() {
    cluster().balancer().sticky(true);
    Node one = cluster().node(0);
    Node other = cluster().node(1);
    during(
        "the network between the nodes is cut, and heals; sticky sessions",
        () -> {
          long alone = one.count(ALONE);
          long otherAlone = other.count(ALONE);
          long before = one.count(BOTH) + other.count(BOTH);
          network().pull(0);
          one.await("it is alone", () -> one.count(ALONE) > alone);
          other.await("it is alone as well", () -> other.count(ALONE) > otherAlone);
          pass(PARTED);
          network().plug(0);
          one.await("they are together again", () -> one.count(BOTH) + other.count(BOTH) > before);
        });
  }
}
