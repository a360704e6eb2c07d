package org.vestibule.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The response that a page of the application writes to in place of ours. Status and caching are
 * decided already. An error or a redirection is a page that cannot be shown, hence an exception;
 * and nothing is sent before the page is complete, as far as the buffer goes.
 */
final class OwnPageResponse extends HttpServletResponseWrapper {

  private static final Set<String> DECIDED =
      Set.of(
          "cache-control",
          "pragma",
          "expires",
          "etag",
          "last-modified",
          "accept-ranges",
          "content-length",
          "retry-after",
          "location",
          "refresh");

  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  OwnPageResponse(HttpServletResponse response) {
    super(response);
  }

  /** What the page cannot be shown for. */
  private static final class PageFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    PageFailedException(String message) {
      super(message);
    }
  }

  @Override
  public void setStatus(int status) {
    // It is decided.
  }

  @Override
  public void sendError(int status) throws IOException {
    throw new PageFailedException("the page answered " + status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    sendError(status);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    throw new PageFailedException("the page redirects");
  }

  @Override
  public void setHeader(String name, String value) {
    if (!isDecided(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!isDecided(name)) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!isDecided(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!isDecided(name)) {
      super.addDateHeader(name, date);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!isDecided(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isDecided(name)) {
      super.addIntHeader(name, value);
    }
  }

  private static boolean isDecided(String name) {
    return DECIDED.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public void setContentLength(int length) {
    // The container knows it.
  }

  @Override
  public void setContentLengthLong(long length) {
    // The container knows it.
  }

  @Override
  public void flushBuffer() {
    // Whatever is sent cannot be replaced any more.
  }

  @Override
  public void reset() {
    resetBuffer();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new Unflushed(super.getOutputStream());
    }
    return stream;
  }

  /** Over the stream, so that a built-in page can still be written to it. */
  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      setCharacterEncoding(getCharacterEncoding());
      writer =
          new PrintWriter(
              new Unbuffered(
                  new OutputStreamWriter(
                      getOutputStream(), Charset.forName(getCharacterEncoding()))));
    }
    return writer;
  }

  /** Keeps to the container's buffer whatever the page wants. */
  private static final class Unflushed extends ServletOutputStream {

    private final ServletOutputStream stream;

    Unflushed(ServletOutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int oneByte) throws IOException {
      stream.write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      // Whatever is sent cannot be replaced any more.
    }

    @Override
    public void close() {
      // The container does.
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      stream.setWriteListener(listener);
    }
  }

  /** Keeps no characters back: nobody would fetch them after the page. */
  private static final class Unbuffered extends Writer {

    private final Writer encoder;

    Unbuffered(Writer encoder) {
      this.encoder = encoder;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      encoder.write(characters, offset, length);
      encoder.flush();
    }

    @Override
    public void flush() {
      // It always is.
    }

    @Override
    public void close() {
      // The container does.
    }
  }
}
