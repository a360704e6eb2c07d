package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** As much of the Distinguished Encoding Rules (X.690) as a certificate needs. */
final class Der {

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return element(0x30, concatenated(parts));
  }

  static byte[] set(byte[]... parts) {
    return element(0x31, concatenated(parts));
  }

  static byte[] integer(long value) {
    return element(0x02, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] booleanTrue() {
    return element(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] utf8String(String value) {
    return element(0x0c, value.getBytes(UTF_8));
  }

  static byte[] octetString(byte[] value) {
    return element(0x04, value);
  }

  static byte[] bitString(byte[] value) {
    return element(0x03, concatenated(new byte[] {0}, value));
  }

  static byte[] utcTime(Instant time) {
    return element(0x17, UTC_TIME.format(time).getBytes(US_ASCII));
  }

  static byte[] explicit(int tag, byte[] value) {
    return element(0xa0 | tag, value);
  }

  static byte[] implicit(int tag, byte[] value) {
    return element(0x80 | tag, value);
  }

  static byte[] objectIdentifier(int... arcs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      writeBase128(out, arcs[i]);
    }
    return element(0x06, out.toByteArray());
  }

  private static void writeBase128(ByteArrayOutputStream out, int arc) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >>> shift != 0) {
        out.write(0x80 | ((arc >>> shift) & 0x7f));
      }
    }
    out.write(arc & 0x7f);
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int zeros = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - zeros));
      out.write(length, zeros, length.length - zeros);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
