package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.vestibule.Provoked.assertFails;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.AuthenticatedForm;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Certificate;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.RecordedRequest;

class BackChannelTest {

  private static final AuthenticatedForm FORM =
      new AuthenticatedForm(
          Parameters.empty().with("code", "SplxlOBeZQQYbYS6WxSbIA"),
          Optional.of(Secret.of("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3")));

  private final AuthorizationServer server = AuthorizationServer.start(c -> {});
  private final BackChannel backChannel = backChannel("maximum-response-size", "10000");

  @AfterEach
  void stop() {
    server.close();
  }

  private static BackChannel backChannel(String... settings) {
    return new BackChannel(TestClient.settings(settings).http());
  }

  /** With time-outs that a test can wait for. */
  private static BackChannel impatient() {
    return backChannel("connect-timeout", "PT0.2S", "read-timeout", "PT0.2S");
  }

  private URI url() {
    return URI.create(server.url(Endpoint.OTHER));
  }

  private void answering(Answer answer) {
    server.on(Endpoint.OTHER).always(answer);
  }

  /** What was opened for one of them is closed, or kept for the next one. */
  @Test
  void requests_that_fail_leave_nothing_open() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    assumeThat(system).isInstanceOf(UnixOperatingSystemMXBean.class);
    UnixOperatingSystemMXBean unix = (UnixOperatingSystemMXBean) system;
    List<Answer> bad =
        List.of(
            Answer.dropped(),
            Answer.json(500, "{"),
            Answer.endless("application/json", "[1,"),
            Answer.json(200, "{}").announcing(1_000),
            Answer.redirect(302, "https://evil.example/"));
    long before = 0;
    for (int i = 0; i < 400; i++) {
      answering(bad.get(i % bad.size()));
      try {
        backChannel.post(url(), FORM);
      } catch (LoginException failed) {
        assertThat(failed.failure()).isInstanceOf(ProviderTrouble.class);
      }
      before = i == 50 ? unix.getOpenFileDescriptorCount() : before;
    }

