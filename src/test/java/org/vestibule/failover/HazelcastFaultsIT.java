package org.vestibule.failover;

class HazelcastFaultsIT extends Faults {

  HazelcastFaultsIT() {
    super(Engine.HAZELCAST, null);
  }
}
