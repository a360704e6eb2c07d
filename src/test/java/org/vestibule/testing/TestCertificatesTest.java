package org.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestCertificatesTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void the_trusted_certificate_is_good_for_both_names(String host) {
    try (var server = AuthorizationServer.start(c -> c.host(host).https(Certificate.TRUSTED))) {
      RawResponse jwks = new RawBrowser().get(server.url(Endpoint.JWKS));

      assertThat(server.issuer()).startsWith("https://" + host + ":");
      assertThat(jwks.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRUSTED")
  void the_others_are_refused_before_a_request_is_sent(Certificate certificate) {
    try (var server = AuthorizationServer.start(c -> c.https(certificate))) {
      RawBrowser browser = new RawBrowser();

      assertThatThrownBy(() -> browser.get(server.url(Endpoint.JWKS)))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(SSLException.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void the_trust_store_file_holds_the_authority() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(TestCertificates.trustStore())) {
      store.load(in, TestCertificates.trustStorePassword().toCharArray());
    }

    assertThat(store.isCertificateEntry("authority")).isTrue();
    assertThat(TestCertificates.authorityPem()).content().startsWith("-----BEGIN CERTIFICATE");
  }
}
