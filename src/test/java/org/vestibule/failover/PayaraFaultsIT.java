package org.vestibule.failover;

class PayaraFaultsIT extends Faults {

  PayaraFaultsIT() {
    super(Engine.PAYARA, null);
  }
}
