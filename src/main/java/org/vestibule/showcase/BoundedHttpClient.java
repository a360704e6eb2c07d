package org.vestibule.showcase;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that cannot be kept waiting or filled up by the other side: no redirect is
 * followed, and both the time and the size of an answer are bounded. Thread-safe.
 */
final class BoundedHttpClient {

  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final int MAXIMUM_BYTES = 64 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * Sends the request and waits for the whole answer, whatever its status.
   *
   * @throws ApiUnavailableException there was none, or not in time, or too much of it
   */
  HttpResponse<byte[]> send(HttpRequest request) throws ApiUnavailableException {
    // The time-out of a request ends with its headers; this one covers the body as well.
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, headers -> new BoundedBody());
    try {
      return exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new ApiUnavailableException(
          HttpServletResponse.SC_GATEWAY_TIMEOUT,
          request.uri() + " did not answer within " + PATIENCE.toSeconds() + " seconds.");
    } catch (ExecutionException e) {
      throw new ApiUnavailableException(
          HttpServletResponse.SC_BAD_GATEWAY,
          e.getCause() instanceof TooLarge
              ? request.uri() + " answered more than " + MAXIMUM_BYTES + " bytes."
              : request.uri() + " could not be reached.");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new ApiUnavailableException(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The server is shutting down.");
    }
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class BoundedBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private @Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (received.size() + buffer.remaining() > MAXIMUM_BYTES) {
          requireNonNull(subscription).cancel();
          body.completeExceptionally(new TooLarge());
          return;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        received.writeBytes(bytes);
      }
    }

    @Override
    public void onError(Throwable problem) {
      body.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
      body.complete(received.toByteArray());
    }
  }
}
