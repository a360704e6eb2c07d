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
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificates in a file, as what TLS trusts. */
final class TrustedCertificates {

  /** RFC 7468 section 2. */
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(ISO_8859_1));

  private TrustedCertificates() {}

  /**
   * What a file of PEM, PKCS #12 or JKS has, in PEM; empty if it has no certificate that can be
   * read.
   *
   * @param password of PKCS #12 or JKS
   */
  static Optional<String> in(Path file, Optional<char[]> password) {
    try {
      String text = Files.readString(file, ISO_8859_1);
      return read(text).isEmpty() ? inStore(file, password) : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> inStore(Path file, Optional<char[]> password) {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.orElse(null));
      StringBuilder pem = new StringBuilder();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          pem.append("-----BEGIN CERTIFICATE-----\n")
              .append(LINES.encodeToString(store.getCertificate(alias).getEncoded()))
              .append("\n-----END CERTIFICATE-----\n");
        }
      }
      return Optional.of(pem.toString()).filter(text -> !text.isEmpty());
    } catch (IOException | GeneralSecurityException e) {
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
