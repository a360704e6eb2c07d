package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads one HTTP/1.1 response (RFC 9112 sections 4 to 7). */
final class ResponseReader {

  private final InputStream in;
  private final RawRequest request;

  ResponseReader(InputStream in, RawRequest request) {
    this.in = new BufferedInputStream(in);
    this.request = request;
  }

  RawResponse read() throws IOException {
    int status;
    List<Header> headers;
    do {
      status = status(line());
      headers = headers();
    } while (status < 200 && status != 101);
    boolean hasBody =
        !request.method().equals("HEAD") && status >= 200 && status != 204 && status != 304;
    byte[] body = hasBody ? body(headers) : new byte[0];
    return new RawResponse(request, status, headers, new String(body, ISO_8859_1));
  }

  private static int status(String statusLine) throws IOException {
    String[] parts = statusLine.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
      throw new IOException("not a status line");
    }
    return Integer.parseInt(parts[1]);
  }

  private List<Header> headers() throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not a header field");
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private byte[] body(List<Header> headers) throws IOException {
    if (Header.values(headers, "Transfer-Encoding").contains("chunked")) {
      return chunks();
    }
    List<String> length = Header.values(headers, "Content-Length");
    return length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length.get(0)));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      body.writeBytes(exactly(size));
      line();
      size = chunkSize();
    }
    headers();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = in.read();
    while (octet != '\n') {
      if (octet < 0) {
        throw new EOFException("the connection was closed before the response was complete");
      }
      line.write(octet);
      octet = in.read();
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
