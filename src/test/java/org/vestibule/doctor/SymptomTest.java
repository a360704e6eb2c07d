package org.vestibule.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Certificate;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.RegisteredClient;
import org.vestibule.testing.RegisteredClient.Authentication;
import org.vestibule.testing.TestCertificates;

/** Every finding of the doctor is provoked, and is not there where nothing ails. */
class SymptomTest {

  private static final Map<Symptom, Patient> PROVOKED = new EnumMap<>(Symptom.class);

  private static void provoke(Symptom symptom, Patient patient) {
    PROVOKED.put(symptom, patient);
  }

  private static Patient healthy() {
    return Patient.healthy();
  }

  private static Patient overTls(Certificate certificate) {
    return healthy()
        .server(options -> options.https(certificate))
        .set("tls-trust-store-file", TestCertificates.authorityPem().toString());
  }

  private static Patient withKeys(Consumer<List<Map<String, Object>>> change) {
    return healthy().behaving(server -> server.jwks(jwks -> change.accept(keys(jwks))));
  }

  @SuppressWarnings("unchecked") // as it is documented
  private static List<Map<String, Object>> keys(Map<String, Object> jwks) {
    return (List<Map<String, Object>>) Objects.requireNonNull(jwks.get("keys"));
  }

  private static Map<String, Object> with(Map<String, Object> key, String member, Object value) {
    Map<String, Object> other = new HashMap<>(key);
    other.put(member, value);
    return other;
  }

  static {
    provoke(Symptom.CERTIFICATE_EXPIRED, overTls(Certificate.EXPIRED));
    provoke(Symptom.CLOCK_OFF, healthy().ahead(Duration.ofMinutes(5)));
    provoke(Symptom.NO_USABLE_KEY, healthy().set("allowed-algorithms", "ES256"));
    provoke(
        Symptom.PRIVATE_KEY_PUBLISHED,
        withKeys(keys -> keys.set(0, with(keys.get(0), "d", "AQAB"))));
    provoke(Symptom.REDIRECT_URI_REFUSED, healthy().set("public-url", "https://other.example.com"));
    provoke(
        Symptom.AUTHORIZATION_REFUSED,
        healthy().server(options -> options.scopes("openid", "profile")));
    provoke(
        Symptom.PUSHED_REQUESTS_REQUIRED,
        healthy().publishing("require_pushed_authorization_requests", true));

    provoke(Symptom.CERTIFICATE_ENDS_SOON, overTls(Certificate.TRUSTED));
    provoke(Symptom.CLOCK_DRIFTS, healthy().ahead(Duration.ofSeconds(-24)));
    provoke(
        Symptom.WEAK_KEY,
        withKeys(
            keys -> {
              Map<String, Object> weak = with(keys.get(0), "kid", "weak");
              keys.add(with(weak, "n", "wJ".repeat(85)));
            }));
    provoke(Symptom.DUPLICATE_KEY_ID, withKeys(keys -> keys.add(keys.get(0))));
    provoke(
        Symptom.ALGORITHM_NOT_OFFERED,
        healthy().publishing("id_token_signing_alg_values_supported", List.of("ES256", "HS256")));
    provoke(
        Symptom.PKCE_NOT_OFFERED,
        healthy().publishing("code_challenge_methods_supported", List.of("plain")));
    provoke(
        Symptom.AUTHENTICATION_NOT_OFFERED,
        healthy().set("client-authentication", "client_secret_post"));
    provoke(
        Symptom.CODE_FLOW_NOT_OFFERED,
        healthy().publishing("response_types_supported", List.of("id_token")));
    provoke(
        Symptom.RESPONSE_MODE_NOT_OFFERED,
        healthy()
            .set("response-mode", "form_post")
            .publishing("response_modes_supported", List.of("query", "fragment")));
    provoke(
        Symptom.ENDPOINT_ABSENT,
        healthy()
            .behaving(
                server ->
                    server.metadata(
                        metadata ->
                            metadata.put("userinfo_endpoint", server.origin() + "/nothing"))));
    provoke(
        Symptom.PUBLIC_URL_UNREACHABLE,
        healthy().set("public-url", "http://localhost:1").running());
    provoke(Symptom.PUBLIC_URL_ELSEWHERE, healthy().set("public-url", "{origin}").running());
    provoke(Symptom.PROXIES_WIDE, healthy().set("trusted-proxies", "10.0.0.0/8,0.0.0.0/0"));
    provoke(Symptom.DOCTOR_OPEN, healthy().set("doctor", "loopback"));
    provoke(Symptom.PATHS_REMEMBERED, healthy().rememberingPaths());

    provoke(
        Symptom.PKCE_UNKNOWN,
        healthy().server(options -> options.without(Feature.PKCE_ADVERTISED)));
    provoke(
        Symptom.CLIENT_UNPROVEN,
        healthy().behaving(server -> server.on(Endpoint.TOKEN).always(Answer.empty(500))));
    provoke(
        Symptom.REDIRECT_URI_UNPROVEN,
        healthy()
            .behaving(
                server ->
                    server
                        .on(Endpoint.AUTHORIZATION)
                        .always(Answer.redirect(302, server.origin() + "/login"))));
    provoke(
        Symptom.SCOPE_NOT_OFFERED,
        healthy().publishing("scopes_supported", List.of("openid", "profile")));
    provoke(
        Symptom.ENDPOINT_ELSEWHERE,
        healthy().publishing("revocation_endpoint", "http://127.0.0.1:1/revoke"));
    provoke(Symptom.KEY_FROM_SECRET, healthy());
    provoke(Symptom.PUBLIC_URL_UNSET, healthy().unset("public-url"));
    provoke(Symptom.CLOCK_SKEW_WIDE, healthy().set("clock-skew", "PT5M"));
    provoke(
        Symptom.BACK_CHANNEL_LOGOUT_OFFERED,
        healthy().publishing("backchannel_logout_supported", true));
    provoke(
        Symptom.NO_END_SESSION, healthy().server(options -> options.without(Feature.END_SESSION)));
    provoke(
        Symptom.NO_REVOCATION, healthy().server(options -> options.without(Feature.REVOCATION)));
    provoke(
        Symptom.CLIENT_KEY_OFFERED,
        healthy()
            .publishing(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "private_key_jwt")));
    provoke(Symptom.OPEN_BY_DEFAULT, healthy().set("protected-paths", "/orders/*"));
    provoke(Symptom.PKCE_UNUSED, healthy().set("pkce", "off"));

