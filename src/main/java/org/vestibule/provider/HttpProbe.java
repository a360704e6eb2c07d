package org.vestibule.provider;

import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;

/**
 * The back channel of somebody who only wants to know how it is: notes what each answer tells
 * beside its body, and asks nobody again who has not answered. Each has connections of its own, so
 * that no login waits for it. For one thread.
 */
public final class HttpProbe {

  private static final ProviderSettings.Http USUAL =
      new ProviderSettings.Http(
          duration(Setting.CONNECT_TIMEOUT),
          duration(Setting.READ_TIMEOUT),
          Optional.empty(),
          Integer.parseInt(Setting.MAXIMUM_RESPONSE_SIZE.defaultValue()),
          duration(Setting.METADATA_REFRESH),
          Optional.empty(),
          Optional.empty());

  private final Clock clock;
  private final BackChannel backChannel;
  private final List<ProbeAnswer> answers = new CopyOnWriteArrayList<>();
  private final Map<String, LoginException> silent = new HashMap<>();

  HttpProbe(Clock clock, ProviderSettings.Http settings) {
    this.clock = clock;
    this.backChannel = new BackChannel(settings, this::note);
  }

  /** With the time-outs that are the default, and the trust of the server. */
  public static HttpProbe usual(Clock clock) {
    return new HttpProbe(clock, USUAL);
  }

  private static Duration duration(Setting setting) {
    return Duration.parse(setting.defaultValue());
  }

  BackChannel backChannel() {
    return backChannel;
  }

  /** All answers so far, in their order. */
  public List<ProbeAnswer> answers() {
    return List.copyOf(answers);
  }

  /** Whether somebody at this scheme, host and port was asked before. */
  public boolean knows(URI url) {
    return silent.containsKey(origin(url))
        || answers.stream().anyMatch(answer -> origin(answer.url()).equals(origin(url)));
  }

  /**
   * The JSON object at an address; empty if there is anything else.
   *
   * @throws LoginException nobody answers, or with a redirection
   */
  public Optional<Claims> json(URI url) {
    HttpAnswer answer = asking(url, () -> backChannel.get(url));
    return answer.status() == HttpAnswer.OK ? answer.json() : Optional.empty();
  }

  /**
   * What becomes of a request that a browser would send.
   *
   * @param reading makes of the body what is to be known of it; it may hold what nobody is to see
   * @throws LoginException nobody answers
   */
  public <T> Visit<T> visit(URI url, Function<String, T> reading) {
    int before = answers.size();
    Optional<T> content = Optional.empty();
    try {
      content = Optional.of(reading.apply(asking(url, () -> backChannel.visit(url)).body()));
    } catch (LoginException e) {
      if (e.failure() != ProviderTrouble.REDIRECTED) {
        throw e;
      }
    }
    return new Visit<>(answers.get(before), content);
  }

  /**
   * @param content empty for a redirection
   */
  public record Visit<T>(ProbeAnswer answer, Optional<T> content) {}

  /** Asks, unless whoever is there has not answered before. */
  <T> T asking(URI url, Supplier<T> request) {
    LoginException before = silent.get(origin(url));
    if (before != null) {
      throw before;
    }
    try {
      return request.get();
    } catch (LoginException e) {
      if (isNobodyThere(e)) {
        silent.put(origin(url), e);
      }
      throw e;
    }
  }

  private static boolean isNobodyThere(LoginException e) {
    return e.failure() == ProviderTrouble.UNREACHABLE
        || e.failure() == ProviderTrouble.TIMEOUT
        || e.failure() == ProviderTrouble.TLS;
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private void note(HttpResponse<?> response) {
    boolean cached = response.headers().firstValue("Age").isPresent();
    answers.add(
        new ProbeAnswer(
            response.request().uri(),
            response.statusCode(),
            response.headers().firstValue("Location"),
            cached
                ? Optional.empty()
                : response.headers().firstValue("Date").flatMap(HttpProbe::date),
            clock.instant(),
            response.sslSession().flatMap(HttpProbe::end)));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Of the certificate of the chain that ends first. */
  private static Optional<Instant> end(SSLSession session) {
    try {
      return Stream.of(session.getPeerCertificates())
          .flatMap(HttpProbe::end)
          .min(Instant::compareTo);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static Stream<Instant> end(Certificate certificate) {
    return certificate instanceof X509Certificate x509
        ? Stream.of(x509.getNotAfter().toInstant())
        : Stream.empty();
  }
}
