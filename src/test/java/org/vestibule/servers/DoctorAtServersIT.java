package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.doctor.Diagnosis;
import org.vestibule.doctor.Doctor;
import org.vestibule.doctor.Finding;
import org.vestibule.doctor.Severity;
import org.vestibule.doctor.Site;
import org.vestibule.doctor.TextReport;
import org.vestibule.protocol.RandomValues;
import org.vestibule.provider.SettingsReader;
import org.vestibule.showcase.ServerProcess;

/**
 * What the doctor finds out at real servers: nothing wrong where nothing is, and a wrong secret and
 * a wrong redirection URI wherever the server tells them apart from right ones.
 */
@Tag("servers")
class DoctorAtServersIT {

  private static final String ACCEPTED = "VEST5303";
  private static final String REFUSED = "VEST2008";
  private static final String URI_ACCEPTED = "VEST5304";
  private static final String URI_REFUSED = "VEST5005";
  private static final String URI_UNPROVEN = "VEST5203";

  private static final String REQUEST_REFUSED = "VEST5006";

  private static final Set<String> OF_CLIENT = Set.of(ACCEPTED, REFUSED, "VEST5202");
  private static final Set<String> OF_URI =
      Set.of(URI_ACCEPTED, URI_REFUSED, URI_UNPROVEN, REQUEST_REFUSED);

  /** What is found of client and redirection URI as they are, and of wrong ones. */
  private record Found(
      List<String> client, List<String> uri, List<String> wrongClient, List<String> wrongUri) {}

  static Stream<Product> products() {
    return AuthorizationServersIT.products();
  }

  @ParameterizedTest
  @MethodSource("products")
  void what_is_wrong_is_told_and_what_is_right_is_not_called_wrong(Product product) {
    int port = ServerProcess.freePort();
    String origin = "http://localhost:" + port;
    try (RealServer server = product.start(origin + "/vestibule")) {
      Map<String, String> settings = server.settings();
      Map<String, String> wrong = new HashMap<>(settings);
      wrong.put("client-secret", "not-" + RealServer.CLIENT_SECRET);

      Diagnosis right = examine(settings, origin);
      Found found =
          new Found(
              numbers(right, OF_CLIENT),
              numbers(right, OF_URI),
              numbers(examine(wrong, origin), OF_CLIENT),
              numbers(examine(settings, "http://localhost:1"), OF_URI));

      assertThat(right.findings(Severity.ERROR)).as(TextReport.of(right)).isEmpty();
      assertThat(found).as(TextReport.of(right)).isEqualTo(expected(product));
    }
  }

  private static Found expected(Product product) {
    return switch (product) {
      case KEYCLOAK, OIDC_PROVIDER -> found(URI_ACCEPTED, REFUSED, URI_REFUSED);
      case SPRING_AUTHORIZATION_SERVER -> found(URI_UNPROVEN, REFUSED, REQUEST_REFUSED);
      // It knows no clients, and takes any secret.
      case MOCK_OAUTH2_SERVER -> found(URI_UNPROVEN, ACCEPTED, URI_UNPROVEN);
      case OPEN_LIBERTY, GLEWLWYD -> found(URI_ACCEPTED, REFUSED, URI_UNPROVEN);
      case DJANGO_OAUTH_TOOLKIT, LEMON_LDAP -> found(URI_UNPROVEN, REFUSED, URI_UNPROVEN);
    };
  }

  private static Found found(String uri, String wrongClient, String wrongUri) {
    return new Found(List.of(ACCEPTED), List.of(uri), List.of(wrongClient), List.of(wrongUri));
  }

  private static Diagnosis examine(Map<String, String> settings, String origin) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((key, value) -> properties.put("oauth." + key, value));
    return new Doctor(Clock.systemUTC(), new RandomValues(new SecureRandom()))
        .examine(
            SettingsReader.read(
                new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(properties, "test", 100))
                    .build(),
                DoctorAtServersIT.class.getClassLoader()),
            new Site("/vestibule", Optional.of(origin), false, false));
  }

  private static List<String> numbers(Diagnosis diagnosis, Set<String> wanted) {
    return diagnosis.findings().stream().map(Finding::code).filter(wanted::contains).toList();
  }
}
