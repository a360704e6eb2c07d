package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificates in a PEM file, as what TLS trusts. */
final class TrustedCertificates {

  private TrustedCertificates() {}

  /** The text of a file with at least one certificate; empty if it is no such file. */
  static Optional<String> in(Path pem) {
    try {
      return Optional.of(Files.readString(pem, ISO_8859_1)).filter(text -> !read(text).isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Trusts these certificates and no others.
   *
   * @param pem as {@link #in} found them
   */
  static SSLContext trusting(String pem) throws IOException, GeneralSecurityException {
    KeyStore trustStore = KeyStore.getInstance(KeyStore.getDefaultType());
    trustStore.load(null, null);
    int number = 0;
    for (Certificate certificate : read(pem)) {
      trustStore.setCertificateEntry("certificate-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trustStore);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static Collection<? extends Certificate> read(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(ISO_8859_1)));
    } catch (CertificateException e) {
      return List.of();
    }
  }
}
