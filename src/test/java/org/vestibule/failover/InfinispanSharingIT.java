package org.vestibule.failover;

class InfinispanSharingIT extends Sharing {

  InfinispanSharingIT() {
    super(Engine.INFINISPAN, null);
  }
}
