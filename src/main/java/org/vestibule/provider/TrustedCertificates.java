package org.vestibule.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificates in a PEM file, as what TLS trusts. */
final class TrustedCertificates {

  private TrustedCertificates() {}

  /** Those in a file; empty if there is none, or it cannot be read. */
  static Optional<List<X509Certificate>> in(Path pem) {
    try (InputStream file = Files.newInputStream(pem)) {
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        certificates.add((X509Certificate) certificate);
      }
      return Optional.of(List.copyOf(certificates)).filter(found -> !found.isEmpty());
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Trusts these certificates and no others. */
  static SSLContext trusting(List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore trustStore = KeyStore.getInstance(KeyStore.getDefaultType());
    trustStore.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      trustStore.setCertificateEntry("certificate-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trustStore);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
