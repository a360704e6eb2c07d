package org.vestibule.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit and gives up, connection and all, at the first byte beyond. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

  /** The body is larger than the limit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final int limit;
  private final boolean announcedTooLarge;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(HttpHeaders headers, int limit) {
    this.limit = limit;
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
      newSubscription.request(Long.MAX_VALUE);
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
