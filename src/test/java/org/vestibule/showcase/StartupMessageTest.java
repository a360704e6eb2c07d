package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class StartupMessageTest {

  @Test
  void it_says_where_the_showcase_is_and_who_can_sign_in() {
    assertThat(StartupMessage.message(config(Map.of()), "/vestibule"))
        .isEqualTo("Open http://localhost:9080/vestibule/ and sign in as alice (password alice)");
  }

  @Test
  void it_follows_the_port() {
    assertThat(StartupMessage.message(config(Map.of("http.port", "19080")), "/vestibule"))
        .startsWith("Open http://localhost:19080/vestibule/ and");
  }

  @Test
  void an_issuer_of_ones_own_does_not_know_alice() {
    assertThat(
            StartupMessage.message(
                config(Map.of("oauth.issuer", "https://server.example.com")), "/vestibule"))
        .isEqualTo("Open http://localhost:9080/vestibule/");
  }

  private static Config config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder().withDefaultValues(settings).build();
  }
}
