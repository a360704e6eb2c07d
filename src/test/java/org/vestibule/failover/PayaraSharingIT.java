package org.vestibule.failover;

class PayaraSharingIT extends Sharing {

  PayaraSharingIT() {
    super(Engine.PAYARA, null);
  }
}
