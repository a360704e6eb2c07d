package org.vestibule.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
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
    if (packed.length == 0 || (packed[0] != AS_IS && packed[0] != DEFLATED)) {
      throw new IOException("damaged");
    }
    InputStream rest = new ByteArrayInputStream(packed, 1, packed.length - 1);
    try (InputStream in = packed[0] == DEFLATED ? new InflaterInputStream(rest) : rest) {
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
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream out = new DeflaterOutputStream(small, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return small.toByteArray();
  }
}