    // What the last ones had is closed in the background.
    assertThat(unix.getOpenFileDescriptorCount()).isLessThan(before + 100);
  }

  @Test
  void a_form_is_posted_with_the_clients_authentication_in_the_header() {
    answering(Answer.json(200, Map.of("a", "b")));

    HttpAnswer answer = backChannel.post(url(), FORM);

    assertThat(answer.json().orElseThrow().members()).isEqualTo(Map.of("a", "b"));
    RecordedRequest request = server.lastRequest(Endpoint.OTHER);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.isForm()).isTrue();
    assertThat(request.body()).isEqualTo("code=SplxlOBeZQQYbYS6WxSbIA");
    assertThat(request.basicCredentials()).isEqualTo("s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw");
    assertThat(request.header("Accept")).isEqualTo("application/json");
    assertThat(request.header("User-Agent")).isEqualTo("Vestibule");
    assertThat(request.headers("Cookie")).isEmpty();
  }

  /** RFC 6750 section 2.1. */
  @Test
  void a_bearer_token_is_sent_in_the_header_alone() {
    answering(Answer.json(200, Map.of()));

    backChannel.get(url(), Secret.of("mF_9.B5f-4.1JqM"));

    RecordedRequest request = server.lastRequest(Endpoint.OTHER);
    assertThat(request.bearerToken()).isEqualTo("mF_9.B5f-4.1JqM");
    assertThat(request.rawQuery()).isNull();
    assertThat(request.body()).isEmpty();
  }

  @Test
  void any_status_that_is_no_redirection_is_an_answer() {
    for (int status : List.of(200, 204, 400, 401, 404, 429, 500, 503)) {
      server.on(Endpoint.OTHER).once(Answer.empty(status));
      assertThat(backChannel.get(url()).status()).isEqualTo(status);
    }
  }

  /** TK-02. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308, 300, 304})
  @Provokes(trouble = ProviderTrouble.REDIRECTED)
  void no_redirection_is_followed(int status) {
    try (var canary = AuthorizationServer.start(c -> {})) {
      answering(Answer.redirect(status, canary.url(Endpoint.OTHER)));

      assertFails(ProviderTrouble.REDIRECTED, () -> backChannel.get(url()));
      assertFails(ProviderTrouble.REDIRECTED, () -> backChannel.get(url(), Secret.of("token")));
      assertFails(ProviderTrouble.REDIRECTED, () -> backChannel.post(url(), FORM));
      assertThat(canary.requests()).isEmpty();
    }
  }

  /** TK-06: a code is never sent twice. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void a_connection_that_breaks_is_not_tried_again() {
    answering(Answer.json(200, Map.of()));
    backChannel.get(url());
    server.forgetRequests();
    answering(Answer.dropped());

    assertFails(ProviderTrouble.UNREACHABLE, () -> backChannel.post(url(), FORM));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void an_answer_that_is_shorter_than_announced_is_none() {
    answering(Answer.json(200, Map.of()).announcing(1_000));

    assertFails(ProviderTrouble.UNREACHABLE, () -> backChannel.get(url()));
  }

  /** The queue of the connections that nobody has accepted is full, so that no answer comes. */
  @Test
  @Provokes(trouble = ProviderTrouble.TIMEOUT)
  void a_connection_that_nobody_takes_is_given_up() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket deaf = new ServerSocket(0, 1, here);
        Socket first = new Socket(here, deaf.getLocalPort());
        Socket second = new Socket(here, deaf.getLocalPort())) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/token");

      assertFails(ProviderTrouble.TIMEOUT, () -> impatient().post(url, FORM));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"12, 12", "abc", "99999999999999999999"})
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void a_length_that_is_none_is_the_provider_s_trouble(String length) throws IOException {
    try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Boolean> answered =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket connection = odd.accept()) {
                  connection
                      .getOutputStream()
                      .write(
                          ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n{}")
                              .getBytes(US_ASCII));
                  return true;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      URI url = URI.create("http://127.0.0.1:" + odd.getLocalPort() + "/token");

      assertFails(ProviderTrouble.UNREACHABLE, () -> backChannel.get(url));
      assertThat(answered.join()).isTrue();
    }
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void where_nobody_listens_nobody_is_reached() {
    URI url = url();
    server.close();

    assertFails(ProviderTrouble.UNREACHABLE, () -> backChannel.get(url));
  }

  /** TK-03. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://server.example.com/token",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://localhost/",
        "jar:file:///a.jar!/b",
        "https:///token",
        "/token"
      })
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void nothing_is_sent_where_it_could_be_overheard(String url) {
    assertFails(ProviderTrouble.UNREACHABLE, () -> backChannel.post(URI.create(url), FORM));
  }

  /** TK-12. */
  static Stream<Answer> slowAnswers() {
    Duration pause = Duration.ofMillis(50);
    return Stream.of(
        Answer.json(200, "{}").delayed(Duration.ofMinutes(1)),
        Answer.stalled(200, "application/json"),
        Answer.json(200, " ".repeat(9_000) + "{}").dribbled(pause),
        Answer.stalled(500, "text/html"));
  }

  @ParameterizedTest
  @MethodSource("slowAnswers")
  @Provokes(trouble = ProviderTrouble.TIMEOUT)
  void an_answer_has_to_be_whole_in_time(Answer slow) {
    answering(slow);

    assertFails(ProviderTrouble.TIMEOUT, () -> impatient().get(url()));
    assertFails(ProviderTrouble.TIMEOUT, () -> impatient().post(url(), FORM));
  }

  /** TK-11. */
  static Stream<Answer> largeAnswers() {
    return Stream.of(
        Answer.json(200, "{\"a\":\"" + "a".repeat(10_000) + "\"}"),
        Answer.json(200, "{}").announcing(1L << 40),
        Answer.endless("application/json", "{\"a\":"),
        Answer.endless("text/html", "<html>").withStatus(500));
  }

  @ParameterizedTest
  @MethodSource("largeAnswers")
  @Provokes(trouble = ProviderTrouble.ANSWER_TOO_LARGE)
  void a_large_answer_is_not_read(Answer large) {
    answering(large);

    assertFails(ProviderTrouble.ANSWER_TOO_LARGE, () -> backChannel.get(url()));
    assertFails(ProviderTrouble.ANSWER_TOO_LARGE, () -> backChannel.post(url(), FORM));
  }

  @Test
  void an_answer_of_just_the_largest_size_is_read() {
    answering(Answer.of(200, "text/plain", "a".repeat(10_000)));

    assertThat(backChannel.get(url()).body()).hasSize(10_000);
  }

  @Test
  void a_compressed_answer_is_not_unpacked() {
    answering(
        Answer.of(200, "application/json", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0})
            .withHeader("Content-Encoding", "gzip"));

    assertThat(backChannel.get(url()).json()).isEmpty();
    assertThat(server.lastRequest(Endpoint.OTHER).headers("Accept-Encoding")).isEmpty();
  }

  /** DS-03: servers begin with a handful of threads, and a provider that hangs takes one. */
  @Test
  @Provokes(trouble = {ProviderTrouble.TIMEOUT, ProviderTrouble.BUSY})
  void after_a_time_out_one_waits_at_a_time_until_there_is_an_answer() {
    BackChannel one = backChannel("connect-timeout", "PT0.2S", "read-timeout", "PT2S");
    answering(Answer.stalled(200, "application/json"));
    assertFails(ProviderTrouble.TIMEOUT, () -> one.get(url()));
    server.on(Endpoint.OTHER).regular();

    Gate gate = server.on(Endpoint.OTHER).gate();
    CompletableFuture<HttpAnswer> first = CompletableFuture.supplyAsync(() -> one.get(url()));
    gate.awaitArrival();
    assertFails(ProviderTrouble.BUSY, () -> one.get(url()));
    gate.open();
    assertThat(first.join().status()).isEqualTo(404);

    Gate another = server.on(Endpoint.OTHER).gate();
    CompletableFuture<HttpAnswer> second = CompletableFuture.supplyAsync(() -> one.get(url()));
    another.awaitArrival();
    assertThat(one.get(url()).status()).as("it answers again").isEqualTo(404);
    another.open();
    assertThat(second.join().status()).isEqualTo(404);
  }

  /** DS-08: what is given up is closed, so that the other side notices. */
  @Test
  @Provokes(trouble = ProviderTrouble.ANSWER_TOO_LARGE)
  void who_gives_up_hangs_up() throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    answering(
        Answer.streamed(
            200,
            "application/json",
            out -> {
              try {
                while (true) {
                  out.write(new byte[1_000]);
                }
              } catch (IOException e) {
                hungUp.countDown();
                throw e;
              }
            }));

    assertFails(ProviderTrouble.ANSWER_TOO_LARGE, () -> backChannel.get(url()));
    assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Provokes(trouble = ProviderTrouble.TLS)
  void a_certificate_that_nobody_vouches_for_is_not_trusted() {
    try (var secure = AuthorizationServer.start(c -> c.https(Certificate.SELF_SIGNED))) {
      URI token = URI.create(secure.url(Endpoint.TOKEN));

      assertFails(ProviderTrouble.TLS, () -> backChannel.post(token, FORM));
      assertThat(secure.requests()).isEmpty();
    }
  }

  /** DS-03: a provider that hangs takes some threads and not all. */
  @Test
  @Provokes(trouble = ProviderTrouble.BUSY)
  void more_than_a_number_of_requests_do_not_wait() throws InterruptedException {
    BackChannel patient = backChannel("read-timeout", "PT1M");
    answering(Answer.stalled(200, "application/json"));
    List<Thread> waiting =
        Stream.generate(() -> new Thread(() -> silently(patient)))
            .limit(BackChannel.MOST_AT_ONCE)
            .toList();
    waiting.forEach(Thread::start);
    server.awaitRequests(Endpoint.OTHER, BackChannel.MOST_AT_ONCE);

    assertFails(ProviderTrouble.BUSY, () -> patient.get(url()));
    assertThat(server.requests(Endpoint.OTHER)).hasSize(BackChannel.MOST_AT_ONCE);

    server.close();
    for (Thread thread : waiting) {
      thread.join();
    }
  }

  private void silently(BackChannel patient) {
    try {
      patient.get(url());
    } catch (LoginException expected) {
      return;
    }
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNREACHABLE)
  void who_is_interrupted_stops_waiting_and_stays_interrupted() {
    answering(Answer.stalled(200, "application/json"));
    Thread.currentThread().interrupt();

    assertFails(ProviderTrouble.UNREACHABLE, () -> backChannel.get(url()));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @Provokes(trouble = ProviderTrouble.REDIRECTED)
  void a_message_names_the_address_without_its_query() {
    answering(Answer.redirect(302, "/elsewhere"));
    URI url = URI.create(url() + "?token=secret");

    assertThat(assertFails(ProviderTrouble.REDIRECTED, () -> backChannel.get(url)))
        .hasMessageContaining(url() + " answered 302")
        .hasMessageNotContaining("secret");
  }
}
