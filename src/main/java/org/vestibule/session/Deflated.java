package org.vestibule.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Bytes made smaller (RFC 1950), where that makes them smaller: one byte that says whether, and the
 * rest. Of what cannot be trusted no more is unpacked than the caller wants to have. Holds no
 * state.
 */
final class Deflated {

  private static final byte AS_IS = 0;
  private static final byte DEFLATED = 1;

  private Deflated() {}

  static byte[] pack(byte[] bytes) {
    byte[] small = deflate(bytes);
    return small.length < bytes.length ? marked(DEFLATED, small) : marked(AS_IS, bytes);
  }

  /**
   * The opposite of {@link #pack}.
   *
   * @param most bytes that it can have been
   * @throws IOException if it is damaged, or more
   */
  static byte[] unpack(byte[] packed, int most) throws IOException {
    InputStream rest = new ByteArrayInputStream(packed);
    int mark = rest.read();
    if (mark != AS_IS && mark != DEFLATED) {
      throw new IOException("damaged");
    }
    try (InputStream in = mark == DEFLATED ? new InflaterInputStream(rest) : rest) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("too much");
      }
      return bytes;
    }
  }

  private static byte[] marked(byte mark, byte[] bytes) {
    byte[] marked = new byte[bytes.length + 1];
    marked[0] = mark;
    System.arraycopy(bytes, 0, marked, 1, bytes.length);
    return marked;
  }

  private static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream small = new ByteArrayOutputStream(bytes.length);
    try (DeflaterOutputStream out = new DeflaterOutputStream(small)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return small.toByteArray();
  }
}
