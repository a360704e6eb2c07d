package org.vestibule.failover;

import java.util.Locale;

/** What sessions are kept in; for Open Liberty a directory of {@code liberty/cluster}. */
enum Engine {
  /** Members share entries anew some time after one has joined, and say so. */
  HAZELCAST("Hazelcast", "%s:%d", "All migration tasks have been completed"),
  /** A member does not serve before it has all entries. */
  INFINISPAN("Infinispan", "%s[%d]", ""),
  POSTGRESQL("PostgreSQL", "", ""),
  /** Hazelcast, as Payara has it inside. */
  PAYARA("Payara's data grid", "%s:%d", "All migration tasks have been completed");

  private final String title;
  private final String member;
  private final String settled;

  Engine(String title, String member, String settled) {
    this.title = title;
    this.member = member;
    this.settled = settled;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  String directory() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What one of the other nodes prints when one that has come has its share of the entries. */
  String settled() {
    return settled;
  }

  /** A member, as the engine's configuration has it. */
  String member(String address, int port) {
    return member.formatted(address, port);
  }
}
