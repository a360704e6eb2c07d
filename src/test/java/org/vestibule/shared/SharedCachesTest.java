package org.vestibule.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes of one Hazelcast cluster. */
class SharedCachesTest extends SharedMapContract {

  private static final Duration SHORT = Duration.ofMillis(1_500);

  private static CacheManager first;
  private static CacheManager second;
  private static SharedState node;
  private static SharedMap one;
  private static SharedMap other;
  private static SharedMap oneShort;
  private static SharedMap otherShort;

  @BeforeAll
  static void start() throws IOException {
    int port = freePort();
    int otherPort = freePort();
    first = manager("one", port, otherPort);
    second = manager("other", otherPort, port);
    node = new SharedCaches("one", () -> first);
    SharedState otherNode = new SharedCaches("other", () -> second);
    one = node.map("map", Duration.ofMinutes(5));
    other = otherNode.map("map", Duration.ofMinutes(5));
    oneShort = node.map("short", SHORT);
    otherShort = otherNode.map("short", SHORT);
  }

  @AfterAll
  static void stop() {
    Hazelcast.shutdownAll();
  }

  private static CacheManager manager(String name, int port, int otherPort) {
    HazelcastInstance member =
        Hazelcast.newHazelcastInstance(Config.loadFromString(configuration(name, port, otherPort)));
    return new HazelcastMemberCachingProvider()
        .getCacheManager(null, null, HazelcastCachingProvider.propertiesByInstanceItself(member));
  }

  private static ClassLoader loader() {
    return SharedCachesTest.class.getClassLoader();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String configuration(String name, int port, int otherPort) {
    return """
        <hazelcast xmlns="http://www.hazelcast.com/schema/config">
          <cluster-name>test-%d</cluster-name>
          <instance-name>%s-%d</instance-name>
          <properties>
            <property name="hazelcast.phone.home.enabled">false</property>
            <property name="hazelcast.logging.type">none</property>
            <property name="hazelcast.shutdownhook.enabled">false</property>
          </properties>
          <network>
            <port auto-increment="false">%d</port>
            <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
            <join>
              <auto-detection enabled="false"/>
              <multicast enabled="false"/>
              <tcp-ip enabled="true">
                <member>127.0.0.1:%d</member>
                <member>127.0.0.1:%d</member>
              </tcp-ip>
            </join>
          </network>
        </hazelcast>
        """
        .formatted(Math.min(port, otherPort), name, port, port, port, otherPort);
  }

  @Override
  SharedMap one() {
    return one;
  }

  @Override
  SharedMap other() {
    return other;
  }

  @Override
  SharedMap oneOfShortLife() {
    return oneShort;
  }

  @Override
  SharedMap otherOfShortLife() {
    return otherShort;
  }

  /** What is put last is forgotten last. */
  @Override
  void letTheLifetimePass() {
    oneShort.put("last", "value");
    while (otherShort.get("last") != null) {
      Thread.onSpinWait();
    }
  }

  @Override
  void letALittleTimePass() {
    Thread.onSpinWait();
  }

  /** Two applications on one server, or one that was deployed anew. */
  @Test
  void a_cache_that_is_there_already_is_taken() {
    one.put("kept", "value");

    assertThat(node.map("map", Duration.ofMinutes(5)).get("kept")).isEqualTo("value");
  }

  @Test
  void the_caches_have_names_that_an_engine_can_be_set_up_for() {
    one.put("named", "value");

    assertThat(second.getCache("org.vestibule.map", String.class, String.class)).isNotNull();
  }

  @Test
  void a_jndi_name_that_nobody_knows_is_named() {
    SharedMap map = SharedCaches.named("java:comp/env/none", loader()).map("map", SHORT);

    assertThatThrownBy(() -> map.get("key"))
        .isInstanceOf(SharedStateException.class)
        .hasMessageContaining("java:comp/env/none");
  }

  @Test
  void a_configuration_that_is_not_there_is_named() {
    String nowhere = "file:///nowhere.xml";
    SharedMap map = SharedCaches.named(nowhere, loader()).map("map", SHORT);

    assertThatThrownBy(() -> map.put("key", "value"))
        .isInstanceOf(SharedStateException.class)
        .hasMessageContaining(nowhere);
  }

  /** Most servers have no JCache: it must be possible to load the class there. */
  @Test
  void where_there_is_no_jcache_it_is_said_when_it_is_used() throws Exception {
    try (WithoutJcache without = new WithoutJcache()) {
      Object map =
          without
              .loadClass(SharedState.class.getName())
              .getMethod("map", String.class, Duration.class)
              .invoke(without.cluster("file:///engine.xml"), "map", SHORT);

      assertThatThrownBy(
              () ->
                  without
                      .loadClass(SharedMap.class.getName())
                      .getMethod("get", String.class)
                      .invoke(map, "key"))
          .cause()
          .hasToString(
              "org.vestibule.shared.SharedStateException: without JCache there is no manager"
                  + " file:///engine.xml: java.lang.NoClassDefFoundError")
          .hasCauseInstanceOf(NoClassDefFoundError.class);
    }
  }
}
