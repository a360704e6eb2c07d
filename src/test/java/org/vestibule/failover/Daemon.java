package org.vestibule.failover;

/** A thread that keeps no virtual machine from ending. */
final class Daemon {

  private Daemon() {}

  static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
