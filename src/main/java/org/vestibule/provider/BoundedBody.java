package org.vestibule.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body up to a limit of size and time, and gives up, connection and all, at the first
 * byte beyond. A subscriber has to keep the time itself: the client's own time-out ends with the
 * headers, and waiting with a time-out for a whole exchange costs a thread each time.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

  /** The body is larger than the limit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final int limit;
  private final Duration time;
  private final boolean announcedTooLarge;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  /**
   * @param limit of the size, in bytes
   * @param time until the last byte; the body ends with a {@link TimeoutException} otherwise
   */
  BoundedBody(HttpHeaders headers, int limit, Duration time) {
    this.limit = limit;
    this.time = time;
    this.announcedTooLarge = headers.firstValueAsLong("Content-Length").orElse(0) > limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    if (announcedTooLarge) {
      giveUp(newSubscription);
    } else {
      CompletableFuture<byte[]> unused =
          body.orTimeout(time.toNanos(), TimeUnit.NANOSECONDS)
              .whenComplete((bytes, failure) -> cancelIfLate(failure, newSubscription));
      newSubscription.request(Long.MAX_VALUE);
    }
  }

  private static void cancelIfLate(@Nullable Throwable failure, Flow.Subscription current) {
    if (failure instanceof TimeoutException) {
      current.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (bytes.size() + buffer.remaining() > limit) {
        if (subscription != null) {
          giveUp(subscription);
        }
        return;
      }
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      bytes.writeBytes(chunk);
    }
  }

  @Override
  public void onError(Throwable error) {
    body.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }

  /** The reason first: cancelling closes the connection, which reports an error of its own. */
  private void giveUp(Flow.Subscription current) {
    body.completeExceptionally(new TooLargeException());
    current.cancel();
  }
}
