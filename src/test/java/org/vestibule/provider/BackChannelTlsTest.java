package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.AuthenticatedForm;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Certificate;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.TestCertificates;
import org.vestibule.testing.TlsFront;

/** RFC 6749 sections 3.2 and 10.9: no code and no secret goes to a server that is not proven. */
class BackChannelTlsTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void an_authority_in_the_trust_store_file_is_trusted(String host) {
    try (var server = AuthorizationServer.start(c -> c.host(host).https(Certificate.TRUSTED))) {
      HttpAnswer jwks = trustingTheFile().get(URI.create(server.url(Endpoint.JWKS)));

      assertThat(jwks.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRUSTED")
  void a_certificate_that_does_not_hold_is_refused_before_a_request_is_sent(
      Certificate certificate) {
    try (var server = AuthorizationServer.start(c -> c.https(certificate))) {
      assertThat(failureOfRedeemingACode(trustingTheFile(), server.url(Endpoint.TOKEN)))
          .isEqualTo(ProviderTrouble.TLS);
      assertThat(server.requests()).isEmpty();
    }
  }

  /** With a certificate for ECDSA, as in all of these tests. */
  @Test
  void a_server_that_speaks_tls_1_3_alone_is_spoken_to() {
    try (var server = AuthorizationServer.start(c -> {});
        var front = TlsFront.before(server.port(), "TLSv1.3")) {
      URI jwks = URI.create("https://localhost:" + front.port() + "/jwks");

      assertThat(trustingTheFile().get(jwks).status()).isEqualTo(200);
    }
  }

  @Test
  void tls_1_1_is_refused_before_a_request_is_sent() throws IOException {
    try (var server = new ServerOfTls11()) {
      assertThat(failureOfRedeemingACode(trustingTheFile(), server.url()))
          .isEqualTo(ProviderTrouble.TLS);
      assertThat(server.answerToItsVersion()).isSubsetOf(ServerOfTls11.ALERT);
    }
  }

  @Test
  void without_a_trust_store_file_a_private_authority_is_not_trusted() {
    try (var server = AuthorizationServer.start(c -> c.https(Certificate.TRUSTED))) {
      assertThat(failureOfRedeemingACode(trusting(Optional.empty()), server.url(Endpoint.TOKEN)))
          .isEqualTo(ProviderTrouble.TLS);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void without_a_trust_store_file_the_defaults_of_the_virtual_machine_are_trusted()
      throws NoSuchAlgorithmException {
    SSLContext before = SSLContext.getDefault();
    try (var server = AuthorizationServer.start(c -> c.https(Certificate.TRUSTED))) {
      SSLContext.setDefault(TestCertificates.clientContext());

      HttpAnswer jwks = trusting(Optional.empty()).get(URI.create(server.url(Endpoint.JWKS)));

      assertThat(jwks.status()).isEqualTo(200);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void a_trust_store_file_is_trusted_instead_of_the_defaults() throws NoSuchAlgorithmException {
    SSLContext before = SSLContext.getDefault();
    try (var server = AuthorizationServer.start(c -> c.https(Certificate.TRUSTED))) {
      SSLContext.setDefault(TestCertificates.clientContext());

      assertThat(failureOfRedeemingACode(trusting(Optional.of("")), server.url(Endpoint.TOKEN)))
          .isEqualTo(ProviderTrouble.TLS);
      assertThat(server.requests()).isEmpty();
    } finally {
      SSLContext.setDefault(before);
    }
  }

  private static BackChannel trustingTheFile() {
    return trusting(TrustedCertificates.in(TestCertificates.authorityPem(), Optional.empty()));
  }

  private static BackChannel trusting(Optional<String> certificates) {
    return new BackChannel(
        new ProviderSettings.Http(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Optional.empty(),
            1 << 16,
            Duration.ofHours(1),
            certificates,
            Optional.empty()));
  }

  private static Object failureOfRedeemingACode(BackChannel backChannel, String url) {
    AuthenticatedForm form =
        new AuthenticatedForm(
            Parameters.empty()
                .with("grant_type", "authorization_code")
                .with("code", "SplxlOBeZQQYbYS6WxSbIA"),
            Optional.of(Secret.of("Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW")));

    LoginException refused =
        catchThrowableOfType(LoginException.class, () -> backChannel.post(URI.create(url), form));

    assertThat(refused).isNotNull();
    return refused.failure();
  }

  /**
   * A server that insists on TLS 1.1 (RFC 4346 section 7.4.1.3). Written out, because the JDK's own
   * no longer speaks it.
   */
  private static final class ServerOfTls11 implements AutoCloseable {

    private static final int ALERT = 21;

    /** ServerHello of version 3.2: no session, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA. */
    private static final byte[] HELLO =
        HexFormat.of().parseHex("160302002a" + "02000026" + "0302" + "5a".repeat(32) + "00c00900");

    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    private final CompletableFuture<List<Integer>> answer =
        CompletableFuture.supplyAsync(this::serve);

    ServerOfTls11() throws IOException {}

    String url() {
      return "https://127.0.0.1:" + socket.getLocalPort() + "/token";
    }

    /** The types of the records that the client sent after it had seen the version. */
    List<Integer> answerToItsVersion() {
      return answer.join();
    }

    private List<Integer> serve() {
      try (Socket client = socket.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        readRecord(in);
        client.getOutputStream().write(HELLO);
        return typesUntilTheEnd(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static List<Integer> typesUntilTheEnd(DataInputStream in) {
      List<Integer> types = new ArrayList<>();
      try {
        while (true) {
          types.add(readRecord(in));
        }
      } catch (IOException e) {
        // The client went away, with or without a word.
        return types;
      }
    }

    private static int readRecord(DataInputStream in) throws IOException {
      int type = in.readUnsignedByte();
      in.readUnsignedShort();
      in.skipNBytes(in.readUnsignedShort());
      return type;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
