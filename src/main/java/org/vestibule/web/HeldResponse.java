package org.vestibule.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps status, type and body of an answer until it is sent; headers and cookies are set at once.
 */
final class HeldResponse extends HttpServletResponseWrapper {

  private static final int OK = 200;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = OK;
  private @Nullable String type;

  HeldResponse(HttpServletResponse response) {
    super(response);
  }

  /** Sends it, with a length in place of one that was meant for another body. */
  void send() throws IOException {
    super.setStatus(status);
    if (type != null) {
      super.setContentType(type);
    }
    super.setContentLength(body.size());
    super.getOutputStream().write(body());
  }

  byte[] body() {
    return body.toByteArray();
  }

  /** Null if nothing was said. */
  @Nullable String type() {
    return type;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public void setContentType(String type) {
    this.type = type;
  }

  @Override
  public void setCharacterEncoding(String encoding) {
    if (type != null && !type.contains("charset")) {
      type += ";charset=" + encoding;
    }
  }

  @Override
  public void setContentLength(int length) {
    // Whoever sends it knows it.
  }

  @Override
  public void setContentLengthLong(long length) {
    // Whoever sends it knows it.
  }

  @Override
  public void resetBuffer() {
    body.reset();
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public void write(int oneByte) {
        body.write(oneByte);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("nothing is sent from here");
      }
    };
  }
}
