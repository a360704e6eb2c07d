package org.vestibule.failover;

class HazelcastSharingIT extends Sharing {

  HazelcastSharingIT() {
    super(Engine.HAZELCAST, null);
  }
}
