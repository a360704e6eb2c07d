package org.vestibule.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes a response body piece by piece; returns when it is complete. */
@FunctionalInterface
public interface BodyWriter {

  /**
   * Writes all of it.
   *
   * @param out what reaches the client as soon as it is flushed
   * @throws IOException when the client hung up or the server closes
   */
  void write(OutputStream out) throws IOException;

  /** The body at once. */
  static BodyWriter bytes(byte[] body) {
    byte[] copy = body.clone();
    return out -> out.write(copy);
  }

  /** The body a byte at a time. */
  static BodyWriter dribbling(byte[] body, Duration pause) {
    byte[] copy = body.clone();
    return out -> {
      for (byte octet : copy) {
        out.write(octet);
        out.flush();
        pause(pause);
      }
    };
  }

  /** The piece again and again, until the client hangs up. */
  static BodyWriter endless(byte[] piece) {
    byte[] copy = piece.clone();
    return out -> {
      while (!Thread.currentThread().isInterrupted()) {
        out.write(copy);
      }
    };
  }

  /** Nothing at all, and no end, until the server closes. */
  static BodyWriter stalling() {
    return out -> {
      out.flush();
      pause(Duration.ofDays(1));
    };
  }

  /** Waits, unless the server is closed meanwhile. */
  static void pause(Duration duration) throws InterruptedIOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is closing");
    }
  }
}
