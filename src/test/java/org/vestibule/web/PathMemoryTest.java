package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathMemoryTest {

  private static boolean isKept(Map<String, String> properties) {
    return PathMemory.isKept(properties::get);
  }

  @Test
  void liberty_remembers_paths_unless_it_is_told_to_remember_none() {
    assertThat(isKept(Map.of("wlp.install.dir", "/opt/wlp/"))).isTrue();
    assertThat(isKept(Map.of("wlp.install.dir", "/opt/wlp/", "invocationCacheSize", "50")))
        .isTrue();
    assertThat(isKept(Map.of("wlp.install.dir", "/opt/wlp/", "invocationCacheSize", "0")))
        .isFalse();
  }

  @Test
  void other_servers_do_not() {
    assertThat(isKept(Map.of())).isFalse();
  }
}
