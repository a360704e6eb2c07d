package org.vestibule.failover;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Three nodes on machines of their own, and the network between them. The one that is cut off
 * answers nobody, since the others go on without it.
 */
class HazelcastPartitionIT extends UnderLoad {

  private static final String ALL = "Members {size:3,";
  private static final String MOST = "Members {size:2,";
  private static final String ALONE = "Members {size:1,";
  private static final Duration PARTED = Duration.ofSeconds(30);

  HazelcastPartitionIT() {
    super(Engine.HAZELCAST, "parted-hazelcast", 3, null, Network.of(3));
  }

  @Test
  void a_node_loses_the_others_and_finds_them_again() {
    Node one = cluster().node(0);
    Node other = cluster().node(1);
    during(
        "the network of one of three nodes is cut and heals",
        () -> {
          long alone = one.count(ALONE);
          long most = other.count(MOST);
          long all = one.count(ALL);
          network().pull(0);
          one.await("it is alone", () -> one.count(ALONE) > alone);
          other.await("the others go on without it", () -> other.count(MOST) > most);
          pass(PARTED);
          network().plug(0);
          one.await("they are together again", () -> one.count(ALL) > all);
        });
  }
}