    provoke(Symptom.METADATA_FINE, healthy());
    provoke(Symptom.KEYS_FINE, healthy());
    provoke(Symptom.CLIENT_ACCEPTED, healthy());
    provoke(Symptom.REDIRECT_URI_ACCEPTED, healthy());
    provoke(Symptom.CLOCKS_AGREE, healthy());
    provoke(Symptom.CERTIFICATES_FINE, overTls(Certificate.TRUSTED).ahead(Duration.ofDays(-20)));
    provoke(Symptom.PKCE_OFFERED, healthy());
    provoke(
        Symptom.PUBLIC_URL_LEADS_HERE,
        healthy()
            .set("public-url", "{origin}")
            .running()
            .behaving(
                server ->
                    server
                        .on(Endpoint.OTHER)
                        .always(
                            Answer.json(
                                200,
                                "{\"authenticated\":false,\"login_url\":\"/app/oauth/login\"}"))));
  }

  @Test
  void there_is_no_symptom_that_no_test_provokes() {
    assertThat(PROVOKED.keySet()).containsExactly(Symptom.values());
  }

  @ParameterizedTest
  @EnumSource(Symptom.class)
  void a_symptom_is_found(Symptom symptom) {
    Diagnosis diagnosis = Objects.requireNonNull(PROVOKED.get(symptom)).examined();

    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.code().equals(symptom.code()))
        .hasSize(1)
        .allMatch(finding -> finding.severity() == symptom.severity())
        .allMatch(finding -> finding.toString().contains(symptom.cause()));
  }

  /** But for the provider of this test, which is on this machine. */
  @Test
  void what_is_well_has_nothing_but_advice() {
    Diagnosis diagnosis = healthy().examined();

    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.severity() != Severity.OK)
        .extracting(Finding::code)
        .containsExactly(Mistake.LOOPBACK_PROVIDER.code(), Symptom.KEY_FROM_SECRET.code());
    assertThat(diagnosis.findings(Severity.OK)).hasSize(6);
  }

  @ParameterizedTest
  @EnumSource(Symptom.class)
  void a_symptom_reads_well_and_is_numbered_by_its_severity(Symptom symptom) {
    assertThat(symptom.cause()).matches("[a-z].*[^.]");
    assertThat(symptom.remedy()).matches("[A-Z].*\\.");
    assertThat(symptom.code())
        .matches(
            switch (symptom.severity()) {
              case ERROR -> "VEST50\\d\\d";
              case WARNING -> "VEST51\\d\\d";
              case ADVICE -> "VEST52\\d\\d";
              case OK -> "VEST53\\d\\d";
            });
  }

  @Test
  void a_client_that_authenticates_in_the_body_is_accepted() {
    RegisteredClient post =
        RegisteredClient.confidential(Patient.CLIENT_ID, Patient.CLIENT_SECRET)
            .authenticatingBy(Authentication.CLIENT_SECRET_POST)
            .redirectingTo(Patient.REDIRECT_URI);

    assertThat(codes(healthy().server(options -> options.client(post))))
        .contains(Symptom.CLIENT_ACCEPTED.code())
        .doesNotContain(Symptom.AUTHENTICATION_NOT_OFFERED.code());
  }

  @Test
  void a_form_that_leads_back_proves_the_redirection_uri() {
    assertThat(codes(healthy().set("response-mode", "form_post")))
        .contains(Symptom.REDIRECT_URI_ACCEPTED.code());
  }

  private static Collection<String> codes(Patient patient) {
    return patient.examined().findings().stream().map(Finding::code).toList();
  }

  /** Nothing secret of the settings, of the requests and of the answers. */
  @Test
  void no_report_has_a_secret() {
    List<String> reports = new ArrayList<>();
    List<String> secrets = new ArrayList<>(List.of(Patient.CLIENT_SECRET));
    for (Patient patient : PROVOKED.values()) {
      try (AuthorizationServer server = patient.start()) {
        Diagnosis diagnosis =
            patient.doctor().examine(patient.configuration(server), patient.site());
        reports.add(TextReport.of(diagnosis));
        reports.add(JsonReport.of(diagnosis));
        reports.add(HtmlReport.of(diagnosis));
        server.requests(Endpoint.AUTHORIZATION).stream()
            .flatMap(
                request ->
                    Arrays.stream(new String[] {"state", "nonce", "code_challenge"})
                        .map(name -> request.query().get(name)))
            .filter(Objects::nonNull)
            .forEach(secrets::add);
      }
    }
    assertThat(secrets).hasSizeGreaterThan(30);
    assertThat(reports).allSatisfy(report -> assertThat(report).doesNotContain(secrets));
  }
}
