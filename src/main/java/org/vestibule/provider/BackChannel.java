package org.vestibule.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.AuthenticatedForm;

/**
 * The way to the provider that no browser sees, and all its hygiene: https (loopback excepted), no
 * redirection followed, no POST sent twice, a bound on the time to the last byte, on the size of an
 * answer, and on the number of requests that wait at once, so that a provider that hangs cannot
 * take the application down. Thread-safe.
 */
final class BackChannel {

  /** As many requests may wait for one provider; more are refused at once. */
  static final int MOST_AT_ONCE = 64;

  private static final int REDIRECTIONS = 300;
  private static final int CLIENT_ERRORS = 400;
  private static final String JSON = "application/json";

  private final ProviderSettings.Http settings;
  private final HttpClient client;
  private final Consumer<HttpResponse<?>> witness;
  private final Turnstile turnstile = new Turnstile(MOST_AT_ONCE);

  BackChannel(ProviderSettings.Http settings) {
    this(settings, response -> {});
  }

  /**
   * @param witness is shown each response before it is judged
   */
  BackChannel(ProviderSettings.Http settings, Consumer<HttpResponse<?>> witness) {
    this.settings = settings;
    this.witness = witness;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .sslContext(sslContext(settings));
    settings.proxy().ifPresent(address -> builder.proxy(ProxySelector.of(address)));
    this.client = builder.build();
  }

  /**
   * @throws LoginException the provider is in trouble
   */
  HttpAnswer get(URI url) {
    return send(request(url).GET().build());
  }

  /** With a bearer token in the header (RFC 6750 section 2.1), the only place where it belongs. */
  HttpAnswer get(URI url, Secret accessToken) {
    return send(
        request(url)
            .setHeader("Accept", "application/json, application/jwt;q=0.9")
            .header("Authorization", "Bearer " + accessToken.value())
            .GET()
            .build());
  }

  /** As a browser would that shows a page. */
  HttpAnswer visit(URI url) {
    return send(request(url).setHeader("Accept", "text/html,*/*;q=0.8").GET().build());
  }

  HttpAnswer post(URI url, AuthenticatedForm form) {
    HttpRequest.Builder request =
        request(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.form().encode()));
    form.authorization().ifPresent(value -> request.header("Authorization", value.value()));
    return send(request.build());
  }

  /** A name of our own: some providers turn "Java-http-client" away. */
  private HttpRequest.Builder request(URI url) {
    if (!BackChannelUrl.isAcceptable(url)) {
      throw new LoginException(ProviderTrouble.UNREACHABLE, "not an https URL: " + place(url));
    }
    return HttpRequest.newBuilder(url)
        .timeout(total())
        .header("Accept", JSON)
        .header("User-Agent", "Vestibule");
  }

  private Duration total() {
    return settings.connectTimeout().plus(settings.readTimeout());
  }

  private HttpAnswer send(HttpRequest request) {
    URI url = request.uri();
    try (Turnstile.Place place = turnstile.enter()) {
      if (place == null) {
        throw new LoginException(ProviderTrouble.BUSY, place(url));
      }
      return send(request, place);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException(ProviderTrouble.UNREACHABLE, "interrupted", e);
    }
  }

  private HttpAnswer send(HttpRequest request, Turnstile.Place place) throws InterruptedException {
    URI url = request.uri();
    try {
      HttpResponse<byte[]> response = client.send(request, bounded());
      place.answered();
      witness.accept(response);
      if (response.statusCode() >= REDIRECTIONS && response.statusCode() < CLIENT_ERRORS) {
        throw new LoginException(
            ProviderTrouble.REDIRECTED, place(url) + " answered " + response.statusCode());
      }
      return HttpAnswer.of(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      // The last one: the client's word for headers that it cannot read.
      LoginException trouble = trouble(url, e);
      if (trouble.failure() == ProviderTrouble.TIMEOUT) {
        place.timedOut();
      }
      throw trouble;
    }
  }

  /** The client's own time-out ends with the headers; the body has what is left of the time. */
  private HttpResponse.BodyHandler<byte[]> bounded() {
    long deadline = System.nanoTime() + total().toNanos();
    return info ->
        new BoundedBody(
            info.headers(),
            settings.maximumResponseSize(),
            Duration.ofNanos(deadline - System.nanoTime()));
  }

  /** The client, and a server's misconfigured TLS, wrap what happened. */
  private static LoginException trouble(URI url, Exception failure) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    ProviderTrouble trouble;
    if (has(causes, HttpTimeoutException.class) || has(causes, TimeoutException.class)) {
      trouble = ProviderTrouble.TIMEOUT;
    } else if (has(causes, SSLException.class)) {
      trouble = ProviderTrouble.TLS;
    } else if (has(causes, BoundedBody.TooLargeException.class)) {
      trouble = ProviderTrouble.ANSWER_TOO_LARGE;
    } else {
      trouble = ProviderTrouble.UNREACHABLE;
    }
    return new LoginException(
        trouble, place(url) + ", " + failure.getClass().getSimpleName(), failure);
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  /** A URL without its query. */
  private static String place(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }

  private static SSLContext sslContext(ProviderSettings.Http settings) {
    try {
      return settings.trustedCertificates().isPresent()
          ? TrustedCertificates.trusting(settings.trustedCertificates().get())
          : ServerTrust.sslContext();
    } catch (IOException | GeneralSecurityException e) {
      throw new LoginException(ProviderTrouble.TLS, e.getClass().getSimpleName(), e);
    }
  }
}
