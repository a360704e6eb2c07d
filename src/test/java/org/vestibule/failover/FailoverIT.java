package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vestibule.testing.Endpoint;

/** Open Liberty and Hazelcast. */
class FailoverIT extends Failover {

  FailoverIT() {
    super(Engine.HAZELCAST, "failover");
  }

  /** All classes are others then, also those that sessions are made of. */
  @Test
  void an_application_that_gives_way_to_its_next_version_in_a_running_server_loses_nobody() {
    User alice = new User(cluster(), "alice");
    assertThat(alice.signIn().body()).startsWith("alice ");
    cluster().only(0);
    assertThat(alice.get("/news").status()).isEqualTo(404);
    String token = alice.get("/token").body().split(" ")[2];
    assertThat(alice.get("/work?begin=here").body()).isEqualTo("begun");
    cluster().only(1);
    assertThat(alice.get("/work?begin=there").body()).isEqualTo("begun");
    provider().forgetRequests();

    cluster().update(0);

    assertThat(alice.get("/work?ask=there").body()).isEqualTo(token);
    cluster().only(0);
    assertThat(alice.get("/news").body()).isEqualTo("news for alice");
    assertThat(alice.get("/token").body()).endsWith(" " + token);
    assertThat(provider().requests(Endpoint.AUTHORIZATION)).isEmpty();
    assertThat(provider().requests(Endpoint.TOKEN)).isEmpty();
  }
}
