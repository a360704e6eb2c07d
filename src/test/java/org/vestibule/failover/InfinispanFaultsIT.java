package org.vestibule.failover;

class InfinispanFaultsIT extends Faults {

  InfinispanFaultsIT() {
    super(Engine.INFINISPAN, null);
  }
}
