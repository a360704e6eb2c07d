package org.vestibule.failover;

/** Payara Micro and its data grid. */
class PayaraFailoverIT extends Failover {

  PayaraFailoverIT() {
    super(Engine.PAYARA, "failover-payara");
  }
}
