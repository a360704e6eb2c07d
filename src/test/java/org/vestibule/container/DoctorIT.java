package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.provider.Json;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** The diagnosis at its address, off, for a role, and for whoever is on this machine. */
@ExtendWith(ArquillianExtension.class)
class DoctorIT {

  private static final String SETTINGS_FILE =
      Difference.CALLS_THE_SETTINGS_FILE_PROPERTIES.isHere()
          ? "Properties"
          : "[^\\n]*microprofile-config.properties[^\\n]*";

  private static final String PATH = "/oauth/doctor";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("off")
  private URL off;

  @ArquillianResource
  @OperateOnDeployment("role")
  private URL role;

  @ArquillianResource
  @OperateOnDeployment("open")
  private URL open;

  @ArquillianResource
  @OperateOnDeployment("sick")
  private URL sick;

  @Deployment(name = "off", testable = false)
  static WebArchive off() {
    return Application.at(PROVIDER).war("doctor-off");
  }

  @Deployment(name = "role", testable = false)
  static WebArchive role() {
    return Application.at(PROVIDER)
        .with("doctor", "on")
        .with("doctor-role", "operators")
        .war("doctor-role");
  }

  @Deployment(name = "open", testable = false)
  static WebArchive open() {
    return Application.at(PROVIDER).with("doctor", "loopback").war("doctor-open");
  }

  @Deployment(name = "sick", testable = false)
  static WebArchive sick() {
    return Application.at(PROVIDER)
        .with("doctor", "loopback")
        .with("client-secret", "not-the-one-that-it-knows")
        .war("doctor-sick");
  }

  @AfterEach
  void jane() {
    PROVIDER.approving(User.JANE);
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static RawResponse json(URL deployment) {
    return Visitor.of(deployment).request("GET", PATH).header("Accept", "application/json").send();
  }

  private static List<String> numbers(RawResponse json) {
    List<?> findings = (List<?>) Json.read(json.body()).get("findings");
    return findings.stream().map(finding -> (String) ((Map<?, ?>) finding).get("number")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void off_is_like_an_address_at_which_there_is_nothing(String method) {
    RawResponse answer = Visitor.of(off).request(method, PATH).send();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("VEST");
  }

  @Test
  void on_this_machine_there_is_a_page_and_json() {
    RawResponse page = Visitor.of(open).get(PATH);
    RawResponse json = json(open);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(page.body()).contains(PROVIDER.issuer()).doesNotContain(Application.CLIENT_SECRET);
    assertThat(json.header("Content-Type")).startsWith("application/json");
    assertThat(json.body()).doesNotContain(Application.CLIENT_SECRET);
    assertThat(numbers(json))
        .as("metadata, keys, client, redirection URI, public address")
        .contains("VEST5301", "VEST5302", "VEST5303", "VEST5304", "VEST5308");
    assertThat(numbers(json)).as("jvm.options are those of the manual").doesNotContain("VEST5115");
    assertThat(page.header("Set-Cookie")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP"})
  void what_was_forwarded_is_not_from_this_machine(String header) {
    RawResponse answer = Visitor.of(open).request("GET", PATH).header(header, "127.0.0.1").send();

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void a_wrong_secret_is_told_before_anybody_signs_in() {
    assertThat(numbers(json(sick))).startsWith("VEST2008");
  }

  @Test
  void who_has_the_role_sees_it_after_signing_in() {
    PROVIDER.approving(User.JANE.with("groups", List.of("operators")));
    Visitor visitor = Visitor.of(role);
    RawResponse sent = visitor.get(PATH);
    assertSentToProvider(sent, PROVIDER);

    RawResponse page = visitor.browser().followAll(sent);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("VEST5303");
  }

  @Test
  void who_lacks_it_is_refused() {
    Visitor visitor = Visitor.signedInAt(role);

    assertThat(visitor.get(PATH).status()).isEqualTo(403);
  }

  @Test
  void the_start_is_reported_in_one_piece() {
    assertThat(Visitor.of(open).log())
        .contains("Vestibule at /doctor-open/")
        .contains("Provider default signs users in to /doctor-open/")
        .contains("To be registered there")
        .containsPattern("Set by " + SETTINGS_FILE + ", ordinal 200\\n")
        .contains("    oauth.doctor=loopback\n")
        .doesNotContain(Application.CLIENT_SECRET);
  }
}
