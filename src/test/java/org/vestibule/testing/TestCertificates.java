package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certification authority that lives as long as the virtual machine, and the certificates it
 * issues (RFC 5280). The trust store is written to a temporary file once.
 */
public final class TestCertificates {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));

  private final KeyPair authorityKeys = JwsAlgorithm.ES256.generate();
  private final X509Certificate authority;
  private final SSLContext clientContext;
  private final Path trustStore;
  private final Path pem;

  private static final class Holder {
    static final TestCertificates INSTANCE = new TestCertificates();
  }

  private TestCertificates() {
    try {
      authority =
          certificate(
              "Test Authority",
              "Test Authority",
              authorityKeys,
              authorityKeys.getPublic(),
              Instant.now().plus(Duration.ofDays(1)),
              basicConstraints());
      KeyStore trusted = trusting(authority);
      clientContext = trustingContext(trusted);
      trustStore = temporaryFile("trust", ".p12");
      pem = temporaryFile("trust", ".pem");
      try (OutputStream out = Files.newOutputStream(trustStore)) {
        trusted.store(out, PASSWORD);
      }
      Files.writeString(pem, pem(authority), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PKCS #12 file that trusts the authority. */
  public static Path trustStore() {
    return Holder.INSTANCE.trustStore;
  }

  /** The password of {@link #trustStore()}. */
  public static String trustStorePassword() {
    return new String(PASSWORD);
  }

  /** The authority's certificate as PEM. */
  public static Path authorityPem() {
    return Holder.INSTANCE.pem;
  }

  /** For clients that trust the authority and nobody else. */
  public static SSLContext clientContext() {
    return Holder.INSTANCE.clientContext;
  }

  /** For servers that present such a certificate. */
  static SSLContext serverContext(Certificate kind) {
    try {
      KeyPair keys = JwsAlgorithm.ES256.generate();
      // In memory only; the key derivation of PKCS #12 would take most of a server's start.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry("server", keys.getPrivate(), PASSWORD, Holder.INSTANCE.chain(kind, keys));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trustingContext(KeyStore trusted) throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private X509Certificate[] chain(Certificate kind, KeyPair keys) throws GeneralSecurityException {
    Duration day = Duration.ofDays(1);
    return switch (kind) {
      case TRUSTED -> issued(keys, "localhost", Instant.now().plus(day));
      case WRONG_NAME -> issued(keys, "elsewhere.example", Instant.now().plus(day));
      case EXPIRED -> issued(keys, "localhost", Instant.now().minus(day));
      case SELF_SIGNED -> {
        byte[] names = subjectAlternativeNames("localhost");
        yield new X509Certificate[] {
          certificate(
              "localhost", "localhost", keys, keys.getPublic(), Instant.now().plus(day), names)
        };
      }
    };
  }

  private X509Certificate[] issued(KeyPair keys, String name, Instant end)
      throws GeneralSecurityException {
    byte[] names = subjectAlternativeNames(name);
    return new X509Certificate[] {
      certificate("Test Authority", name, authorityKeys, keys.getPublic(), end, names), authority
    };
  }

  private static X509Certificate certificate(
      String issuer,
      String subject,
      KeyPair issuerKeys,
      PublicKey key,
      Instant end,
      byte[] extension)
      throws GeneralSecurityException {
    byte[] toBeSigned =
        Der.sequence(
            Der.explicit(0, Der.integer(2)),
            Der.integer(System.nanoTime() & Long.MAX_VALUE),
            ECDSA_WITH_SHA256,
            name(issuer),
            Der.sequence(Der.utcTime(end.minus(Duration.ofDays(30))), Der.utcTime(end)),
            name(subject),
            key.getEncoded(),
            Der.explicit(3, Der.sequence(extension)));
    byte[] signature = signature(issuerKeys.getPrivate(), toBeSigned);
    byte[] encoded = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(signature));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] signature(PrivateKey key, byte[] input) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(input);
    return signature.sign();
  }

  private static byte[] name(String commonName) {
    byte[] type = Der.objectIdentifier(2, 5, 4, 3);
    return Der.sequence(Der.set(Der.sequence(type, Der.utf8String(commonName))));
  }

  private static byte[] basicConstraints() {
    return Der.sequence(
        Der.objectIdentifier(2, 5, 29, 19),
        Der.booleanTrue(),
        Der.octetString(Der.sequence(Der.booleanTrue())));
  }

  private static byte[] subjectAlternativeNames(String host) {
    byte[] dnsName = Der.implicit(2, host.getBytes(US_ASCII));
    byte[] names =
        host.equals("localhost")
            ? Der.sequence(dnsName, Der.implicit(7, LOOPBACK))
            : Der.sequence(dnsName);
    return Der.sequence(Der.objectIdentifier(2, 5, 29, 17), Der.octetString(names));
  }

  private static KeyStore trusting(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", certificate);
    return store;
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN CERTIFICATE-----\n"
        + base64.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static Path temporaryFile(String prefix, String suffix) throws IOException {
    Path file = Files.createTempFile(prefix, suffix);
    file.toFile().deleteOnExit();
    return file;
  }
}
