package org.vestibule.failover;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HazelcastFaultsIT extends Faults {

  private static final String BOTH = "Members {size:2,";
  private static final String ALONE = "Members {size:1,";

  private static final Duration PARTED = Duration.ofSeconds(30);

  HazelcastFaultsIT() {
    super(Engine.HAZELCAST, null);
  }

  /** Nobody can say then which of two tokens is the newer one, so visitors stay with a node. */
  @Test
  void the_nodes_lose_each_other_and_find_each_other_again() {
    cluster().balancer().sticky(true);
    long alone = cluster().node(0).count(ALONE);
    long before = cluster().node(0).count(BOTH) + cluster().node(1).count(BOTH);
    during(
        "the nodes lose each other and find each other again, sticky sessions",
        () -> {
          cluster().part();
          cluster().node(0).await("it is alone", () -> cluster().node(0).count(ALONE) > alone);
          pass(PARTED);
          cluster().heal();
          cluster()
              .node(0)
              .await(
                  "they are together again",
                  () -> cluster().node(0).count(BOTH) + cluster().node(1).count(BOTH) > before);
        });
    cluster().balancer().sticky(false);
  }
}
