package org.vestibule.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Certificate;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.TestCertificates;

class DoctorTest {

  /** What is deliberately wrong, and the numbers that tell it before anybody signs in. */
  static Stream<Arguments> wrong() {
    Patient healthy = Patient.healthy();
    return Stream.of(
        wrong("a wrong issuer", healthy.set("issuer", "{issuer}/"), "VEST1402"),
        wrong("nobody at the issuer", healthy.set("issuer", "http://localhost:1"), "VEST2001"),
        wrong("no metadata", healthy.set("issuer", "{origin}/elsewhere"), "VEST1401"),
        wrong(
            "an endpoint over http",
            healthy.publishing("token_endpoint", "http://server.example.com/token"),
            "VEST1403"),
        wrong("no token endpoint", healthy.notPublishing("token_endpoint"), "VEST1401"),
        wrong("no keys", healthy.notPublishing("jwks_uri"), "VEST1401"),
        wrong(
            "keys that cannot be read",
            healthy.behaving(
                server -> server.on(Endpoint.JWKS).always(Answer.html(200, "<p>Sign in"))),
            "VEST2007"),
        wrong(
            "a certificate that is not trusted",
            healthy.server(options -> options.https(Certificate.TRUSTED)),
            "VEST2003"),
        wrong(
            "a certificate of another name",
            healthy
                .server(options -> options.https(Certificate.WRONG_NAME))
                .set("tls-trust-store-file", TestCertificates.authorityPem().toString()),
            "VEST2003"),
        wrong("a wrong secret", healthy.set("client-secret", "gX1fBat3bV-wrong"), "VEST2008"),
        wrong("a wrong client", healthy.set("client-id", "another-client"), "VEST2008"),
        wrong("a wrong redirection URI", healthy.set("callback-path", "/cb"), "VEST5005"),
        wrong("a missing client identifier", healthy.unset("client-id"), "VEST3001"),
        wrong("a word that is not known", healthy.set("pkce", "maybe"), "VEST3002"),
        wrong("a misspelt key", healthy.set("client-idd", "x"), "VEST3101"),
        wrong("no role for the diagnosis", healthy.set("doctor", "on"), "VEST3001"),
        wrong(
            "two providers that do not name themselves",
            healthy
                .server(options -> options.without(Feature.ISS_PARAMETER_ADVERTISED))
                .set("providers", "one,other"),
            "VEST3106"));
  }

  private static Arguments wrong(String what, Patient patient, String code) {
    return Arguments.of(what, patient, code);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void what_is_wrong_has_its_number_before_anybody_signs_in(
      String what, Patient patient, String code) {
    Diagnosis diagnosis = patient.examined();

    assertThat(diagnosis.findings())
        .as(what)
        .filteredOn(finding -> finding.severity().compareTo(Severity.WARNING) >= 0)
        .extracting(Finding::code)
        .contains(code);
    assertThat(TextReport.of(diagnosis)).contains(code);
  }

  @Test
  void settings_are_told_with_where_they_come_from_and_without_secrets() {
    Diagnosis read = Patient.healthy().set("name-claim", "email").read();

    assertThat(read.examined()).isFalse();
    assertThat(TextReport.of(read))
        .contains("Vestibule at /app/")
        .contains("Provider default signs users in to /app/")
        .contains("  Set by PropertiesConfigSource[source=test], ordinal 100\n")
        .contains("    oauth.name-claim=email\n")
        .contains("    oauth.client-secret=***\n")
        .doesNotContain(Patient.CLIENT_SECRET);
  }

  @Test
  void what_has_to_be_registered_is_told() {
    ProviderDiagnosis provider = Patient.healthy().read().provider("default").orElseThrow();

    assertThat(provider.toRegister())
        .containsExactly(
            Fact.of("redirect_uri", Patient.REDIRECT_URI),
            Fact.of("post_logout_redirect_uri", "https://client.example.com/app/oauth/logged-out"),
            Fact.of(
                "backchannel_logout_uri",
                "https://client.example.com/app/oauth/backchannel-logout"),
            Fact.of(
                "frontchannel_logout_uri",
                "https://client.example.com/app/oauth/frontchannel-logout"),
            Fact.of("initiate_login_uri", "https://client.example.com/app/oauth/initiate"));
  }

  @Test
  void what_the_provider_says_and_offers_in_vain_is_told() {
    ProviderDiagnosis provider =
        Patient.healthy()
            .publishing("pushed_authorization_request_endpoint", "https://server.example.com/par")
            .set("refresh", "off")
            .examined()
            .provider("default")
            .orElseThrow();

    assertThat(provider.published())
        .contains(new Fact("code_challenge_methods_supported", List.of("S256")));
    assertThat(provider.unused())
        .contains(
            "pushed authorization requests (RFC 9126)",
            "introspection of tokens (RFC 7662)",
            "refresh tokens, since refresh=off");
  }

  @Test
  void whoever_does_not_answer_is_asked_once() {
    Patient patient =
        Patient.healthy()
            .set("read-timeout", "PT0.2S")
            .behaving(server -> server.on(Endpoint.JWKS).always(Answer.dropped()));
    try (AuthorizationServer server = patient.start()) {
      Diagnosis diagnosis = patient.doctor().examine(patient.configuration(server), patient.site());

      assertThat(diagnosis.findings()).extracting(Finding::code).contains("VEST2001");
      assertThat(server.requests(Endpoint.TOKEN)).isEmpty();
      assertThat(server.requests(Endpoint.AUTHORIZATION)).isEmpty();
    }
  }

  @Test
  void nothing_happens_at_the_provider() {
    Patient patient = Patient.healthy();
    try (AuthorizationServer server = patient.start()) {
      patient.doctor().examine(patient.configuration(server), patient.site());

      assertThat(server.lastRequest(Endpoint.TOKEN).form().get("code")).isEqualTo("not-a-code");
      assertThat(server.lastRequest(Endpoint.AUTHORIZATION).query().get("prompt"))
          .isEqualTo("none");
      assertThat(server.lastRequest(Endpoint.AUTHORIZATION).header("Cookie")).isNull();
      assertThat(server.requests(Endpoint.END_SESSION)).isEmpty();
      assertThat(server.requests()).hasSize(5);
    }
  }

  @Test
  void what_comes_from_a_provider_is_one_line_of_bounded_length_and_no_markup() {
    String text = "<script>alert(1)</script>\n" + "x".repeat(1000);
    Diagnosis diagnosis =
        Patient.healthy().publishing("scopes_supported", List.of(text)).examined();

    assertThat(HtmlReport.of(diagnosis)).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(TextReport.of(diagnosis))
        .doesNotContain("</script>\n")
        .doesNotContain("x".repeat(500));
  }

  @Test
  void the_worst_comes_first() {
    Diagnosis diagnosis = Patient.healthy().set("client-secret", "gX1fBat3bV-wrong").examined();

    assertThat(diagnosis.worst()).isEqualTo(Severity.ERROR);
    assertThat(diagnosis.findings().get(0).code()).isEqualTo("VEST2008");
    assertThat(JsonReport.of(diagnosis)).startsWith("{\"severity\":\"error\"");
  }
}
